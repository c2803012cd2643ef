"""Factiva (Dow Jones): articles as text, as RTF and PDF give it, with or without its two-letter tags, and as HTML.

With tags ("plus indexing") each value stands behind its tag, `HD`, `BY`, `PD` …; without them the head of an article
is a list of lines in a fixed order: section, headline, byline, number of words, date, source, its code, edition, page,
language, copyright. In both an article ends with the database's own number: `Document DUNM000020180311ee3b0000a`,
whose first word, like the unit of the number of words, is in the language of the user.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from morgue.languages import code_of
from morgue.lexicon import BY, BY_OR_NAME, either, spelled, words
from morgue.model import Draft, Rejected, Remark
from morgue.readers import markup
from morgue.readers.names import names
from morgue.readers.options import ReadOptions
from morgue.readers.paragraphs import plain_paragraphs
from morgue.readers.story import claim, set_body
from morgue.readers.texts import digest, read_text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_Fields = dict[str, list[str]]  # tag -> its lines or paragraphs

# In the order in which they are printed.
TAGS = names("CLM SE HD CR BY WC PD ET SN SC ED PG VOL LA CY CX LP TD RF CT ART CO IN NS RE IPD IPC PUB AN")
_ORDER = {tag: number for number, tag in enumerate(TAGS)}
_BODY = ("LP", "TD")
_TAG = re.compile(
    rf"[ \t|*]*(?P<tag>{'|'.join(sorted(TAGS, key=len, reverse=True))})(?P<gap>\*|[ \t|:\xa0]+|$)(?P<rest>.*)"
)
_NUMBER = r"(?=\w*\d{6})[A-Z][A-Za-z0-9]{11,39}"
_END = re.compile(
    rf"^(?:[^\w\n]|_){{0,20}}(?:AN[ \t\xa0|*:]+)?(?P<word>[^\W\d_]{{2,14}})[ \xa0]+(?P<number>{_NUMBER})[\s|]*$",
    re.MULTILINE,
)
_LENGTH = re.compile(r"\d[\d.,' \xa0\u202f]*\s?[^\s\d]{1,12}")
_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)")
_CODE = re.compile(r"[A-Z][A-Z0-9]{2,9}")
_HEAD = re.compile(
    rf"^{_LENGTH.pattern}[ \t]*\n\s*(?=[^\n]*(?<!\d)(?:1[6-9]|20)\d\d(?!\d))[^\n]{{6,40}}\n\s*[^\n]{{2,80}}\n\s*"
    rf"{_CODE.pattern}[ \t]*$",
    re.MULTILINE,
)
_TIME = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?:\s?[AaPp][Mm])?(?:\s?[A-Z]{2,4})?")
_PAGE = re.compile(r"[A-Z]{0,4}[-. ]?\d{1,4}[A-Z]?(?:\s?[-–,/;]\s?[A-Z]{0,4}\d{1,4}[A-Z]?)*")
_VOLUME = re.compile(
    r"(?:vol|volume|issue|no|nr|num|número|numéro|issn|band|heft|ausgabe|jg)\b|\d+\s*/\s*\d{4}|\d \d{4}$", re.I
)
_COPYRIGHT = re.compile(
    r"©|\(c\)|copyright|all rights reserved|alle rechte|tous droits|todos los derechos|provided by", re.I
)
_COMPANY = re.compile(
    r"\b(?:inc|ltd|limited|llc|llp|plc|gmbh|ag|kg|s\.?a|s\.?p\.?a|s\.?r\.?l|sas|co|corp|corporation|company|group|media"
    r"|publications?|publishing|digital|full text|institut\w*|foundation|society|association|university|agency|press"
    r"|news\w*|verlag\w*|nv|b\.?v|oy|ab)\b\.?",
    re.I,
)
_FURNITURE = re.compile(
    r"^[ \t]*(?:\S+ \d+ \S+ \d+[ \t]*)?(?:©|\(c\)|Copyright)?[ \t]*(?:\d{4}[ \t]+)?(?:Factiva, Inc\.|Dow Jones Factiva)"
    r"[^\n]{0,60}$|^[ \t]*(?:Page|Seite|Página|Pagina|Страница) \d+ (?:of|de|von|sur|di|из) \d+[ \t]*$",
    re.MULTILINE,
)
_BYLINE = re.compile(rf"(?:{either(spelled((*words(BY), *words(BY_OR_NAME)), str.title, str.upper))})[ :]\s?\S")
_NAME = re.compile(
    r"[A-ZÀ-Þ][\w.'’-]*(?:\s(?:[a-z]{1,3}\s)?[A-ZÀ-Þ][\w.'’-]*){1,3}(?:(?:\s?[,;&]\s?|\s(?:and|und|et|y|e)\s)[A-ZÀ-Þ].*)?"
)
_MAX_PUBLISHER = 90  # characters of a publisher's name
_MAX_SECTION = 60  # characters of a section's name
_MAX_SUMMARY = 4_000  # characters behind the last article: the terms of the search
_MAX_ABOVE = 6  # lines above the number of words: section, headline, bylines


def recognises(text: str) -> bool:
    """Return whether a text holds articles of Factiva: their numbers or tags, or one whose end was cut off."""
    text = _of_lines(text)
    return _HEAD.search(text) is not None or _has_tags(text)


def _of_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _has_tags(text: str) -> bool:
    if "HD" not in text or "PD" not in text:
        return False
    found = {match["tag"] for line in text.split("\n", 400)[:400] if (match := _TAG.match(line))}
    return "HD" in found and "PD" in found and len(found & {"WC", "SN", "AN", "LP", "TD", "SC"}) >= 2


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a draft for each article in `stream`, text or HTML, called `name`, read as `options` say."""
    yield from read_text(articles, stream, name, options, page=page_articles)


def articles(text: str, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:  # noqa: ARG001
    """Yield a draft for each article of a `text`; `name` is its file's, `options` are not needed."""
    text = _lined(_FURNITURE.sub("", _of_lines(text).replace("\f", "\n")))
    parts, at = [], 0
    for end in _END.finditer(text):
        parts.append((text[at : end.start()], end["number"]))
        at = end.end()
    rest = text[at:]
    if rest.strip() and (_HEAD.search(rest) or _has_tags(rest)):
        parts.append((rest, ""))
    elif not parts:
        yield Rejected(name, 0, "looks like an export of Factiva but holds no article")
        return
    elif len(rest) > _MAX_SUMMARY:
        yield Rejected(name, len(parts) + 1, "text behind the last article that is not one")
    for number, (part, accession) in enumerate(parts, 1):
        record = number if len(parts) > 1 else 0
        fields = _tagged(part) if _has_tags(part) else _untagged(part)
        if fields is None:
            yield Rejected(name, record, "an article of Factiva whose head cannot be read")
            continue
        if accession:
            fields["AN"] = [accession]
        draft = _draft(fields, record, digest(part))
        if not accession:
            draft.problems.append(
                Remark(field="body", value="", why="the article has no end: the export was cut off", how="factiva")
            )
        yield draft if draft.body or draft.headline else Rejected(name, record, "holds no headline and no text")


def _lined(text: str) -> str:
    """A text with a line a paragraph, also one whose paragraphs are all parted by blank lines, as of a document."""
    head = _HEAD.search(text)
    if head is None or re.search(r"\S\n\S", head.group()):
        return text
    return re.sub(r"\n+", lambda ends: "\n" * ((len(ends.group()) + 1) // 2), text)


# --- text ---------------------------------------------------------------------------------------------------------


def _tagged(text: str) -> _Fields:
    """The values behind tags. Tags come in a fixed order, so that text may begin with their letters."""
    fields: _Fields = {}
    last, tag = -1, ""
    before = True  # a blank line or a line of values came before
    for line in text.split("\n"):
        found = _TAG.match(line)
        if found and _ORDER[found["tag"]] > last and (tag not in _BODY or _is_tag(found, before)):
            tag, last = found["tag"], _ORDER[found["tag"]]
            fields[tag] = [found["rest"].strip(" \t|*\xa0")]
        elif tag:
            fields[tag].append(line.strip(" \t|\xa0") if tag not in _BODY else line.rstrip(" |"))
        before = not line.strip() or tag not in _BODY
    for tag, lines in fields.items():
        if tag not in _BODY:
            fields[tag] = [" ".join(filter(None, lines))]
        else:
            fields[tag] = [plain_paragraphs("\n".join(lines))]
    return fields


def _is_tag(found: re.Match[str], after_blank: bool) -> bool:
    """Return whether a match within running text is a tag and not a word in capitals that begins a line."""
    if found["gap"] != " ":
        return bool(after_blank or "|" in found["gap"] or "*" in found["gap"] or "\t" in found["gap"])
    return after_blank and (" : " in found["rest"] or found["tag"] in ("PUB", "AN"))


def _untagged(text: str) -> _Fields | None:
    """The values of a head without tags; None when no number of words and date are found."""
    lines = text.split("\n")
    at = _length_line(lines)
    if at < 0:
        return None
    fields: _Fields = {}
    _name_above(fields, _above(lines[:at]))
    fields["WC"] = [lines[at].strip()]
    head, end = _below(lines, at + 1)
    _name_below(fields, head)
    body = lines[end:]
    while body and not body[-1].strip():
        body.pop()
    if body and _is_publisher(body[-1].strip(), fields):
        fields["PUB"] = [body.pop().strip()]
    fields["TD"] = [plain_paragraphs("\n".join(body))]
    return fields


def _length_line(lines: list[str]) -> int:
    """The number of the line that gives the number of words, which a date follows; -1 for none."""
    for number, line in enumerate(lines):
        if (line[:1].strip() and _LENGTH.fullmatch(line.strip())) or (
            line[:1].isspace() and _LENGTH.fullmatch(line.strip())
        ):
            after = next((text.strip() for text in lines[number + 1 : number + 4] if text.strip()), "")
            if len(after) <= 45 and _YEAR.search(after) and not _LENGTH.fullmatch(after):
                return number
    return -1


def _above(lines: list[str]) -> list[str]:
    """The lines of a head above the number of words, without what comes before the head."""
    filled = [line.strip() for line in lines if line.strip()]
    if len(filled) <= _MAX_ABOVE:
        return filled
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            groups[-1].append(line.strip())
        elif groups[-1]:
            groups.append([])
    groups = [group for group in groups if group]
    found = groups.pop()
    if groups and all(_BYLINE.match(line) for line in found):
        found = groups.pop() + found
    return found[-_MAX_ABOVE:]


def _name_above(fields: _Fields, lines: list[str]) -> None:
    """Tell section, headline and bylines apart among the lines above the number of words."""
    if not lines:
        return
    first = next((n for n, line in enumerate(lines) if n and _BYLINE.match(line)), 0)
    under_two = len(lines) > 2 and _NAME.fullmatch(lines[-1])
    if not first and len(lines) > 1 and (under_two or _is_author(lines[-1], lines[-2])):
        first = len(lines) - 1
    heads, by = (lines[:first], lines[first:]) if first else (lines, [])
    if len(heads) > 1 and len(heads[0]) <= _MAX_SECTION:
        fields["SE"] = [heads.pop(0)]
    fields["HD"] = [" ".join(heads)]
    if by:
        fields["BY"], fields["CR"] = by[:1], by[1:]


def _is_author(line: str, above: str) -> bool:
    """Return whether a line without "By" is an author's, by its length and letters beside those of the line `above`."""
    if len(line) >= len(above) or line[-1:] in ".?!:" or (";" in above and len(above) < _MAX_SECTION // 2):
        return False
    return _NAME.fullmatch(line) is not None or len(line) < 0.45 * len(above)


def _below(lines: list[str], at: int) -> tuple[list[str], int]:
    """The lines of a head from the date on, and the number of the line that its text begins at."""
    head: list[str] = []
    blank = False
    for number in range(at, min(at + 40, len(lines))):
        line = lines[number].strip()
        if not line:
            blank = bool(head)
            continue
        if blank and len(head) >= 3 and (len(line) > 120 or not _goes_on(lines, number)):
            return head, number
        head.append(line)
        if _COPYRIGHT.search(line) and len(head) >= 3:
            return head, number + 1
        if len(head) >= 12:
            break
        blank = False
    return head[:3], at + 3 if len(head) > 3 else at + len(head)


def _goes_on(lines: list[str], at: int) -> bool:
    """Return whether a head that has blank lines within it goes on at a line: its copyright is not far."""
    near = [line.strip() for line in lines[at : at + 16] if line.strip()][:7]
    for line in near:
        if len(line) > 120:
            return False
        if _COPYRIGHT.search(line):
            return True
    return False


def _name_below(fields: _Fields, lines: list[str]) -> None:
    """Name the lines of a head below the number of words: date, source, code, then what there is."""
    for tag, line in zip(("PD", "SN", "SC"), lines, strict=False):
        fields[tag] = [line]
    rest = lines[3:]
    spoken = next((n for n in range(len(rest) - 1, -1, -1) if code_of(rest[n])), -1)
    if spoken >= 0:
        fields["LA"], fields["CY"], rest = [rest[spoken]], rest[spoken + 1 :], rest[:spoken]
    elif rest and _COPYRIGHT.search(rest[-1]):
        fields["CY"] = [rest.pop()]
        if rest and rest[-1].isalpha():
            fields["LA"] = [rest.pop()]
    for line in rest:
        if _TIME.fullmatch(line):
            fields["ET"] = [line]
        elif _PAGE.fullmatch(line) and not _VOLUME.match(line):
            if "PG" in fields:  # of two numbers the last is the page
                fields.setdefault("ED", fields["PG"])
            fields["PG"] = [line]
        else:
            fields.setdefault("VOL" if _VOLUME.match(line) else "ED", []).append(line)


def _is_publisher(line: str, fields: _Fields) -> bool:
    """Return whether the last line of a text names the publisher, as in the copyright or by the form of a company."""
    if not line or len(line) > _MAX_PUBLISHER or line[-1] in "!?:”\"'" or len(line.split()) > 10 or line[0] in "-–—*•":
        return False
    known = f"{' '.join(fields.get('CY', []))} {' '.join(fields.get('SN', []))}".casefold()
    if line.casefold().rstrip(" .") in known:
        return True
    first = line.casefold().split()[0]
    return bool(_COMPANY.search(line)) and (
        (len(first) > 2 and first in known) or line[-1] != "." or bool(_COMPANY.search(line[-12:]))
    )


# --- HTML ---------------------------------------------------------------------------------------------------------

_ARTICLE = re.compile(r"(?:^|\s)[a-z]{2}(?:-\w+)?Article(?:\s|$)")


def recognises_page(page: str) -> bool:
    """Return whether an HTML `page` was saved from Factiva."""
    return "Article" in page and ("articleParagraph" in page or "Factiva</title>" in page or 'class="index"' in page)


def page_articles(page: str, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:  # noqa: ARG001
    """Yield a draft for each article of an HTML `page`, saved as the file `name`; `options` are not needed."""
    from selectolax.lexbor import LexborHTMLParser

    nodes = [
        node
        for node in LexborHTMLParser(page).css("div.article")
        if _ARTICLE.search(node.attributes.get("class") or "")
    ]
    if not nodes:
        yield Rejected(name, 0, "a page of Factiva that holds no article")
    for number, node in enumerate(nodes, 1):
        record = number if len(nodes) > 1 else 0
        rows = [row for row in node.css("tr") if row.css_first("td.index") is not None]
        fields = _rows(rows) if rows else _lines(node)
        draft = _draft(fields, record, digest(node.html or ""))
        yield draft if draft.body or draft.headline else Rejected(name, record, "holds no headline and no text")


def _rows(rows: list[LexborNode]) -> _Fields:
    """The values of a table whose first column holds tags."""
    fields: _Fields = {}
    for row in rows:
        cells = row.css("td")
        tag = " ".join(cells[0].text().split()) if cells else ""
        if len(cells) > 1 and tag in _ORDER:
            text = markup.paragraphs(cells[1].html or "")[0]
            fields.setdefault(tag, []).append(text if tag in _BODY else " ".join(text.split()))
    return fields


def _lines(node: LexborNode) -> _Fields:
    """The values of an article that is a list of elements in the order of a head without tags."""
    fields: _Fields = {}
    below: list[str] = []
    body: list[str] = []
    loose: list[str] = []  # paragraphs without the mark of running text: publisher and number, at the end
    for part in node.css("div, p, pre"):
        kind = f"{part.attributes.get('id') or ''} {part.attributes.get('class') or ''}".strip()
        if "articleParagraph" in kind or part.tag == "pre":
            body += [*loose, markup.paragraphs(part.html or "")[0]]
            loose = []
            continue
        text = " ".join(part.text().split())
        if not text or _ARTICLE.search(kind) or (part.tag == "p" and part.css_first("div") is not None):
            continue
        if kind == "hd":
            fields["HD"] = [text]
        elif "author" in kind:
            fields.setdefault("BY", []).append(text)
        elif part.tag == "p":
            loose.append(text)
        elif "HD" not in fields:
            fields.setdefault("SE", []).append(text)
        elif "WC" in fields:
            below.append(text)
        else:
            fields.setdefault("WC" if _LENGTH.fullmatch(text) else "CR", []).append(text)
    _name_below(fields, below)
    if loose and (end := _END.match(loose[-1])):
        fields["AN"] = [end["number"]]
        loose.pop()
        if loose and len(loose[-1]) <= _MAX_PUBLISHER and loose[-1][-1] not in "!?:”\"'":
            fields["PUB"] = [loose.pop()]
    fields["TD"] = ["\n\n".join([*body, *loose])]
    return fields


# --- values -------------------------------------------------------------------------------------------------------

_CLAIMS = (("headline", "HD"), ("source", "SN"), ("section", "SE"), ("page", "PG"), ("edition", "ED"), ("rights", "CY"))
_KEPT = ("SC", "WC", "CR", "VOL", "RF", "CT", "ART", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "CX")
_TERMS = ("NS", "CO", "IN", "IPD")


def _draft(fields: _Fields, record: int, key: str) -> Draft:
    value = {tag: " ".join(" ".join(lines).split()) for tag, lines in fields.items() if tag not in _BODY}
    draft = Draft(format="factiva", record=record, digest=key)
    for name, tag in _CLAIMS:
        claim(getattr(draft, name), value.get(tag), f"factiva:{tag}")
    claim(draft.edition, value.get("VOL"), "factiva:VOL")
    for line in fields.get("BY", []):
        claim(draft.byline, line, "factiva:BY")
    if date := value.get("PD"):
        time = value.get("ET", "")
        claim(draft.published, f"{date} {time}" if time and ":" not in date else date, "factiva:PD")
    spoken = value.get("LA", "")
    claim(draft.language, code_of(spoken) or spoken, "factiva:LA")
    claim(draft.ids, value.get("AN", "").rpartition(" ")[2], "factiva:AN")
    for tag in _TERMS:
        for term in re.split(r"\s*\|\s*", value.get(tag, "")):
            claim(draft.keywords, term.rpartition(" : ")[2], f"factiva:{tag}")
    draft.extra = {tag: value[tag] for tag in _KEPT if value.get(tag)}
    set_body(draft, "\n\n".join(text for tag in _BODY for text in fields.get(tag, []) if text.strip()))
    return draft
