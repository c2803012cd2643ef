"""ProQuest: documents with labelled values, in text (parted by rules of `_`), in mail and in pages saved from it.

    Document 1 of 2
    Ferry piers to close for repairs
    Author: Tennick, Orla
    Full text: The two piers will close in May.
    Publication title: The Dunmoor Post; Hamilton, Ont.
    Publication date: Sep 20, 2024

Labels are in the language of the user. Most stand below the text, which may itself hold lines that look like them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import BinaryIO

from morgue.languages import code_of
from morgue.model import Draft, Rejected, Remark
from morgue.readers import markup
from morgue.readers.exports import labels
from morgue.readers.fields import body_of
from morgue.readers.options import ReadOptions
from morgue.readers.story import claim, set_body
from morgue.readers.texts import digest, read_text

_FIELDS = labels.table(
    {
        "headline": "Title;Titre;Título;Titel;Titolo",
        "people": "Author;Authors;Auteur;Auteurs;Autor;Autores;Autoren;Autore;Autori;First author",
        "byline": "Credit;Byline",
        "info": "Publication info;Informations sur la publication;Información de publicación;Publikationsinformationen;"
        "Informações da publicação;Info pubblicazione",
        "abstract": "Abstract;Résumé;Resumen;Zusammenfassung;Resumo;Riassunto;Abstract (summary);Abstract (English)",
        "text": "Full text;Fulltext;Texte intégral;Texto completo;Volltext;Texto integral;Testo completo",
        "links": "Links;Liens;Enlaces;Vínculos;Link;Collegamenti;Links zu",
        "source": "Publication title;Titre de la publication;Titre de publication;Título de publicación;"
        "Título de la publicación;Publikationstitel;Titel der Publikation;Título da publicação;Titolo pubblicazione",
        "published": "Publication date;Date de publication;Fecha de publicación;Publikationsdatum;Erscheinungsdatum;"
        "Data de publicação;Data di pubblicazione;Publish date",
        "year": "Publication year;Année de publication;Año de publicación;Publikationsjahr;Erscheinungsjahr;"
        "Ano de publicação;Anno di pubblicazione;Year",
        "section": "Section;Sección;Seção;Rubrique;Rubrik;Sezione",
        "page": "Pages;Page;First page;Páginas;Seiten;Página;Pagine;Start page",
        "volume": "Volume;Band;Volumen",
        "issue": "Issue;Numéro;Número;Ausgabe;Fascículo;Edición;Edition;Numero",
        "keywords": "Subject;Sujet;Matière;Materia;Tema;Thema;Schlagwort;Assunto;Soggetto;Identifier / keyword;"
        "Identifier;Identificador / palabra clave;Identifiant / mot-clé;People;Subject term;Keywords",
        "dateline": "Dateline",
        "language": "Language of publication;Langue de publication;Idioma de la publicación;Idioma de publicación;"
        "Sprache der Publikation;Publikationssprache;Idioma da publicação;Lingua di pubblicazione;Language",
        "id": "ProQuest document ID;ID de document ProQuest;Identifiant de document ProQuest;"
        "ID del documento de ProQuest;ProQuest-Dokument-ID;Dokument-ID von ProQuest;ID do documento ProQuest;"
        "ID documento ProQuest;Document ID;Store ID",
        "url": "Document URL;URL du document;URL del documento;Dokument-URL;URL do documento;URL documento",
        "rights": "Copyright;Derechos de autor;Droits d'auteur;Urheberrecht",
        "": "Last updated;Dernière mise à jour;Última actualización;Zuletzt aktualisiert;Database;Base de données;"
        "Base de datos;Datenbank;Publisher;Éditeur;Editorial;Verlag;Editor;Place of publication;Lieu de publication;"
        "Lugar de publicación;Verlagsort;Erscheinungsort;Country of publication;Pays de publication;"
        "País de publicación;Land der Publikation;Source type;Type de source;Tipo de fuente;Quellentyp;Document type;"
        "Type de document;Tipo de documento;Dokumenttyp;Publication subject;ISSN;e-ISSN;ISBN;Location;Number of pages;"
        "Company / organization;Company;Document feature;Classification;Publication frequency;Headnote;"
        "CODEN;DOI;Accession number;Product name;Title of publication;Ethnicity;Business indexing term;Column;Edition",
    }
)
# Labels above a text, and those that few other texts have.
_HEAD = frozenset({"people", "info", "abstract", "text", "links"})
_OWN = frozenset({"source", "info", "id", "published", "text", "url", "year"})
_RULE = re.compile(r"^[ \t>]*_{20,}[ \t]*$", re.MULTILINE)
_COUNT = re.compile(
    r"^[ \t>]*(?:Document|Documento|Dokument|Email|E-mail|Article)[ \xa0]+"
    r"(?P<number>\d+)[ \xa0]+\w{1,3}[ \xa0]+(?P<of>\d+)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_BARE = frozenset(
    labels.key(text) for text in ("Full text", "Abstract", "Details", "Texte intégral", "Texto completo", "Volltext")
)
_NONE = re.compile(
    r"(?:none|not) available\.?|aucun disponible\.?|no disponible\.?|nicht verfügbar\.?|ninguno disponible\.?", re.I
)
_LINK = re.compile(
    r"(?:ProQuest document link|Lien de document ProQuest|Enlace de documentos de ProQuest|https?://\S+)", re.I
)
_DAY = r"\d{1,2}\.? [^\W\d_]{3,10}\.? \d{4}|[^\W\d_]{3,10}\.? \d{1,2}, \d{4}|\d{4}-\d\d-\d\d"
_INFO = re.compile(
    rf"(?P<source>[^;\[]{{2,120}}?)\s*(?:[;\[].*?)?(?P<date>{_DAY})(?:\s*:\s*(?P<page>[^:]{{1,30}}?)\.?)?$"
)
# Below a headline: "Doe, Jane. The Lamp; Hamilton, Ont. [Hamilton, Ont]. 18 Jan 2022."
_CITATION = re.compile(rf";[^\n]*(?:\[[^\]]*\]|\.)[^\n]*(?:{_DAY})[^\n]{{0,20}}$")
_ANCHOR = re.compile(r"(?=<a\b[^<>]{0,40}\bname=[\"']?DocID_)", re.IGNORECASE)
_HREF = re.compile(
    r"<a\b[^<>]{0,200}\bhref=[\"']([^\"'<>]{8,500})[\"'][^<>]{0,200}>\s*ProQuest document link\s*</a>", re.I
)
_RULE_TEXT = "_" * 60
_MIN_LABELS = 3  # of a document, known ones


def recognises(text: str) -> bool:
    """Return whether a text holds documents with the labels of ProQuest."""
    known, own = set(), set()
    for line in text.split("\n"):
        if (found := labels.read(line)) and (field := _FIELDS.get(found.key)) is not None:
            known.add(found.key)
            if field in _OWN:
                own.add(field)
                if len(known) > _MIN_LABELS and len(own) > 1:
                    return "info" in own or "text" in own or "source" in own or "id" in own
    return False


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a draft for each document in `stream`, text or HTML, called `name`, read as `options` say."""
    yield from read_text(articles, stream, name, options, page=page_articles)


def recognises_page(page: str) -> bool:
    """Return whether an HTML `page` holds documents of ProQuest."""
    return bool(_ANCHOR.search(page)) or ("roQuest" in page and recognises(markup.paragraphs(page)[0]))


def page_articles(page: str, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a draft for each document of an HTML `page`, saved as the file `name` and read as `options` say."""
    page = _HREF.sub(r"<p>Document URL: \1</p>", _ANCHOR.sub(f"<p>{_RULE_TEXT}</p>", page))
    yield from articles(markup.paragraphs(page)[0], name, options)


def articles(text: str, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:  # noqa: ARG001
    """Yield a draft for each document of a `text`; `name` is its file's, `options` are not needed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    if re.search(r"^> ", text, re.MULTILINE):  # forwarded
        text = re.sub(r"^>+ ?", "", text, flags=re.MULTILINE)
    expected = max((int(found["of"]) for found in _COUNT.finditer(text)), default=0)
    parts = [lines for part in _documents(text) if (lines := _of_document(part))]
    if not parts:
        yield Rejected(name, 0, "looks like a download of ProQuest but holds no document")
    for number, lines in enumerate(parts, 1):
        draft = _draft(lines, number if len(parts) > 1 else 0)
        if number == len(parts) and len(parts) < expected < 10_000 and "Email" not in text:
            why = f"the download names {expected} documents and holds {len(parts)}"
            draft.problems.append(Remark(field="body", value="", why=why, how="proquest"))
        yield draft if draft.body or draft.headline else Rejected(name, draft.record, "holds no headline and no text")


def _documents(text: str) -> list[str]:
    """Split at rules, else at "Document 2 of 9", else at the lines above an author or a publication."""
    if len(parts := _RULE.split(text)) > 1:
        return parts
    if len(starts := [found.start() for found in _COUNT.finditer(text)]) > 1:
        return [text[begin:end] for begin, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    lines = text.split("\n")
    breaks, filled, before, below = [0], -1, -1, True
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        found = labels.read(line)
        field = _FIELDS.get(found.key) if found else None
        if field in ("people", "info") and filled >= 0 and below and _field(lines[filled]) is None:
            breaks.append(before if _is_citation(lines[filled]) and before >= 0 else filled)
        below = below if field is None else field not in _HEAD
        filled, before = number, filled
    return ["\n".join(lines[begin:end]) for begin, end in zip(breaks, [*breaks[1:], len(lines)], strict=True)]


def _is_citation(line: str) -> bool:
    return len(line) <= 400 and _CITATION.search(line) is not None


def _of_document(part: str) -> list[str]:
    """The lines of a part of a download that is a document; none for a list of contents or an address."""
    lines = part.strip().split("\n")
    known = {found.key for line in lines if (found := labels.read(line)) and found.key in _FIELDS}
    return lines if len(known) >= _MIN_LABELS else []


def _draft(lines: list[str], record: int) -> Draft:
    draft = Draft(format="proquest", record=record, digest=digest("\n".join(lines)))
    found: dict[str, list[str]] = {}
    above: list[str] = []
    body: list[str] = []
    into = above
    text_at = next((n for n, line in enumerate(lines) if _field(line) == "text"), -1)
    text_ends = _end_of_text(lines, text_at) if text_at >= 0 else -1
    for number, line in enumerate(lines):
        label = labels.read(line)
        field = _field(line)
        if text_at <= number < text_ends:
            body.append(label.value if number == text_at and label else "" if number == text_at else line)
        elif field is not None:
            value = label.value if label else ""
            into = found.setdefault(field or f":{label.label}" if label else ":", [])
            into.append(value)
        elif label and found and (into is above or not line.startswith(" ")) and number > text_ends >= 0:
            into = found.setdefault(f":{label.label}", [])
            into.append(label.value)
        elif line.strip() and not _COUNT.fullmatch(line.strip()) and not (_LINK.fullmatch(line.strip()) and not body):
            into.append(line.strip())
    _claim_all(draft, found, [line for line in above if not _LINK.match(line)])
    _set_text(draft, body, found)
    return draft


def _field(line: str) -> str | None:
    """The field that a line gives; None for a line without a label that is known."""
    if found := labels.read(line):
        return _FIELDS.get(found.key)
    if len(line) <= 20 and labels.key(line) in _BARE:  # a heading, in downloads as RTF and PDF
        return _FIELDS.get(labels.key(line), "details")
    return None


def _end_of_text(lines: list[str], at: int) -> int:
    """The number of the line after a text: from there on nearly every line has a label."""
    filled = [number for number in range(at + 1, len(lines)) if lines[number].strip()]
    labelled = [labels.read(lines[number]) is not None for number in filled]
    for place, number in enumerate(filled):
        # A value may go on in a further line; a line of the text that looks like a label has others around it.
        goes_on = not lines[number - 1].strip() and number + 1 < len(lines) and lines[number + 1].strip()
        follows = place + 1 == len(filled) or labelled[place + 1] or goes_on
        if follows and _field(lines[number]) not in (None, "text", "abstract"):
            rest = labelled[place:]
            if sum(rest) >= 0.6 * len(rest):
                return number
    return len(lines)


def _claim_all(draft: Draft, found: dict[str, list[str]], above: list[str]) -> None:
    values = {field: " ".join(" ".join(lines).split()) for field, lines in found.items()}
    if len(above) > 1 and _is_citation(above[-1]):
        above = above[:-1]
    claim(draft.headline, html.unescape(values.get("headline", "")), "proquest:Title")
    claim(draft.headline, html.unescape(above[-1] if above else ""), "proquest:heading")
    for name in re.split(r"\s*;\s*", html.unescape(values.get("people", ""))):
        claim(draft.people, name.rstrip("."), "proquest:Author")
    claim(draft.byline, values.get("byline"), "proquest:Credit")
    # The place of publication follows the name: "The Lamp; Hamilton, Ont."
    claim(draft.source, values.get("source", "").split(";")[0], "proquest:Publication title")
    claim(draft.published, values.get("published"), "proquest:Publication date")
    info = _INFO.match(values.get("info", "")[:600])
    if info:
        claim(draft.source, info["source"], "proquest:Publication info")
        claim(draft.published, info["date"], "proquest:Publication info")
    claim(draft.published, values.get("year"), "proquest:Publication year")
    for field in ("section", "page", "dateline", "url", "rights"):
        claim(getattr(draft, field), values.get(field), f"proquest:{field}")
    if info:
        claim(draft.page, info["page"], "proquest:Publication info")
    issue = [f"{name} {values[field]}" for field, name in (("volume", "Vol."), ("issue", "No.")) if values.get(field)]
    claim(draft.edition, ", ".join(issue), "proquest:Issue")
    for term in re.split(r"\s*;\s*", values.get("keywords", "")):
        claim(draft.keywords, term, "proquest:Subject")
    spoken = values.get("language", "")
    claim(draft.language, code_of(spoken) or spoken, "proquest:Language of publication")
    claim(draft.ids, re.sub(r"(?<=\d)\s+(?=\d)", "", values.get("id", "")), "proquest:ProQuest document ID")
    draft.extra = {field[1:]: value for field, value in values.items() if field[:1] == ":" and field[1:] and value}


def _set_text(draft: Draft, body: list[str], found: dict[str, list[str]]) -> None:
    abstract = "\n".join(found.get("abstract", [])).strip()
    if _NONE.fullmatch(abstract):
        abstract = ""
    text, subheads = body_of("\n".join(body).strip())
    if _NONE.fullmatch(text):
        text, subheads = "", ()
    if not text and abstract:
        text, subheads = body_of(abstract)
        why = "the download has no full text: this is its abstract"
        draft.problems.append(Remark(field="body", value="", why=why, how="proquest:Abstract"))
    elif abstract:
        draft.extra["Abstract"] = abstract
    set_body(draft, html.unescape(text) if "&" in text else text, subheads)
