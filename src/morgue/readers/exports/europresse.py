"""Europresse and Eureka (CEDROM-SNi): downloads as pages and as text, of their PDF files too.

An article begins with the publication's name and a line of section, date and page, and ends with the number of its
document, `news·20060314·LM·0q1403_1255263`, and a certificate of whom it was shown to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from morgue.model import Claim, Draft, Rejected, Remark
from morgue.readers import markup
from morgue.readers.options import ReadOptions
from morgue.readers.paragraphs import plain_paragraphs
from morgue.readers.story import claim, set_body
from morgue.readers.texts import digest, read_text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_HOW = "europresse"
_NUMBER = re.compile(r"\b(?:news|web|biblio|tv|radio)[·•](?P<day>(?:19|20)\d{6})[·•][A-Z0-9_]{1,12}[·•][\w.-]+")
_NUMBERED = re.compile(r"(?:Numéro de (?:ce )?document|Document (?:number|no)|Número de documento)\s*:?", re.IGNORECASE)
# Lines around an article that are the database's.
_CERTIFICATE = re.compile(
    r"(?:PubliC\b|Certificat\b|Ce certificat|Le présent document|Document (?:number|no)\b|Numéro de (?:ce )?document"
    r"|Date d.émission|This certificate|Certificate (?:issued|delivered)|The present document"
    r"|This document is protected|Issue date|Este documento|Nom de la source|Type de source|Périodicité"
    r"|Couverture géographique|Provenance|Source name|Source type|Periodicity|Geographical coverage"
    r"|Sauvegarder|Annuler|Note\(s\) ?:$|Illustration\(s\) ?:$"
    r"|Sommaire$|Documents? sauvegardés?|Saved documents?|\d+ documents? *$|eureka\.cc|.*\beuropresse\.com\b.{0,40}$)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:[^\W\d_]{3,9},? +)?(?P<date>\d{1,2}(?:er)? +[^\W\d_]{3,10}\.? +(?:1[6-9]|20)\d\d"
    r"|[^\W\d_]{3,10} +\d{1,2}(?:st|nd|rd|th)?, +(?:1[6-9]|20)\d\d)"
    r"(?:[ ,-]+(?P<time>\d{1,2}[:h]\d\d(?: ?[AP]M)?(?: ?(?:UTC|GMT)(?: ?[+-]\d\d:?\d\d)?)?))?",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"\b(?:pp?|page|pg)\.? *(?P<page>[A-Z]{0,4}-?\d{1,4}[A-Z]?(?: *[-,;] *[A-Z]{0,4}\d{1,4})*)", re.IGNORECASE
)
_WORDS = re.compile(r"\d[\d \xa0\u202f]* ?(?:mots|words|palabras)\b", re.IGNORECASE)
_ISSUE = re.compile(
    r"[,;]? *\b(?:no|nº|n°|num|vol)\b\.? *(?P<issue>[\w./-]{1,14})(?:, *no\.? *(?P<second>\d+))?$", re.IGNORECASE
)
_RIGHTS = re.compile(r"(?:©|\(c\)|Copyright\b|Tous droits réservés|All rights reserved)", re.IGNORECASE)
_NAME = re.compile(
    r"(?:(?:Par|By|Por|De|PAR|BY) )?[A-ZÀ-Þ][\w.'’-]+(?: (?:[a-z]{1,3} )?[A-ZÀ-Þ][\w.'’-]*){0,3}"
    r"(?:(?:, | et | and |; ?)[A-ZÀ-Þ][\w.'’-]+(?: (?:[a-z]{1,3} )?[A-ZÀ-Þ][\w.'’-]*){1,3}){0,4}"
)
_MAX_HEAD = 14  # lines above a text in which its line with the date is looked for
_MAX_AUTHOR = 80  # characters of a line of authors
_MAX_RIGHTS = 300  # characters of a notice of copyright


def recognises(text: str) -> bool:
    """True for a text with the number of a document of Europresse on a line of its own or with its label."""
    return any(
        _NUMBERED.search(line) or _CERTIFICATE.search(line) or found.end() - found.start() > len(line.strip()) - 4
        for found in _NUMBER.finditer(text)
        for line in [
            text[text.rfind("\n", 0, found.start()) + 1 : (text.find("\n", found.end()) + 1 or len(text) + 1) - 1]
        ]
    )


def articles(text: str, name: str, _options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` for each article in `text`, read from `name`; no options are needed."""
    yield from _numbered(text, name, ())


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield the articles of the download in `stream`, called `name`, as `options` say."""
    yield from read_text(articles, stream, name, options, page=page_articles)


def recognises_page(text: str) -> bool:
    """True for an HTML page that was downloaded."""
    return "DocPublicationName" in text and ("itreArticle" in text or _NUMBER.search(text) is not None)


def page_articles(text: str, name: str, _options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield an article for each that the HTML page `text`, read from `name`, holds; no options are needed."""
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(text)
    nodes = [node for node in page.css("article") if node.css_first(".DocPublicationName")]
    if not nodes:  # the older layout: a table each, where only the titles are marked
        titles = tuple(
            " ".join(node.text(deep=True).split()) for node in page.css(".TitreArticleVisu, .titreArticleVisu")
        )
        yield from _numbered(markup.paragraphs(page.html or "")[0], name, titles)
        return
    for number, node in enumerate(nodes, start=1):
        yield _of_node(node, name, number if len(nodes) > 1 else 0)


# --- pages -----------------------------------------------------------------------------------------------------------


def _of_node(node: LexborNode, name: str, record: int) -> Draft | Rejected:
    draft = Draft(format=_HOW, record=record, digest=digest(node.html or ""))
    _publication(draft, _text(node, ".DocPublicationName"))
    _dated(draft, "".join(item.text(deep=True) for item in node.css(".DocHeader")))
    claim(draft.headline, _text(node, ".titreArticleVisu"), f"{_HOW}:title")
    for kicker in node.css(".titreArticle p"):
        if "titreArticleVisu" not in (kicker.attributes.get("class") or ""):
            claim_extra(draft, "kicker", " ".join(kicker.text(deep=True).split()))
    author = _text(node, ".docAuthors") or _text(node, ".sm-margin-bottomNews")
    title = node.css_first("header .titreArticle")
    if not author and title is not None:
        after = title.next
        while after is not None and after.tag == "-text":
            after = after.next
        author = " ".join(after.text(deep=True).split()) if after is not None and after.tag in ("div", "p") else ""
    claim(draft.byline, author, f"{_HOW}:author")
    body = node.css_first(".docOcurrContainer") or node.css_first(".DocText") or node.css_first("section")
    text, heads = markup.paragraphs(body.html or "") if body is not None else ("", ())
    whole = node.text(deep=True)
    _number(draft, whole)
    for item in node.css("small"):
        claim(draft.rights, item.text(deep=True), f"{_HOW}:copyright")
    set_body(draft, text, heads)
    if not draft.headline and not draft.body:
        return Rejected(name, record, "an article of a download from Europresse with neither a headline nor text")
    return draft


def _text(node: LexborNode, selector: str) -> str:
    found = node.css_first(selector)
    return " ".join(found.text(deep=True).split()) if found is not None else ""


# --- text ------------------------------------------------------------------------------------------------------------


def _numbered(text: str, name: str, titles: tuple[str, ...]) -> Iterator[Draft | Rejected]:
    """Yield an article for each number of a document; a number that is printed twice is one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    pieces: list[str] = []
    begin, last = 0, ""
    for found in _NUMBER.finditer(text):
        if found[0] != last and not _is_only_furniture(text[begin : found.start()]):
            pieces.append(text[begin : found.end()])
            begin, last = found.end(), found[0]
        else:
            begin = found.end()
    rest = text[begin:]
    cut = not _is_only_furniture(rest) and any(_DATE.search(line) for line in rest.split("\n")[:_MAX_HEAD])
    if cut:
        pieces.append(rest)
    if not pieces:
        yield Rejected(name, 0, "looks like a download from Europresse, but no article in it can be read")
    for number, piece in enumerate(pieces, start=1):
        item = _of_text(piece, name, number if len(pieces) > 1 else 0, titles)
        if cut and number == len(pieces) and isinstance(item, Draft):
            why = "the last article of the download ends without the number of its document: the file seems cut"
            item.problems.append(Remark(field="body", value=str(number), why=why, how=_HOW))
        yield item


def _is_only_furniture(text: str) -> bool:
    return all(not line.strip() or _CERTIFICATE.match(line.strip()) for line in text.split("\n"))


def _of_text(piece: str, name: str, record: int, titles: tuple[str, ...]) -> Draft | Rejected:
    draft = Draft(format=_HOW, record=record, digest=digest(piece))
    _number(draft, piece)
    lines = [line.strip(" \t\xa0") for line in piece.split("\n")]
    lines = ["" if _NUMBER.search(line) and len(line) < 120 else line for line in lines]
    kept = [line for line in lines if not _CERTIFICATE.match(line)]
    while kept and not kept[0]:
        kept.pop(0)
    for at, line in enumerate(kept):
        if _RIGHTS.match(line) and len(line) <= _MAX_RIGHTS:
            claim(draft.rights, line, f"{_HOW}:copyright")
            kept[at] = ""
    at = next((n for n, line in enumerate(kept[:_MAX_HEAD]) if _is_header(line)), -1)
    if at >= 0:
        above = [line for line in kept[:at] if line]
        _dated(draft, kept[at])
        if not draft.source and above:
            _publication(draft, above[-1])
        kept = kept[at + 1 :]
    _head_of_text(draft, kept, titles)
    if not draft.headline and not draft.body:
        return Rejected(name, record, "an article of a download from Europresse with neither a headline nor text")
    return draft


def _is_header(line: str) -> bool:
    """True for a line of section, date and page: nothing else is in it than what commas or bullets separate."""
    found = _DATE.search(line)
    return found is not None and len(line) <= 160 and line[-1] not in ".!?" and found.start() <= 100


def _head_of_text(draft: Draft, lines: list[str], titles: tuple[str, ...]) -> None:
    """Headline, authors and text, below the line with the date."""
    while lines and (not lines[0] or _is_sourced(draft, lines[0])):
        lines.pop(0)
    known = next((n for n, line in enumerate(lines[:6]) if line and " ".join(line.split()) in titles), -1)
    if known > 0:
        claim_extra(draft, "kicker", " ".join(line for line in lines[:known] if line))
        lines = lines[known:]
    end = next((n for n, line in enumerate(lines) if not line), min(1, len(lines)))
    head = lines[:end] if end <= 3 and known < 0 else lines[:1]
    claim(draft.headline, " ".join(head), f"{_HOW}:title")
    rest = lines[len(head) :]
    while rest and not rest[0]:
        rest.pop(0)
    if rest and len(rest) > 1 and len(rest[0]) <= _MAX_AUTHOR and _NAME.fullmatch(rest[0]):
        claim(draft.byline, rest.pop(0), f"{_HOW}:author")
    set_body(draft, plain_paragraphs("\n".join(rest)))


def _is_sourced(draft: Draft, line: str) -> bool:
    """Take a line of publication, page and length: `Le Monde • p. 12 • 345 mots`."""
    parts = [part.strip() for part in line.split("•")]
    if len(parts) < 2:
        return False
    if not draft.source:
        _publication(draft, parts[0])
    for part in parts[1:]:
        if page := _PAGE.fullmatch(part):
            claim(draft.page, page["page"], f"{_HOW}:header")
        elif _WORDS.fullmatch(part):
            claim_extra(draft, "length", part)
    return True


# --- values ----------------------------------------------------------------------------------------------------------


def claim_extra(draft: Draft, key: str, value: str) -> None:
    """Keep `value` under `key` beside the fields of `draft`, unless it is empty."""
    if value:
        draft.extra[key] = value


def _publication(draft: Draft, text: str) -> None:
    text = " ".join(text.split())
    if found := _ISSUE.search(text):
        claim(draft.edition, found["second"] or found["issue"], f"{_HOW}:publication")
        text = text[: found.start()].rstrip(" ,")
    claim(draft.source, text, f"{_HOW}:publication")


def _dated(draft: Draft, text: str) -> None:
    """Section, date, time and page out of a header: `Politique, mardi 14 mars 2006, p. 12`."""
    text = " ".join(text.split())
    found = _DATE.search(text)
    if found is None:
        return
    when = found["date"].replace("1er", "1")
    draft.published.append(
        Claim(f"{when} {found['time'].replace('h', ':')}" if found["time"] else when, f"{_HOW}:date")
    )
    above, below = text[: found.start()].strip(" ,•"), text[found.end() :]
    if "•" in text:
        _is_sourced(draft, text.replace(found[0], ""))
        return
    claim(draft.section, above, f"{_HOW}:header")
    if page := _PAGE.search(below):
        claim(draft.page, page["page"], f"{_HOW}:header")


def _number(draft: Draft, text: str) -> None:
    if found := _NUMBER.search(text):
        draft.ids.append(Claim(found[0], f"{_HOW}:number"))
