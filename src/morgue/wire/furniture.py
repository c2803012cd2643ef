"""What surrounds a story in wire copy: slugs, kickers, notes, rules, end marks, copyright, contacts.

Every function takes one line or paragraph and returns its kind, or "" for copy. Kinds are those of
`Article.furniture`.
"""

from __future__ import annotations

import re

from morgue import lexicon
from morgue.lexicon import either, openings, spelled, words
from morgue.wire.byline import organisation
from morgue.wire.gazetteer.agencies import known
from morgue.wire.names import lowered

_NTH = rf"\d{{1,2}}(?:{either(lexicon.ORDINAL_ENDINGS)})"
_SLUG_MARKS = spelled((*lexicon.LEADS, *lexicon.ADVANCE, *lexicon.BUDGET, *lexicon.WRITETHRU), str.title)
_SLUG = re.compile(
    r"\^?(?:(?:BC|UR)-[A-Z][\w&.' -]{1,}|[A-Z]{2,4}-[A-Z]{2,4}--\S"
    rf"|(?:AM|PM|AP|URGENT)-(?=[A-Z])(?=.*(?:--|\d|<|\b(?:{either(_SLUG_MARKS)})\b)))[^.!?]{{0,90}}<?$"
    r"|[A-Z]{2,3}--[A-Z][^.!?]{0,80}?(?:,\s?\d{2,4}|\bLd\b.{0,30}|Writethru.{0,20}|Correction.{0,20})<?$"
    r"|[a-z]\d{4}\s?[-A-Z]|[ru] [a-z] (?:BC|AM|PM)-"
)
_HEAD_OPENING = 40  # characters that hold the first words of a line above a story
_FOOTER_OPENING = 100  # characters that hold the first words of a footer
_KICKERS = (words(lexicon.KICKERS), words(lexicon.COPY_KICKERS))
_VERSIONS = (lexicon.VERSIONS, lexicon.LEADS, lexicon.WRITETHRU)
_KICKER = re.compile(
    rf"\(?(?:zczc\b.{{0,40}}|{_NTH}\s+(?:{either(*_VERSIONS)})\b.{{0,40}}"
    rf"|{either(*_KICKERS)}|(?:{either(lexicon.SPERRFRIST)}).{{0,60}})\)?[!:]?",
    re.IGNORECASE,
)
_LEAD_NOTE = re.compile(
    rf"\(\s*(?:{either(words(lexicon.CHANGES))}|eds?:|with "
    r"|in (?:the )?[\w.,' ]{3,40}(?:story|item|report|paragraph|headline))",
    re.IGNORECASE,
)
_NOTE = re.compile(
    rf"(?:{either(lexicon.TO_EDITORS, words(lexicon.NOTE))})\b(?:\s*[:—_–]|\s+-{{1,2}}\s)", re.IGNORECASE
)
_PHOTO = re.compile(
    rf"(?:{either(lexicon.PICTURE_AGENCIES)})\s+(?:{either(spelled(lexicon.ANNOUNCED, str.title))})\b.{{0,60}}$"
    rf"|\(?(?:{either(lexicon.NUMBERED_PICTURES)})s?:?\s+[A-Z]{{2,6}}\d{{2,}}"
)
_BULLET = re.compile(r"\*\s+\S")
_RELEASE = re.compile(
    rf"\W{{0,3}}(?:(?:(?:for|release|status)\s*:?\s+){{0,3}}(?:{either(words(lexicon.IMMEDIATE))})\b.{{0,80}}$"
    rf"|(?:for\s+)?release\s*:\s*immediate(?:ly)?$"
    rf"|not\s+for\s+(?:{either(lexicon.NOT_FOR)})\b.{{0,120}}$"
    rf"|(?:(?:{either(lexicon.RELEASE_FOR)})\s+(?:{either(lexicon.RELEASE_KINDS)})s?|{either(words(lexicon.RELEASE))})\b"
    r"(?:\s*[:|–—-].{0,60}|\s+(?:N[or]?[.°º]?\s*)?[A-Z]{0,4}\d.{0,40})?\W*$)",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    rf"(?:(?:{either(lexicon.CONTACT_OF)})?\s*"
    rf"(?:contacts?(?: for (?:the )?(?:{either(lexicon.CONTACT_FOR)}))?|{either(lexicon.CONTACT_EN)})"
    rf"|{either(words(lexicon.CONTACT))}|für (?:weitere|rückfragen).{{0,30}})\s*[:：]",
    re.IGNORECASE,
)
_SOURCE = re.compile(rf"(?:{either(words(lexicon.SOURCE))})\s*[:：/]\s*(?P<who>\S.{{0,80}})$", re.IGNORECASE)
_RULE = re.compile(r"(?:_\s?){2,}|(?:[*]\s*){3,}|(?:[-–—=~]\s?){3,}|(?:#\s+){2,}#|[•·◆■]\s*(?:[•·◆■]\s*){2,}")
_THE_END_ZH, _THE_END_JA, _THE_END_KO = (
    f"(?:{either(words(lexicon.THE_END_EAST, language))})" for language in ("zh", "ja", "ko")
)
_END_MARK = re.compile(
    rf"(?:-+\s*30\s*-+|#{{2,}}|(?:#\s*){{3,}}|[-–/(<*]*\s*(?:{either(words(lexicon.THE_END))})\s*[-–/)>*.]*"
    rf"|==\s?\w+|={{2,}}\s?(?:{either(lexicon.SIGN_OFFS_RULED)})"
    rf"|{either(lexicon.SIGN_OFFS_BARE, lexicon.NNNN, words(lexicon.THE_END_BEHIND))}"
    rf"|(?:{either(lexicon.SIGN_OFFS_CODED)})(?: [a-z/]{{2,9}}){{0,3}}|/(?:{either(lexicon.SIGN_OFFS_SLASHED)})/"
    rf"|\((?:{either(lexicon.SIGN_OFFS)})\)|\((?:{either(lexicon.SIGN_OFFS_STOPPED)})\)\."
    rf"|{_THE_END_ZH}|（{_THE_END_ZH}）|\((?:{_THE_END_ZH}|{_THE_END_KO})\)|{_THE_END_KO}"
    rf"|/{{0,2}}\s*(?:{either(lexicon.THE_END_AR)})\s*/{{0,2}}"
    rf"|[a-z]{{2,8}}/(?:{either(words(lexicon.THE_END_SLASHED))})|//)\.?",
    re.IGNORECASE,
)
# White space or a bracket in front, which the engine scans for.
_INLINE_END = re.compile(
    rf"[\s（(](?:(?<=\s)\s*(?:{either(spelled(lexicon.SIGN_OFFS_CAPITAL, str.upper, str.title))}|-30-|/ends"
    rf"|==\s?(?:{either(spelled(lexicon.SIGN_OFFS_RULED, str.title))})"
    rf"|\(END\)|ENDS|{either(spelled(lexicon.NNNN, str.upper))}"
    rf"|（{_THE_END_ZH}）|\({_THE_END_ZH}\)|\({_THE_END_KO}\))\.?\s*$"
    rf"|(?<=\s)\s*（{_THE_END_JA}）$|(?<=（)(?:{_THE_END_ZH}|{_THE_END_JA})）$|(?<=\()(?:{_THE_END_ZH}|{_THE_END_KO})\)$"
    rf"|(?<=\s)\s*\((?i:{either(lexicon.SIGNED)})(?:/\w{{1,4}}){{1,2}}\)$"
    rf"|(?<=\s)\s*\((?:{either(lexicon.SIGN_OFFS, lexicon.SIGN_OFFS_INLINE)})\)\.?$"
    rf"|(?<=[.!?\"'”’)]\s)\s*(?i:{either(lexicon.SIGN_OFFS_SPOKEN, lexicon.THE_END_INLINE)})\s*$)"
)
_TRAILER = re.compile(
    r"(?:[A-Z]{2,4}-\d\d:\d\d-\d\d-\d\d-\d\d|AP-[A-Z]{2}-\d\d-\d\d-\d\d \d{4}GMT.*|KWS-.{0,30}"
    r"|\d{6} [A-Z]{3} [A-Z]{3} \d\d|"
    rf"[a-z]{{2,4}}(?:/[a-z]{{1,4}}){{1,4}}|[A-Z]{{2,4}}/[a-z]{{2,4}}|\(?(?:{either(lexicon.SIGNED)})/[a-z]{{2,4}}\)?"
    r"|\[\w{2,5}/\w{2,5}\]|/[a-z]{2,4}|[A-Z]{2,4}(?:\s*//\s*[A-Z]{2,4})+\.?|(?:[a-z]{2,4}/\s?){1,4}|[A-Z]\d\d-[A-Z]{3})"
)
_REACH_US = re.compile(rf"(?:{either(lexicon.REACH)})\b[^:]{{0,30}}:.{{0,160}}?(?:@|\d[\d ()-]{{6}})", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_REACH = re.compile(
    rf"(?:(?:{either(lexicon.REACH, lexicon.PHONES)})\b\.?\s*[:.]?\s*)?"
    rf"(?:\+?\(?\d[\d\s()./–-]{{5,20}}\d(?:\s*(?:x|ext\.?)\s*\d+)?|<?{_ADDRESS.pattern}>?"
    r"|(?:https?://|www\.)[\w./~%?=&#-]+)(?:\s*\(?(?:office|cell|mobile|direct|home|o|c|m|t|p|f|e)\)?)?",
    re.IGNORECASE,
)
_NUMERIC_DATE = re.compile(r"\d{1,4}[-/. ]+\d{1,2}[-/. ]+\d{1,4}")
_COPYRIGHT = re.compile(
    r"\W{0,3}(?:copyright\b|\(c\)\s|©|℗|\(с\)\s)(?=.{0,200}?(?:(?:19|20)\d\d|©|\(c\)|reserved))"
    rf"|\W{{0,3}}(?:{either(words(lexicon.RIGHTS_RESERVED))}|©\s?riproduzione)"
    r"|.{0,60}\bcopyright\s*(?:©|\(c\))?\s*(?:19|20)\d\d\W*$"
    rf"|.{{0,60}}\b(?:{either(lexicon.RESTRICTIONS)})",
    re.IGNORECASE | re.DOTALL,
)
_YEAR = re.compile(r"(?<!\d)(19\d\d|20\d\d)(?!\d)")
_UNPUBLISHED = (words(lexicon.NOT_FOR_PUBLICATION), lexicon.NOT_FOR_PUBLICATION_DE, words(lexicon.NOT_FOR_PRINT))
_NOT_FOR_PRINT = re.compile(
    rf"\W{{0,4}}(?:{either(*_UNPUBLISHED)}|dpa-notizblock"
    r"|## ?redaktionelle hinweise)",
    re.IGNORECASE,
)
_TAIL_NOTE = re.compile(
    rf"(?:{either(lexicon.INVITATIONS, words(lexicon.READ_ALSO), words(lexicon.READ_ALSO_IN_COPY))}"
    r"|follow\s+(?:us|\S+(?:\s\S+){0,4}\s+(?:on|at)\b|@)|for more\b"
    r"|more (?:AP )?(?:\w+ )?(?:on|at|about|from|coverage|news|stories)\b.{0,120}$|AP(?:'s|’s)? .{0,80}https?:"
    r"|the associated press (?:receives|and|health)|this (?:story|article|version|report) (?:has been|was"
    r"|corrects|is)\b|this corrects|(?:logo|photo) ?[-–:]|forward-looking statements?$)",
    re.IGNORECASE,
)
_VIEW_SOURCE = re.compile(
    r"(?:view (?:source|original) (?:version|content)\b|to view the source|SOURCE:?\s+[A-Z]).{0,200}$", re.IGNORECASE
)
# How a paragraph opens that may be a footer by `_NOT_FOR_PRINT`, `_CONTACT`, `_VIEW_SOURCE`, `_NOTE`, `_REACH_US` or
# `_COPYRIGHT`, in lower case: the first words of their alternatives.
_NOTES = rf"(?:{either(lexicon.TO_EDITORS)})\b|{openings(words(lexicon.NOTE))}"
_CONTACTS = rf"{openings(lexicon.CONTACT_OF, lexicon.CONTACT_EN, words(lexicon.CONTACT), ('contact',))}|für "
_FOOTS = re.compile(
    rf"\W{{0,8}}(?:{openings(*_UNPUBLISHED)}|dpa-|redaktion|{_NOTES}|{_CONTACTS}"
    rf"|{openings(lexicon.REACH, words(lexicon.RIGHTS_RESERVED))}|view |to view|source|\([cс]\)|[©℗]|riproduzione|\(\()"
)
# The same for lines above a story: `_KICKER`, `_NOTE`, `_RELEASE`, `_PHOTO`, `_CONTACT` and `_SOURCE`.
_PICTURES = openings(lexicon.PICTURE_AGENCIES, lexicon.NUMBERED_PICTURES)
_HEADS = re.compile(
    rf"\W{{0,4}}(?:zczc|\d|{openings(*_KICKERS, lexicon.SPERRFRIST)}|{_NOTES}|for\s|not\s|release|status|{_CONTACTS}"
    rf"|{openings(lexicon.RELEASE_FOR, words(lexicon.RELEASE), words(lexicon.IMMEDIATE), words(lexicon.SOURCE))}"
    rf"|{_PICTURES})"
)
_LINES = frozenset("_*-–—=~#•·◆■")  # what rules are made of
_LEADS = either(spelled(lexicon.LEADS, str.title))
_WRITETHRU = spelled(lexicon.WRITETHRU, str.title)
_ALONE = (*spelled(lexicon.LEADS, str.title, str.upper), "NET")
_MARKS = (lexicon.MARKS, lexicon.HEADLINE_MARKS)
_VERSIONED = re.compile(either(_WRITETHRU, _ALONE, spelled(lexicon.ADDS, str.title), *_MARKS))  # a word of `_VERSION`
_VERSION = re.compile(
    rf"\b((?:\d{{1,2}}(?i:{either(lexicon.ORDINAL_ENDINGS)})\s+)?"
    rf"(?:(?:(?:{_LEADS})-)?(?:{either(_WRITETHRU)})|{either(_ALONE)})\b|Adv\s?\d{{0,2}}\b|Add\b"
    rf"|(?:{either(*_MARKS)})(?:\s?\d{{1,2}})?(?=-))"
)


def header_kind(text: str) -> str:
    """Return the kind of a line above a story, or "" when it may be headline or copy."""
    head = text[:1]
    if len(text) <= 110 and _SLUG.match(text) and not text.endswith("."):
        return "slug"
    special = _HEADS.match(lowered(text[:_HEAD_OPENING]))
    if special and _KICKER.fullmatch(text):
        return "header"
    if head == "(" and len(text) < 400 and _LEAD_NOTE.match(text):
        return "correction"
    if special and (kind := _labelled(text)):
        return kind
    return "rule" if head in _LINES and _RULE.fullmatch(text) else ""


def _labelled(text: str) -> str:
    if _NOTE.match(text):
        return "note"
    if _RELEASE.match(text) or _PHOTO.match(text):
        return "header"
    if len(text) < 300 and _CONTACT.match(text):
        return "contact"
    if len(text) < 120 and (found := _SOURCE.match(text)) and (known(found["who"]) or organisation(found["who"])):
        return "header"
    return ""


def release(text: str) -> bool:
    """Return whether a line says that a press release follows, or that it may be used at once."""
    return _HEADS.match(lowered(text[:_HEAD_OPENING])) is not None and _RELEASE.match(text) is not None


def contact_label(text: str) -> bool:
    """Return whether a line is the label of an address for questions and nothing else, with a colon or without."""
    return len(text) <= 40 and _CONTACT.fullmatch(text.rstrip(" :") + ":") is not None


def reach(text: str) -> bool:
    """Return whether a line is a telephone number, an address of mail or a site, with a label or without."""
    return len(text) <= 80 and _REACH.fullmatch(text) is not None and _NUMERIC_DATE.fullmatch(text) is None


def bullet(text: str) -> bool:
    """Return whether a line is one of the bullets (`* …`) that some wires set above byline and dateline."""
    return bool(_BULLET.match(text)) and len(text) < 300


def may_close(text: str) -> bool:
    """Return whether a paragraph opens as those do that `footer_kind` or `ends_publication` take.

    It spares most paragraphs their regular expressions. It does not cover the short lines of `short_kind` and the
    paragraphs of a tail.
    """
    head = lowered(text[:_FOOTER_OPENING])
    return _FOOTS.match(head) is not None or "copyright" in head or "may not be" in head


def short_kind(text: str) -> str:
    """Return the kind of a short line that is a rule, an end mark or an address and nothing else, or ""."""
    if len(text) > 40:
        return ""
    if text[:1] in _LINES and _RULE.fullmatch(text):
        return "rule"
    if _end_mark(text):
        return "endmark"
    return "contact" if "@" in text and _ADDRESS.fullmatch(text) else ""


def footer_kind(text: str, *, tail: bool, tail_of_file: bool = False) -> str:
    """Return the kind of a paragraph below a story, or "" for copy.

    Args:
        text: the paragraph. tail: whether it follows a rule or an end mark, where short notes are furniture too.
        tail_of_file: whether it is one of the last paragraphs, where telephone numbers are usual.
    """
    if kind := short_kind(text):
        return kind
    if tail_of_file and len(text) <= 200 and _REACH_US.match(text):
        return "contact"
    if len(text) <= 900 and _COPYRIGHT.match(text):
        return "copyright"
    if _NOT_FOR_PRINT.match(text):
        return "note"
    if len(text) <= 300 and (
        (text.startswith("((") and text.endswith("))")) or _CONTACT.match(text) or _VIEW_SOURCE.match(text)
    ):
        return "contact"
    if _NOTE.match(text):
        return "note"
    if tail and len(text) <= 400 and _TAIL_NOTE.match(text):
        return "note"
    return ""


def ends_publication(text: str) -> bool:
    """Return whether nothing from this paragraph on is for publication."""
    return bool(_NOT_FOR_PRINT.match(text))


def _end_mark(text: str) -> bool:
    """Return whether a paragraph is an end mark or a sender's time stamp and nothing else."""
    return len(text) <= 40 and bool(_END_MARK.fullmatch(text) or _TRAILER.fullmatch(text))


def split_end_mark(text: str) -> tuple[str, str]:
    """Split an end mark off the end of a last paragraph: `… it said. Reuter` gives the text and the mark."""
    found = _INLINE_END.search(text[-40:])
    if not found or not (cut := len(text) - len(text[-40:]) + found.start()):
        return text, ""
    return text[:cut], text[cut:].strip()


def copyright_years(text: str) -> list[int]:
    """Return the years named in a copyright line."""
    return [int(year) for year in _YEAR.findall(text[:300])]


def version(text: str) -> str:
    """Return the version that a slug, kicker or headline states (`1st Ld-Writethru`, `UPDATE 2`), or ""."""
    text = text[:160]
    found = _VERSION.search(text) if _VERSIONED.search(text) else None
    return found[1].strip() if found else ""
