"""What surrounds a story in wire copy: slugs, kickers, notes, rules, end marks, copyright, contacts.

Every function takes one line or paragraph and returns its kind, or "" for copy. Kinds are those of
`Article.furniture`.
"""

from __future__ import annotations

import re

from morgue.wire.byline import organisation
from morgue.wire.gazetteer.agencies import known
from morgue.wire.names import lowered

_SLUG = re.compile(
    r"\^?(?:(?:BC|UR)-[A-Z][\w&.' -]{1,}|[A-Z]{2,4}-[A-Z]{2,4}--\S"
    r"|(?:AM|PM|AP|URGENT)-(?=[A-Z])(?=.*(?:--|\d|<|\b(?:Ld|Lead|Adv|Bjt|Writethru)\b)))[^.!?]{0,90}<?$"
    r"|[A-Z]{2,3}--[A-Z][^.!?]{0,80}?(?:,\s?\d{2,4}|\bLd\b.{0,30}|Writethru.{0,20}|Correction.{0,20})<?$"
    r"|[a-z]\d{4}\s?[-A-Z]|[ru] [a-z] (?:BC|AM|PM)-"
)
_HEAD_OPENING = 40  # characters that hold the first words of a line above a story
_FOOTER_OPENING = 100  # characters that hold the first words of a footer
_KICKER = re.compile(
    r"\(?(?:zczc\b.{0,40}|\d{1,2}(?:st|nd|rd|th)\s+(?:lead|ld|net|add|update"
    r"|writethru|version)\b.{0,40}"
    r"|extra|refile|urgent|flash|bulletin|eilmeldung|achtung|alert|apnewsalert|advisory|zusammenfassung"
    r"|korrektur|berichtigung"
    r"|corrected version|correction|embargoed|sperrfrist.{0,60}|priority|breaking(?: news)?|exclusive"
    r"|exklusiv)\)?[!:]?",
    re.IGNORECASE,
)
_LEAD_NOTE = re.compile(
    r"\(\s*(?:adds|recasts|updates|corrects|refiles|repeats|rewrites|changes|removes|fixes|clarifies|replaces|restores|"
    r"in (?:the )?[\w.,' ]{3,40}(?:story|item|report|paragraph|headline)|this (?:story|version)|eds?:|new throughout|"
    r"with |details|ajoute|actualiz|actualis|neu:|korrigiert|wiederholung|añade|amplía|corrige)",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:eds?|editors?|editor[’']s note|editors[’'] note|note to editors?|eds note|attention editors"
    r"|(?:an die )?redaktionen|"
    r"nota del editor|note de la rédaction|ndlr|nota ai redattori|attn|hinweis|advisory)\b(?:\s*[:—_–]|\s+-{1,2}\s)",
    re.IGNORECASE,
)
_PHOTO = re.compile(
    r"(?:AP|AFP|EPA|Reuters|PA)\s+(?:Photos?|Graphics?|Video)\b.{0,60}$|\(?(?:photo|picture|graphic"
    r"|video)s?:?\s+[A-Z]{2,6}\d{2,}"
)
_BULLET = re.compile(r"\*\s+\S")
_RELEASE = re.compile(
    r"\W{0,3}(?:for\s+immediate\s+(?:public\s+)?release\b.{0,80}$|not\s+for\s+(?:dissemination|distribution"
    r"|release|publication)\b.{0,120}$"
    r"|(?:(?:media|news|press)\s+(?:release|statement|advisory|kit)s?|pressemitteilung|pressemeldung|presseinformation"
    r"|communiqué de presse|comunicado de (?:prensa|imprensa)|nota de prensa|comunicato stampa|persbericht"
    r"|pressmeddelande|pressemeddelelse|lehdistötiedote|tiedote|пресс-релиз|tlačová správa|informacja prasowa"
    r"|basın bülteni)\b(?:\s*[:|–—-].{0,60}|\s+(?:No\.?\s*)?[A-Z]{0,4}\d.{0,40})?\W*$)",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"(?:(?:media|press|for (?:more|further|additional) information|further information|investor"
    r"|public relations|company)?\s*"
    r"(?:contacts?(?: for (?:the )?(?:media|press|journalists|editors))?|enquiries|inquiries|relations contact"
    r"|media contacts?|press office|information)|kontakt"
    r"|pressekontakt|"
    r"contacto(?: de prensa)?|contact presse|contatti|rückfragen|rueckfragen"
    r"|für (?:weitere|rückfragen).{0,30})\s*[:：]",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"(?:source|quelle|fuente|fonte|источник|المصدر|来源|來源|出典)\s*[:：/]\s*(?P<who>\S.{0,80})$", re.IGNORECASE
)
_RULE = re.compile(r"(?:_\s?){2,}|(?:[*]\s*){3,}|(?:[-–—=~]\s?){3,}|(?:#\s+){2,}#|[•·◆■]\s*(?:[•·◆■]\s*){2,}")
_END_MARK = re.compile(
    r"(?:-+\s*30\s*-+|#{2,}|(?:#\s*){3,}|[-–/(<*]*\s*(?:ends|end|ende|fin|fine|slut|konec|konets|loppu|koniec"
    r"|enditem|end item|конец)\s*[-–/)>*.]*|"
    r"==\s?\w+|={2,}\s?kyodo|reuters?|reuter|upi|nnnn|aap(?: [a-z/]{2,9}){0,3}|kyodo|xinhua|\(end\)|\(ends\)"
    r"|\(fine\)|/ends|item ends|"
    r"tt|ntb|/ritzau/|\(anp\)|\(belga\)|\(stt\)|\(pap\)|\(ansa\)\.?|\(efe\)\.?|efe|\(lusa\)|lusa|完|（完）|\(完\)"
    r"|\(끝\)|끝|/{0,2}\s*(?:انتهى|انتهي)\s*/{0,2}|[a-z]{2,8}/fim|//)\.?",
    re.IGNORECASE,
)
# White space or a bracket in front, which the engine scans for.
_INLINE_END = re.compile(
    r"[\s（(](?:(?<=\s)\s*(?:REUTER|Reuter|Enditem|ENDITEM|-30-|/ends|==\s?Kyodo|\(END\)|ENDS|NNNN|（完）|\(完\)|\(끝\))"
    r"\.?\s*$"
    r"|(?<=\s)\s*（了）$|(?<=（)[完了]）$|(?<=\()[完끝]\)$"
    r"|(?<=\s)\s*\((?i:sda|ats|awp|apa|dpa)(?:/\w{1,4}){1,2}\)$"
    r"|(?<=\s)\s*\((?:PAP|ANSA|AA|DHA|Lusa|EFE|ANP|Belga|STT|MTI|ČTK|APA|dpa|AFP|VNA|TTXVN|КР)\)\.?$"
    r"|(?<=[.!?\"'”’)]\s)\s*(?i:reuters?|enditem|ends|EFE)\s*$)"
)
_TRAILER = re.compile(
    r"(?:[A-Z]{2,4}-\d\d:\d\d-\d\d-\d\d-\d\d|AP-[A-Z]{2}-\d\d-\d\d-\d\d \d{4}GMT.*|KWS-.{0,30}"
    r"|\d{6} [A-Z]{3} [A-Z]{3} \d\d|"
    r"[a-z]{2,4}(?:/[a-z]{1,4}){1,4}|[A-Z]{2,4}/[a-z]{2,4}|\(?(?:SDA|APA|dpa|ats|awp)/[a-z]{2,4}\)?"
    r"|\[\w{2,5}/\w{2,5}\]|/[a-z]{2,4}|[A-Z]{2,4}(?:\s*//\s*[A-Z]{2,4})+\.?|(?:[a-z]{2,4}/\s?){1,4}|[A-Z]\d\d-[A-Z]{3})"
)
_REACH_US = re.compile(
    r"(?:media|investors?|press|analysts?|contacts?|e-?mail|tel|telefon|phone)\b[^:]{0,30}:.{0,160}?(?:@"
    r"|\d[\d ()-]{6})",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_COPYRIGHT = re.compile(
    r"\W{0,3}(?:copyright\b|\(c\)\s|©|℗|\(с\)\s)(?=.{0,200}?(?:(?:19|20)\d\d|©|\(c\)|reserved))"
    r"|\W{0,3}(?:alle rechte vorbehalten|all rights reserved|tous droits réservés|todos los derechos reservados"
    r"|riproduzione riservata|todos os direitos reservados|©\s?riproduzione)"
    r"|.{0,60}\bcopyright\s*(?:©|\(c\))?\s*(?:19|20)\d\d\W*$"
    r"|.{0,60}\b(?:may not be published, broadcast|this material may not be (?:published|reproduced))",
    re.IGNORECASE | re.DOTALL,
)
_YEAR = re.compile(r"(?<!\d)(19\d\d|20\d\d)(?!\d)")
_NOT_FOR_PRINT = re.compile(
    r"\W{0,4}(?:the following information is not (?:intended )?for publication|not for publication|"
    r"die folgenden informationen sind nicht|folgende informationen sind nicht|(?:dpa-)?notizblock"
    r"|## ?redaktionelle hinweise|"
    r"information for editors only|las siguientes informaciones no)",
    re.IGNORECASE,
)
_TAIL_NOTE = re.compile(
    r"(?:follow\s+(?:us|\S+(?:\s\S+){0,4}\s+(?:on|at)\b|@)|find more|find AP|read (?:more|the full)|see (?:more"
    r"|also)|for more\b|learn more|sign up"
    r"|full (?:AP )?coverage|subscribe|click here|download the|watch the video"
    r"|more (?:AP )?(?:\w+ )?(?:on|at|about|from|coverage|news|stories)\b.{0,120}$|AP(?:'s|’s)? .{0,80}https?:"
    r"|the associated press (?:receives|and|health)|this (?:story|article|version|report) (?:has been|was"
    r"|corrects|is)\b"
    r"|this corrects|online:|on the net:?|view (?:source|original)|related (?:stories|articles|issues|content|topics)"
    r"|keywords?:|tags?:|logo ?[-–:]|photo ?[-–:]|disclaimer|forward-looking statements?$|mehr zum thema|lesen sie"
    r"|lire aussi|leer más|leggi anche)",
    re.IGNORECASE,
)
_VIEW_SOURCE = re.compile(
    r"(?:view (?:source|original) (?:version|content)\b|to view the source|SOURCE:?\s+[A-Z]).{0,200}$", re.IGNORECASE
)
# How a paragraph opens that may be a footer by `_NOT_FOR_PRINT`, `_CONTACT`, `_VIEW_SOURCE`, `_NOTE`, `_REACH_US` or
# `_COPYRIGHT`, in lower case: the first words of their alternatives.
_FOOTS = re.compile(
    r"\W{0,8}(?:the following inf|not for pub|die folgenden inf|folgende inf|(?:dpa-)?notizblock|redaktion|information"
    r"|las siguientes|media|press|for (?:more|further|additional) inf|further inf|investor|public rel|company|contact"
    r"|enquiries|inquiries|relations con|kontakt|contatti|r(?:ü|ue)ckfragen|für |view |to view|source|ed(?:s|itor|\b)"
    r"|note|attention|an die|nota |ndlr|attn|hinweis|advisory|analyst|e-?mail|tel|phone|\([cс]\)|[©℗]|all rights"
    r"|alle rechte|tous droits|todos |riproduzione|\(\()"
)
# The same for lines above a story: `_KICKER`, `_NOTE`, `_RELEASE`, `_PHOTO`, `_CONTACT` and `_SOURCE`.
_HEADS = re.compile(
    r"\W{0,4}(?:zczc|\d|extra|refile|urgent|flash|bulletin|eilmeldung|achtung|alert|apnewsalert|advisory"
    r"|zusammenfassung|korrektur|berichtigung|correct|embargoed|sperrfrist|priority|breaking|exclusiv|exklusiv"
    r"|ed(?:s|itor|\b)|note|attention|an die|redaktionen|nota |ndlr|attn|hinweis|for\s|not\s|media|news|press"
    r"|communiqué|comunica|persbericht|lehdist|tiedote|пресс|tlačová|informacja|basin|ap\s|afp|epa|reuters|pa\s|photo"
    r"|picture|graphic|video|further inf|investor|public rel|company|contact|enquiries|inquiries|relations con"
    r"|information|kontakt|contatti|r(?:ü|ue)ckfragen|für |source|quelle|fuente|fonte|источник|المصدر|来源|來源|出典)"
)
_LINES = frozenset("_*-–—=~#•·◆■")  # what rules are made of
_VERSIONED = re.compile(
    r"[LNWAUCR](?:[dD]\b|ead\b|EAD\b|ET\b|ritethru\b|d[vd]|PDATE|RAPUP|EFILE|ORRECTED|PT|EPEAT)"
)  # a word of `_VERSION`
_VERSION = re.compile(
    r"\b((?:\d{1,2}(?i:st|nd|rd|th)\s+)?(?:Ld-Writethru|Lead-Writethru|Writethru|Ld|LD|NET|LEAD|Lead)\b"
    r"|Adv\s?\d{0,2}\b|Add\b|(?:UPDATE|WRAPUP|REFILE|CORRECTED|RPT|REPEAT)(?:\s?\d{1,2})?(?=-))"
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
