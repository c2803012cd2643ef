"""The KB's (Delpher's) newspapers: an issue in MPEG-21 DIDL, and the files with the texts of its articles.

An issue's file names its articles; their texts (`…_articletext.xml`: `<text>` with `<title>` and `<p>`) are beside it
in the library's packages, or can be had from its server, which nothing here asks. `dcterms:issued` is the life of
the paper; `dcterms:spatial` its kind and where it was printed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import BinaryIO
from xml.etree.ElementTree import Element

from morgue.model import Draft, Rejected, Remark
from morgue.readers.beside import Beside
from morgue.readers.digitised.languages import code
from morgue.readers.digitised.leaders import is_led, text_file
from morgue.readers.encoding import NotText
from morgue.readers.hyphens import rejoined
from morgue.readers.options import ReadOptions, TooLarge, read_whole
from morgue.readers.story import claim, set_body
from morgue.readers.xml import dom
from morgue.readers.xml.stories import Story, each_made, read_as

_ARTICLE = re.compile(r"(\d{6,12}):mpeg21:a(\d{4})$", re.IGNORECASE)
_PAGE = re.compile(r":p(\d{3,4})$", re.IGNORECASE)
_FOLDERS = (".", "text", "articletext", "articles", "..")  # where texts of articles are looked for


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` per article of `stream`, called `name`, read as `options` say.

    A text whose issue is beside it yields nothing: it is read with the issue. Raises:
        TooLarge: when the file is larger than `options.max_bytes`; the caller makes a `Rejected` of it.
    """
    if not (text_file(name) and is_led(options.beside)):
        yield from read_as(stream, name, options, partial(_stories, options))


def _stories(options: ReadOptions, root: Element) -> list[Story] | str:
    if root.tag == "text":
        return [(0, root, partial(_text, root))]
    items = [item for item in root.iter("Item") if _ARTICLE.search(_identifier(item))]
    if not items:
        return "an issue in DIDL without articles in it"
    issue = next((found for item in root.iterfind("Item") if (found := _description(item)) is not None), None)
    pages = _pages(root)
    texts = _texts(options.beside) if options.beside else {}
    return each_made(items, lambda item: _draft(item, issue, pages.get(_identifier(item), ()), texts, options))


def _identifier(item: Element) -> str:
    return (item.get("identifier") or "").strip()


def _description(item: Element) -> Element | None:
    """The Dublin Core description of an item itself."""
    return dom.first(item, "Component/Resource/dcx", "Descriptor/Statement/dcx", "Component/Resource//dcx")


def _pages(root: Element) -> dict[str, list[tuple[str, Element]]]:
    """Identifier of an article -> the pages that it is on, by number, with the page's part of it."""
    found: dict[str, list[tuple[str, Element]]] = {}
    for page in root.iter("Item"):
        if number := _PAGE.search(_identifier(page)):
            for item in page.iter("Item"):
                if item is not page:
                    name = item.get("article_id") or _identifier(item)
                    found.setdefault(name, []).append((str(int(number[1])), item))
    return found


def _texts(beside: Beside) -> dict[tuple[str, str], str]:
    """(issue, article) -> name of the file with its text."""
    names = (name for folder in _FOLDERS for name in beside.listed(folder))
    return {key: name for name in names if (key := text_file(name))}


def _draft(
    item: Element,
    issue: Element | None,
    parts: Sequence[tuple[str, Element]],
    texts: dict[tuple[str, str], str],
    options: ReadOptions,
) -> Draft:
    draft = Draft(format="didl")
    identifier = _identifier(item)
    claim(draft.ids, identifier, "didl:identifier")
    described = [_description(part) for part in (item, *(part for _, part in parts))]
    own = [description for description in described if description is not None]
    for description in own:
        for element in description.iterfind("title"):
            claim(draft.headline, dom.text_of(element), "didl:title")
    kind = next((text for description in own if (text := dom.text_of(description.find("subject")))), "")
    if kind and kind.lower() not in ("artikel", "article"):
        claim(draft.section, kind, "didl:subject")
    claim(draft.page, ", ".join(dict.fromkeys(number for number, _ in parts)), "didl:page")
    _describe(draft, issue)
    found = _ARTICLE.search(identifier)
    key = (found[1], found[2]) if found else ("", "")
    body = _body(texts.get(key, "") or _named(item), draft, options)
    if not body:
        for resource in item.iterfind("Component/Resource"):
            if (address := resource.get("ref") or "").endswith(":ocr"):
                claim(draft.url, address, "didl:Resource")
        why = "the issue's file holds no text of the article, and the file with it is not beside it"
        draft.problems.append(Remark(field="body", value="", why=why, how="didl:Resource"))
    return draft


def _describe(draft: Draft, issue: Element | None) -> None:
    for into, tags, how in (
        (draft.source, ("title",), "didl:title"),
        (draft.published, ("date",), "didl:date"),
        (draft.edition, ("issuenumber", "temporal"), "didl:issuenumber"),
        (draft.rights, ("rights",), "didl:rights"),
    ):
        for element in dom.each(issue, *tags):
            claim(into, dom.text_of(element), how)
    languages = {text for element in dom.each(issue, "language") if (text := dom.text_of(element))}
    if len(languages) == 1:  # of a paper in several languages nothing says which an article is in
        claim(draft.language, code(languages.pop()), "didl:language")
    for tag in ("publisher", "volume", "spatial", "isPartOf"):
        if values := [text for element in dom.each(issue, tag) if (text := dom.text_of(element))]:
            draft.extra[tag] = values[0] if len(values) == 1 else list(values)


def _named(item: Element) -> str:
    """The name of the file with an article's text, as its item states it, or ""."""
    for resource in item.iterfind("Component/Resource"):
        if text_file(name := resource.get("filename") or ""):
            return name
    return ""


def _body(name: str, draft: Draft, options: ReadOptions) -> bool:
    """Set the body of a draft from the file `name` beside the issue; False when there is none to read."""
    stream = options.beside.open(name) if options.beside and name else None
    if stream is None:
        return False
    with stream:
        try:
            root, _ = dom.parse(read_whole(stream, options), options.encoding)
        except (dom.BadXml, NotText, TooLarge, OSError):
            return False
    _fill(draft, root)
    draft.digest = hashlib.sha256(draft.body.encode("utf-8", "surrogatepass")).hexdigest()
    return True


def _fill(draft: Draft, root: Element) -> None:
    for element in root.iterfind("title"):
        claim(draft.headline, dom.text_of(element), "didl:text/title")
    texts = [text for element in root.iter("p") if (text := dom.text_of(element))]
    set_body(draft, "\n\n".join(rejoined(text) for text in texts))


def _text(root: Element) -> Draft:
    draft = Draft(format="didl")
    _fill(draft, root)
    return draft
