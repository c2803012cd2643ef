"""alto2txt's output: the text of an article and, beside it, `<lwm>` metadata that names its title, paper and date."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from morgue.model import Draft, Rejected
from morgue.readers.digitised.leaders import METADATA
from morgue.readers.digitised.pages import remark_confidence
from morgue.readers.encoding import NotText, clean, decode
from morgue.readers.hyphens import mended
from morgue.readers.options import ReadOptions, TooLarge, read_whole
from morgue.readers.paragraphs import plain_paragraphs
from morgue.readers.story import claim, note_encoding, set_body
from morgue.readers.xml import dom

_UNTITLED = re.compile(r"no title|untitled|\[?no heading\]?", re.IGNORECASE)


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield the article that the metadata `stream`, called `name`, describes, with the text beside it.

    Raises:
        TooLarge: when a file is larger than `options.max_bytes`; the caller makes a `Rejected` of it.
    """
    data = read_whole(stream, options)
    try:
        root, _ = dom.parse(data, options.encoding)
    except (dom.BadXml, NotText) as error:
        yield Rejected(name, 0, str(error))
        return
    publication = root.find("publication") if root.tag == "lwm" else None
    item = dom.first(publication, "issue/item", "item")
    if publication is None or item is None:
        yield Rejected(name, 0, "metadata of alto2txt that describes no item")
        return
    text = _text(item, options)
    if text is None:
        yield Rejected(name, 0, "metadata of alto2txt; the text that it describes is not beside it")
        return
    draft = _draft(publication, item)
    draft.digest = hashlib.sha256(data + text).hexdigest()
    try:
        decoded = decode(text, override=options.encoding)
    except NotText as error:
        yield Rejected(name, 0, f"its text: {error}")
        return
    set_body(draft, plain_paragraphs(mended(clean(decoded.text))))
    note_encoding(draft, decoded.problem)
    yield draft if draft.body or draft.headline else Rejected(name, 0, "holds no headline and no text")


def _text(item: Element, options: ReadOptions) -> bytes | None:
    """The text that the metadata names, or that is called as the metadata are; None when neither is there."""
    if options.beside is None:
        return None
    stated = dom.text_of(item.find("plain_text_file")).rpartition("/")[2]
    own = options.beside.name
    for candidate in (own.removesuffix(METADATA) + ".txt" if own.endswith(METADATA) else "", stated):
        stream = options.beside.open(candidate) if candidate else None
        if stream is not None:
            with stream:
                try:
                    return read_whole(stream, options)
                except TooLarge:
                    raise
                except OSError:
                    return None
    return None


def _draft(publication: Element, item: Element) -> Draft:
    draft = Draft(format="alto2txt")
    issue = publication.find("issue")
    title = dom.text_of(item.find("title"))
    if not _UNTITLED.fullmatch(title):
        claim(draft.headline, title, "alto2txt:item/title")
    claim(draft.source, dom.text_of(publication.find("title")), "alto2txt:publication/title")
    claim(draft.published, dom.text_of(dom.first(issue, "date")), "alto2txt:issue/date")
    kind = dom.text_of(item.find("item_type"))
    if kind.lower() not in ("", "article"):
        claim(draft.section, kind.replace("_", " ").capitalize(), "alto2txt:item_type")
    paper, number, part = publication.get("id", ""), "", item.get("id", "")
    if issue is not None:
        number = issue.get("id", "")
    claim(draft.ids, "/".join(filter(None, (paper, number, part))), "alto2txt:id")
    for parent, tag, key in (
        (publication, "location", "place_of_publication"),
        (publication, "source", "collection"),
        (item, "word_count", "word_count"),
        (item, "ocr_quality_mean", "ocr_quality_mean"),
        (item, "ocr_quality_sd", "ocr_quality_sd"),
    ):
        if value := dom.text_of(parent.find(tag)):
            draft.extra[key] = value
    with contextlib.suppress(ValueError):
        quality = float(str(draft.extra.get("ocr_quality_mean", -1)))
        remark_confidence(draft, quality, "alto2txt:ocr_quality_mean")
    return draft
