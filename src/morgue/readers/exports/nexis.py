"""Nexis and Lexis: downloads of LexisNexis Academic, Nexis, Nexis Uni and Lexis Advance, as text from any kind of file.

Two layouts. The older one counts its documents (`1 of 161 DOCUMENTS`, `Dokument 1 von 4`) and prints labels in capitals
(`LENGTH: 42 words`): publication, date, headline, labelled fields, text, labelled fields. The newer one ends each with
`End of Document`: headline, publication, date, labelled fields, `Body`, text, `Classification`, labelled fields. Labels
are in the language of the site, dates in that of the newspaper; a page with the search may come first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import BinaryIO

from morgue.languages import code_of
from morgue.lexicon import BY, either, spelled, words
from morgue.model import Claim, Draft, Rejected, Remark
from morgue.readers import markup
from morgue.readers.names import name_set
from morgue.readers.options import ReadOptions
from morgue.readers.paragraphs import unwrapped
from morgue.readers.story import claim, credit, set_body
from morgue.readers.texts import digest, read_text

_Block = list[str]  # lines between blank lines

# Field -> its labels in English, German, French, Dutch, Spanish, Italian and Portuguese; a space is a hyphen.
_LABELS = {
    "headline": "headline titel überschrift titre kop titular título title titolo schlagzeile manchete",
    "byline": "byline author autor autorin auteur auteur(s) authors autore autores autori name door",
    "section": "section rubrik rubrique rubriek sectie sección sezione seção ressort",
    "length": "length länge laenge longueur lengte longitud lunghezza extensión comprimento tamanho",
    "dateline": "dateline ortsmarke datumzeile",
    "highlight": "highlight encart insert abstract lead vorspann zusammenfassung résumé samenvatting",
    "series": "series serie série",
    "edition": "edition ausgabe édition editie edición edizione edição",
    "page": "page seite pagina página",
    "url": "url",
    "load-date": "load-date update date-chargement laad-datum laaddatum fecha-de-carga fecha-carga data-caricamento "
    "data-di-caricamento data-de-carregamento ladedatum aktualisierungsdatum date-de-chargement datum-laden",
    "language": "language sprache langue taal idioma lingua língua",
    "publication-type": "publication-type type-publication type-de-publication publikationstyp publicatietype "
    "tipo-de-publicación tipo-di-pubblicazione tipo-de-publicação publikationsart type",
    "journal-code": "journal-code code-revue zeitungs-code code-de-la-revue pub-code",
    "subject": "subject sujet thema schlagwörter onderwerp tema soggetto assunto pub-subject terms",
    "industry": "industry secteur-activite secteur-d'activité branche activity-sector industrie sector settore",
    "company": "company societe société unternehmen bedrijf empresa firma azienda entreprise",
    "organization": "organization organisation organización organizzazione organização organisatie organismus",
    "person": "person personne persoon persona pessoa personen",
    "geographic": "geographic localisation-geo geo-localization geografisch geografie geographie lieu geographic-area "
    "geográfico geografico région region",
    "ticker": "ticker symbole-boursier stock-symbol börsenkürzel",
    "graphic": "graphic grafik graphique grafiek gráfico grafica illustration photo bild",
    "correction": "correction korrektur rectificatif correctie corrección",
    "correction-date": "correction-date date-de-correction korrekturdatum",
    "notes": "notes note anmerkungen hinweis bio",
    "document-type": "document-type dokumenttyp type-de-document documenttype",
    "distribution": "distribution",
    "accession": "acc-no accession-number dokument-nr",
    "issn": "issn isbn",
    "body": "body text texte tekst texto testo volltext hauptteil corps",
    "classification": "classification klassifizierung klassifikation classificatie clasificación classificazione "
    "classificação",
}
_FIELDS = {label: name for name, listed in _LABELS.items() for label in listed.split()}
# Fields above the text, and those below it; the first of the sure ones ends the text.
_ABOVE = name_set(
    "headline byline section length dateline highlight series edition page url document-type issn distribution"
)
_SURE = name_set("load-date publication-type journal-code language graphic classification correction-date")
_BELOW = _SURE | name_set(
    "subject industry company organization person geographic ticker correction notes document-type distribution url "
    "accession series highlight issn"
)
_TERMS = ("subject", "industry", "company", "organization", "person", "geographic")
_CLAIMED = name_set("headline byline section dateline page edition url correction accession")
_LONG = name_set("graphic correction notes")  # fields whose values may have several paragraphs
_ALONE = name_set("body classification graphic correction notes highlight")  # labels on a line without a value

_LABEL = re.compile(r"(?P<label>[^\W\d_][^\W\d_'()]{1,15}(?:[- ][^\W\d_'()]{1,15}){0,3}(?:\(s\))?)[ \xa0]?:(?:\s+|$)")
_COUNT = re.compile(
    r"^[ \t\xa0\f]*(?:(?:FOCUS|LEVEL \d)[ \t]*-?[ \t]*)?"
    r"(?:\d{1,6} (?:of|von|de|van|di) \d{1,6} (?:(?:DOCUMENT|DOKUMENT|DOCUMENTO)(?:S|EN?)?|STORY|STORIES|ARTICLES?)"
    r"|(?:Dokument|Document|Documento|Dokumentnr\.) \d{1,6} (?:von|de|van|di|of) \d{1,6})[ \t\xa0]*$",
    re.MULTILINE | re.IGNORECASE,
)
_END = re.compile(
    r"^[ \t\xa0]*(?:End of Document|Ende des Dokuments?|Dokumentende|Fin du document|Einde (?:van|document)[^\n]{0,12}"
    r"|Fin del documento|Fine (?:del )?documento|Fim do documento)[ \t\xa0]*$",
    re.MULTILINE | re.IGNORECASE,
)
_LENGTH = re.compile(r"\d[\d.,' \xa0]*\s?(?:words|word|wörter|mots|mot|woorden|palabras|parole|palavras)\b", re.I)
_LISTED = re.compile(r"^[ \t]*Documents? \((\d{1,6})\)[ \t]*$", re.MULTILINE)
_COVER = re.compile(
    r"^[ \t]*(?:Download Request|Time Of Request|Client/Matter|Job Number|Search Type|Auftragsnummer|Mandant/Vorgang"
    r"|Numéro de (?:la )?tâche)[ \xa0]?:",
    re.MULTILINE | re.IGNORECASE,
)
_KINDS = (
    _COUNT,
    _END,
    _COVER,
    re.compile(
        rf"^(?:{either(_LABELS['length'].split())})[ \xa0]?:[ \t\xa0]*\d[\d.,' \xa0]*[^\W\d]*[ \xa0]*$", re.M | re.I
    ),
    re.compile(
        rf"^(?:{either(_LABELS['load-date'].replace('update ', '').split())}|UPDATE):[ \t\xa0]*\S[^\n]{{3,40}}$",
        re.M | re.I,
    ),
    re.compile(rf"^(?:{either(_LABELS['publication-type'].replace(' type', '').split())}):", re.M | re.I),
    re.compile(r"^(?:JOURNAL[- ]CODE|CODE-REVUE|ZEITUNGS-CODE):", re.M | re.I),
    re.compile(r"^[ \t]*(?:Body|Classification)[ \t\xa0]*$", re.MULTILINE),
)
_LOST = re.compile(r"^[ \t]*We are sorry but there is an error in this document", re.MULTILINE)
_COPYRIGHT = re.compile(
    r"(?:copyright|copyr\.?|copy (?=\d{4})|©|\(c\) ?(?=\d{4})|all rights reserved|alle rechte|tous droits"
    r"|todos los derechos|todos os direitos|tutti i diritti)",
    re.IGNORECASE,
)
_RESERVED = re.compile(r"(?:all rights|alle rechten?|tous droits|todos|tutti)\b.{0,40}$", re.IGNORECASE)

_DISTRIBUTED = re.compile(r"(?:Distributed|Provided|Verspreid|Vertrieben) (?:by|door|durch)\b", re.IGNORECASE)
_APPENDED = re.compile(r"Correction Appended\W*", re.IGNORECASE)
_SUFFIX = re.compile(r"\W*[-;]\W*Correction Appended\W*$", re.IGNORECASE)

_WEEKDAYS = name_set(
    "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag "
    "sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche maandag dinsdag woensdag donderdag vrijdag "
    "zaterdag zondag lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì "
    "sabato domenica segunda-feira terça-feira quarta-feira quinta-feira sexta-feira mon tue wed thu fri sat sun"
)
_WEEKDAY = rf"(?:{'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})\b\.?"
_MONTH = r"[^\W\d_]{3,10}\.?"
_YEAR = r"(?:1[6-9]|20)\d\d"
_DATE = re.compile(
    rf"(?:{_WEEKDAY},? +)?(?P<date>"
    rf"{_MONTH} +\d{{1,2}}(?:st|nd|rd|th)?,? +{_YEAR}"
    rf"|\d{{1,2}}(?:\.|er|st|nd|rd|th|º)? *(?:de |of )?{_MONTH},? +(?:de |del )?{_YEAR}"
    rf"|{_YEAR}-\d\d-\d\d|\d{{1,2}}-{_MONTH}-{_YEAR}|\d{{1,2}}[./]\d{{1,2}}[./]{_YEAR}|{_YEAR}年\d{{1,2}}月\d{{1,2}}日"
    rf"|{_MONTH},? +{_YEAR}(?! *[-/]))(?![\w/])"
    rf"(?:[, ]+{_WEEKDAY})?(?:[, ]+"
    rf"(?P<time>\d{{1,2}}:\d\d(?::\d\d)?(?: ?[AP]\.?M\.?)?(?: [A-Z]{{2,4}}\b(?:[+-]\d+)?)?))?"
    r"[,; ]*(?P<rest>.{0,80})$",
    re.IGNORECASE,
)
_NO_MONTH = name_set("edition volume number issue page section part chapter january-february")
_PAGE = re.compile(
    r"(?:^|[;,]) *(?:Pgs?|Pages?|Seiten?|Pagina|Página|Pág|Pag|Blz|Bladzijde|pp?|S)[.:]? *"
    r"(?P<page>[A-Z]{0,3}-?\d{1,4}[A-Z]?(?: *[-–,&/] *[A-Z]{0,3}\d{1,4}[A-Z]?)*)(?![\w])",
    re.IGNORECASE,
)
_BARE_PAGE = re.compile(r"[;,] *(?P<page>[A-Z]{1,2}-?\d{1,3}[A-Z]?)$")
_ISSUE = re.compile(r"[;,]? *\b(?:Ausg|Ausgabe|No|Nr|Issue|Iss)[. ]+(?P<issue>[\w/-]{1,12})$", re.IGNORECASE)
_VERSION = re.compile(r"(?:^|; *)Version: *(\d+)$", re.IGNORECASE)
_EDITION = re.compile(r"\b(?:edition|ausgabe|édition|editie|edición|edizione|edição)\b", re.IGNORECASE)
_PERCENT = re.compile(r"\s*\(\d{1,3} ?%\)")
_CREDIT = re.compile(rf"(?:{either(spelled(words(BY), str.title, str.upper))})[ :]\s?\S", re.UNICODE)
_JOINED = re.compile(r"^(?:and|und|et|en|y|e) (?=\S)")
_FROM = re.compile(r"^(?:From|FROM) (?=[A-Z])(?!.*\borrespondent)")
_CONTRIBUTED = re.compile(r"\bcontribut(?:ed|ing) (?:to|reporting|research)\b", re.IGNORECASE)
_TURNED = re.compile(r"[^\W\d_][\w'’-]+, [^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*)?")  # Quill, Asha
_ADDRESS = re.compile(r"https?://\S+$")
_NO_HEADLINE = re.compile(r"\W*(?:no headline(?: in original)?|\[?ohne titel\]?|sans titre|geen kop)\W*$", re.I)
_PAGE_LINE = re.compile(r"[ \t]*(?:Page|Seite|Página|Pagina) \d+(?: (?:of|von|de|van|di) \d+)?[ \t]*$", re.IGNORECASE)
# The number of a page and its running head, where PDF files have them: at the end of the page's text.
_FOOT = re.compile(r"\n[ \t]*(?:Page|Seite|Página|Pagina) \d+[ \t]*\n(?:[^\n\f]*\n){0,4}?\s*(?=\f|\Z)", re.IGNORECASE)
_INDENT = re.compile(r" {2,4}\S")  # of a line that begins a paragraph; lines in the middle have more
_ZONE = re.compile(
    r"(?:Eastern|Central|Mountain|Pacific|Greenwich Mean|GMT|Western|Standard|Local)\b.{0,20}?\bTime\b", re.I
)
_MIN_WIDTH, _MAX_WIDTH = 60, 132  # characters of a line in a text that was wrapped
_MIN_DENSE = 8  # lines of a text that may be dense
_DENSITY = 20  # lines to a blank one, from which on blank lines do not separate paragraphs
_SLACK = 8  # characters by which a wrapped line may be shorter than need be
_MAX_EDITION = 60  # characters of an edition's name
_MAX_CREDIT = 6  # words of a further credit that is not a sentence
_MAX_BYLINE = 80  # characters of a byline that has no label
_HOW = "nexis"


# --- the room's three functions, and those for pages ----------------------------------------------------------------


def recognises(text: str) -> bool:
    """True for a text with two of the marks of a download: counted documents, labels of the database, its own page."""
    if sum(1 for kind in _KINDS if kind.search(text)) >= 2:
        return True
    return len({found[0].lower() for found in _COVER.finditer(text)}) >= 2


def articles(text: str, name: str, _options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` for each document in `text`, read from `name`; no options are needed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xad", "")
    if "\f" in text:
        text = _FOOT.sub("\n", text)
    documents = _documents(text)
    if not documents:
        yield Rejected(name, 0, "a download from Nexis without an article: only its page with the search")
        return
    width, dense = _width(text), _is_dense(text)
    several = len(documents) > 1
    complete, by_mark = False, _END.search(text) is not None
    for number, document in enumerate(documents, start=1):
        is_complete = _END.search(document) is not None if by_mark else _is_closed(document, dense)
        complete = complete or is_complete
        item = _draft(document, name, number if several else 0, width=width, dense=dense)
        if isinstance(item, Draft) and number == len(documents) and complete and not is_complete:
            why = "the last document of the download ends without its last fields: the file seems cut"
            item.problems.append(Remark(field="body", value=str(number), why=why, how=_HOW))
        yield item


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield the documents of the download in `stream`, called `name`, as `options` say."""
    yield from read_text(articles, stream, name, options, page=page_articles)


_EMPTY_DIV = re.compile(r"<div[^<>]{0,200}/>", re.IGNORECASE)
_DOCUMENT = re.compile(r"<a name=\"?DOC_ID_[\d_]+\"?>", re.IGNORECASE)


def recognises_page(text: str) -> bool:
    """True for the text of an HTML page that was downloaded."""
    if _DOCUMENT.search(text) or "LXNComment" in text:
        return True
    return "LOAD-DATE" in text and re.search(r">\s*\d+ of \d+ DOCUMENTS?\s*<", text) is not None


def page_articles(text: str, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield what the HTML page `text` holds, read from `name` with `options`."""
    # An empty <div/> opens an element that nothing closes: each document would be deeper than the one before.
    pieces = _DOCUMENT.split(_EMPTY_DIV.sub("", text))
    yield from articles("\n\n".join(markup.paragraphs(piece)[0] for piece in pieces), name, options)


# --- documents --------------------------------------------------------------------------------------------------------


def _documents(text: str) -> list[str]:
    """The documents of a download, without its cover page and the lines that count them."""
    if ends := [found.end() for found in _END.finditer(text)]:
        starts = [0, *ends]
        pieces = [text[begin:end] for begin, end in zip(starts, [*ends, len(text)], strict=True)]
        return [piece for piece in pieces if _holds_article(piece)]
    counts = list(_COUNT.finditer(text))
    if not counts:
        return [text] if _holds_article(text) else []
    ends = [found.start() for found in counts[1:]]
    pieces = [text[found.end() : end] for found, end in zip(counts, [*ends, len(text)], strict=True)]
    return [piece for piece in pieces if piece.strip()]


def _holds_article(text: str) -> bool:
    """True for a piece with fields of an article; a cover page has a date but none of them."""
    return any(kind.search(text) for kind in _KINDS[3:]) or (_END.search(text) is not None and len(text) > 200)


def _is_closed(document: str, dense: bool) -> bool:
    """True for a document that one of the fields below the text, or a notice of copyright, closes."""
    return any(_ends(block) or _COPYRIGHT.match(block[0]) for block in _blocks(document, dense)[-12:])


def _width(text: str) -> int:
    """The width that the text's lines were wrapped to; 0 when they were not."""
    width = max((len(line) for line in text.split("\n") if " " in line.strip()), default=0)
    return width if _MIN_WIDTH <= width <= _MAX_WIDTH else 0


def _is_dense(text: str) -> bool:
    """True for text without blank lines between its paragraphs, as PDF files give it."""
    lines = [line.strip(" \t\xa0") for line in text.strip().replace("\n\f\n", "\n").split("\n")]
    filled = sum(1 for line in lines if line)
    return filled >= _MIN_DENSE and (len(lines) - filled) * _DENSITY < filled


def _blocks(text: str, dense: bool = False) -> list[_Block]:
    """Lines between blank lines, without white space at their ends and numbers of pages; each line if `dense`."""
    blocks: list[_Block] = []
    if dense:
        lines = [line.strip(" \t\xa0\f") for line in text.split("\n")]
        return [[line] for line in lines if line and not _PAGE_LINE.match(line)]
    is_open = False
    for raw in text.replace("\f", "\n").split("\n"):
        line = raw.strip()
        if is_open and _INDENT.match(raw):
            is_open = False
        if not line or (_PAGE_LINE.match(line) and " of " in line):
            is_open = is_open and bool(line)
        elif is_open:
            blocks[-1].append(line)
        else:
            blocks.append([line])
            is_open = True
    return blocks


def _label(line: str) -> tuple[str, str]:
    """The field and the value that a line gives, ("", line) for one without a label that we know."""
    if found := _LABEL.match(line):
        name = _FIELDS.get(found["label"].lower().replace(" ", "-").replace("\xa0", "-"), "")
        if name:
            return name, line[found.end() :].strip()
    return "", line


def _alone(block: _Block) -> str:
    """The field of a block that is its label and nothing else (`Body`, `Classification`, `BODY:`); "" for others."""
    if len(block) > 1 or len(block[0]) > 24:
        return ""
    label = block[0].rstrip(": \xa0")
    name = _FIELDS.get(label.lower().replace(" ", "-"), "")
    is_label = block[0].endswith(":") or label[:1].isupper()
    return name if name in _ALONE and is_label else ""


@dataclass(slots=True)
class _Document:
    """A document taken apart: lines above the fields, fields -> their values, the text, copyright notices.

    `dense` says that each line is a block, as in `_blocks`.
    """

    top: list[_Block] = field(default_factory=list)
    fields: dict[str, list[str]] = field(default_factory=dict)
    body: list[_Block] = field(default_factory=list)
    dense: bool = False
    rights: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    def add(self, block: _Block) -> None:
        """Add the fields of a labelled block: a label begins a value, other lines continue it."""
        name = ""
        for line in block:
            found, value = _label(line)
            if found:
                name = found
                self.fields.setdefault(name, []).append(value)
            elif name:
                last = self.fields[name]
                last[-1] = f"{last[-1]} {value}".strip()

    def first(self, name: str) -> str:
        """The first value of a field that is not empty."""
        return next((value for value in self.fields.get(name, []) if value), "")


def _apart(text: str, dense: bool) -> _Document:
    document = _Document(dense=dense)
    blocks = _blocks(_END.sub("", text), document.dense)
    begin = next((n for n, block in enumerate(blocks) if _label(block[0])[0] in _ABOVE or _alone(block)), len(blocks))
    document.top = blocks[:begin]
    if document.dense:
        _drop_cover(document, text)
    if begin == len(blocks):
        begin = _without_fields(blocks)
        document.top = blocks[:begin]
    marked = next((n for n, block in enumerate(blocks[: begin + 40]) if n >= begin and _alone(block) == "body"), -1)
    at = begin
    while at < len(blocks):
        block = blocks[at]
        name = _label(block[0])[0]
        if at == marked or (marked < 0 and name == "body"):
            kept = [line for line in (_label(block[0])[1] if name else "", *block[1:]) if line]
            blocks[at : at + 1] = [kept] if kept else []
            break
        if not name and len(block) == 1 and _LENGTH.fullmatch(block[0]):
            document.fields.setdefault("length", [block[0]])
        elif name in _ABOVE or (name in _BELOW and marked > at):
            document.add(block)
        elif _COPYRIGHT.match(block[0]):
            document.rights.append(" ".join(block))
        elif marked < at:
            break
        elif _alone(block):
            document.fields.setdefault(_alone(block), []).append("")
        elif document.fields:  # a field that goes on after a blank line
            last = document.fields[list(document.fields)[-1]]
            last[-1] = f"{last[-1]} {' '.join(block)}".strip()
        at += 1
    _below(document, blocks[at:])
    return document


def _without_fields(blocks: list[_Block]) -> int:
    """The number of blocks above the text of a document without labelled fields there: down to length or headline."""
    end = next((n for n, block in enumerate(blocks) if _ends(block)), len(blocks))
    for number, block in enumerate(blocks[:end]):
        if len(block) == 1 and _LENGTH.fullmatch(block[0]):
            return number
    dated = next((n for n, block in enumerate(blocks[:end]) if any(_dated(line) for line in block)), -1)
    return min(dated + 2, end)


def _drop_cover(document: _Document, text: str) -> None:
    """Leave out the pages before the one on which the document begins: a list of all documents, the search."""
    pages = text.split("\f")
    if len(pages) > 1 and document.top:
        last = document.top[-1][0]
        page = next((page for page in pages if last in page), "")
        lines = {line.strip(" \t\xa0") for line in page.split("\n")}
        kept = len(document.top)
        while kept and document.top[kept - 1][0] in lines:
            kept -= 1
        document.top = document.top[kept:]


def _below(document: _Document, blocks: list[_Block]) -> None:
    """Take the text and the fields that follow it."""
    end = next((n for n, block in enumerate(blocks) if _ends(block)), len(blocks))
    while end and (_is_field(blocks[end - 1]) or _COPYRIGHT.match(blocks[end - 1][0])):
        end -= 1
    document.body = blocks[:end]
    name = ""
    for block in blocks[end:]:
        alone = _alone(block)
        if alone:
            name = alone
            document.fields.setdefault(name, [""])
        elif found := _label(block[0])[0]:
            name = found if found in _LONG or document.dense else ""
            document.add(block)
        elif _COPYRIGHT.match(block[0]):
            document.rights.append(" ".join(block))
        elif name:
            document.fields[name][-1] = f"{document.fields[name][-1]} {' '.join(block)}".strip()
        elif (unknown := _LABEL.match(block[0])) and unknown["label"].isupper():
            block = [block[0][unknown.end() :], *block[1:]]
            document.fields.setdefault(unknown["label"].lower(), []).append(" ".join(block))
        else:
            document.other.append(" ".join(block))


def _ends(block: _Block) -> bool:
    """True for a block that cannot be part of the text: a label of the database's own, in capitals where it may be."""
    name, value = _label(block[0])
    if name in _SURE:
        label = block[0].partition(":")[0]
        return label.isupper() or (name != "graphic" and name != "language" and bool(value)) or value.isupper()
    return _alone(block) in ("classification", "graphic", "correction")


def _is_field(block: _Block) -> bool:
    name, value = _label(block[0])
    is_term = name in _TERMS and (value.isupper() or _PERCENT.search(value) is not None)
    return name in _BELOW and (block[0].partition(":")[0].isupper() or is_term or name in _SURE)


# --- drafts -----------------------------------------------------------------------------------------------------------


def _draft(text: str, name: str, record: int, *, width: int, dense: bool) -> Draft | Rejected:
    if _LOST.search(text):
        return Rejected(name, record, "a document that the database could not give: it prints an error in its place")
    document = _apart(text, dense)
    draft = Draft(format=_HOW, record=record, digest=digest(text))
    _top(draft, document, from_end=_END.search(text) is not None or "body" in document.fields)
    _fields(draft, document)
    body = _without_abstract(document)
    if document.dense:
        set_body(draft, _dense_body(draft, [block[0] for block in body]))
    else:
        set_body(draft, "\n\n".join(_unwrapped(block, width) for block in body))
    if not draft.headline and not draft.body:
        return Rejected(name, record, "a document of a download from Nexis with neither a headline nor text")
    return draft


def _dense_body(draft: Draft, lines: list[str]) -> str:
    """Paragraphs of lines without blank ones between them, and without the headline on top of each page."""
    headlines = {head.value.casefold() for head in draft.headline}
    lines = [line for line in lines if line.casefold() not in headlines]
    if any(len(line) > _MAX_WIDTH * 1.5 for line in lines):  # a paragraph a line
        return "\n\n".join(lines)
    return unwrapped(lines)


def _without_abstract(document: _Document) -> list[_Block]:
    """The text without the abstract that some newspapers' documents have above it, marked as such."""
    marks = [" ".join(block).rstrip(":") for block in document.body]
    if marks[:1] != ["ABSTRACT"] or "FULL TEXT" not in marks[:20]:
        return document.body
    at = marks.index("FULL TEXT")
    document.fields.setdefault("abstract", ["\n\n".join(" ".join(block) for block in document.body[1:at])])
    return document.body[at + 1 :]


def _unwrapped(block: _Block, width: int) -> str:
    """A paragraph: lines are joined where the next word would not have fitted on the line."""
    text = block[0]
    for line, following in pairwise(block):
        wrapped = width and len(line) + 1 + len(following.split(maxsplit=1)[0]) > width - _SLACK
        text += (" " if wrapped else "\n") + following
    return text


def _top(draft: Draft, document: _Document, *, from_end: bool) -> None:
    """Publication, date, edition, headline: the lines above the fields, in the order of either layout.

    `from_end` says that the date is the last line there that looks like one, as a list of headlines may come first.
    """
    blocks = [kept for block in document.top if (kept := _without_notices(block, document))]
    dates = [(n, at) for n, block in enumerate(blocks) for at, line in enumerate(block) if _dated(line)]
    if dates:
        number, at = dates[-1] if from_end else dates[0]
        _date(draft, blocks[number][at:])
        before = [" ".join(block) for block in (*blocks[:number], blocks[number][:at]) if block]
        after = [" ".join(block) for block in blocks[number + 1 :]]
    else:  # headline and publication, or headline alone
        rows = [" ".join(block) for block in blocks]
        before, after = (rows, []) if from_end and len(rows) > 1 else ([], rows)
    if not before and document.rights:  # the notice of copyright ends with the name of the publication
        notice, _, before_it = document.rights[0].rpartition("\n")
        document.rights[0] = notice or before_it
        before = [before_it] if notice else []
    if before:
        claim(draft.source, before[-1], f"{_HOW}:publication")
    if from_end and not after and len(before) > 1 and not document.first("headline"):
        _headline(draft, " ".join(before[:-1]) if document.dense else before[-2])
    if document.first("headline"):
        edition = " ".join([*(claimed.value for claimed in draft.edition), *after]).rstrip(" ;")
        draft.edition.clear()
        claim(draft.edition, edition[:_MAX_EDITION], f"{_HOW}:edition")
    elif after := _short_rows(draft, document, after):
        _headline(draft, "; ".join(row.rstrip(";") for row in after))


def _without_notices(block: _Block, document: _Document) -> _Block:
    """A block without notices of copyright and corrections, which are kept elsewhere."""
    if _DISTRIBUTED.match(block[0]):
        document.rights.append(" ".join(block))
        return []
    if _APPENDED.fullmatch(block[0]):
        document.notes.append(block[0])
        return block[1:]
    if not _COPYRIGHT.match(block[0]):
        return block
    end = next((n + 1 for n, line in enumerate(block) if _RESERVED.search(line)), 0)
    document.rights.append(" ".join(block[:end]) if end else "\n".join((" ".join(block[:-1]), block[-1])).strip())
    return block[end:] if end else []


def _dated(line: str) -> re.Match[str] | None:
    found = _DATE.match(line)
    if found is None or found["date"].split()[0].lower().rstrip(".,") in _NO_MONTH:
        return None
    rest = found["rest"]
    return found if len(rest) <= _MAX_EDITION and not rest.endswith((".", "?", "!")) else None


def _date(draft: Draft, lines: list[str]) -> None:
    if not lines:
        return
    found = _dated(lines[0])
    assert found
    when = f"{found['date']} {found['time']}" if found["time"] else found["date"]
    draft.published.append(Claim(when, f"{_HOW}:date"))
    rows = [_ZONE.sub("", found["rest"]), *(line for line in lines[1:] if not _APPENDED.fullmatch(line))]
    edition = " ".join(part.strip(" ;,") for part in rows if part.strip(" ;,"))
    if len(edition) <= _MAX_EDITION:
        claim(draft.edition, edition, f"{_HOW}:edition")


def _headline(draft: Draft, text: str) -> None:
    text = _SUFFIX.sub("", text)
    if not _NO_HEADLINE.match(text):
        claim(draft.headline, text, f"{_HOW}:headline")


def _short_rows(draft: Draft, document: _Document, rows: list[str]) -> list[str]:
    """Take edition, address, length and byline, which some sources print without a label, from below the date."""
    kept: list[str] = []
    for row in rows:
        if _ADDRESS.fullmatch(row):
            claim(draft.url, row, f"{_HOW}:url")
        elif _LENGTH.fullmatch(row):
            document.fields.setdefault("length", [row])
        elif not kept and not draft.edition and _is_edition(row, alone=len(rows) == 1):
            claim(draft.edition, row, f"{_HOW}:edition")
        elif kept and len(row) <= _MAX_BYLINE and _CREDIT.match(row) and not document.first("byline"):
            document.fields["byline"] = [row]
        else:
            kept.append(row)
    return kept


def _is_edition(row: str, *, alone: bool) -> bool:
    """True for a row below the date that names an edition; `alone`, when no headline would be left, by its end."""
    found = _EDITION.search(row)
    return found is not None and len(row) <= _MAX_EDITION and (not alone or row.endswith(found[0]))


def _fields(draft: Draft, document: _Document) -> None:
    if headline := document.first("headline"):
        _headline(draft, headline)
    for value in document.fields.get("byline", []):
        _byline(draft, value)
    claim(draft.dateline, document.first("dateline"), f"{_HOW}:dateline")
    _section(draft, document.first("section"))
    for name in ("page", "edition"):
        claim(getattr(draft, name), document.first(name), f"{_HOW}:{name}")
    language = document.first("language")
    code = next((code for part in language.split(";") if (code := code_of(part))), "")
    claim(draft.language, code or language, f"{_HOW}:language")
    for name in _TERMS:
        for value in document.fields.get(name, []):
            for term in value.split(";"):
                claim(draft.keywords, _PERCENT.sub("", term), f"{_HOW}:{name}")
    for value in document.fields.get("url", []):
        claim(draft.url, value, f"{_HOW}:url")
    for note in (*document.notes, document.first("correction")):
        claim(draft.note, note, f"{_HOW}:correction")
    claim(draft.rights, " ".join(dict.fromkeys(document.rights)), f"{_HOW}:copyright")
    if not draft.published and (loaded := document.first("load-date")):
        why = "the database states no date of publication, only the day on which it took the document"
        draft.problems.append(Remark(field="published", value=loaded, why=why, how=f"{_HOW}:load-date"))
    if number := document.first("accession"):
        draft.ids.append(Claim(number, f"{_HOW}:accession"))
    for name, values in document.fields.items():
        kept = [value for value in values if value]
        if kept and name not in _CLAIMED and not (name == "language" and code):
            draft.extra[name.replace("-", "_")] = kept[0] if len(kept) == 1 else list(kept)
    if document.other:
        draft.extra["unlabelled"] = list(document.other)


def _byline(draft: Draft, value: str) -> None:
    """Claims for the writers of a byline: some are printed surname first, some with what others contributed."""
    parts: dict[str, str] = {}
    for part in value.split(";"):
        text = _FROM.sub("", _JOINED.sub("", part.strip()))
        if _CONTRIBUTED.search(text):
            claim(draft.contributors, text, f"{_HOW}:byline")
        elif _TURNED.fullmatch(text) or text.islower():
            claim(draft.people, text, f"{_HOW}:byline")
        elif text and (not parts or not text.endswith(".") or len(text.split()) <= _MAX_CREDIT):
            parts.setdefault(text.lower(), text)
    credit(draft.byline, list(parts.values()), f"{_HOW}:byline")


def _section(draft: Draft, value: str) -> None:
    """Section, page and number of the issue or version out of `NEWS; Pg. 4`."""
    if found := _VERSION.search(value):
        claim(draft.version, found[1], f"{_HOW}:section")
        value = value[: found.start()]
    if found := _ISSUE.search(value):
        claim(draft.edition, found["issue"], f"{_HOW}:section")
        value = value[: found.start()]
    if found := _PAGE.search(value) or _BARE_PAGE.search(value):
        claim(draft.page, found["page"].strip(" ,"), f"{_HOW}:section")
        value = value[: found.start()] + value[found.end() :]
    claim(draft.section, value.strip(" ;,"), f"{_HOW}:section")
