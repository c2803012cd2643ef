"""Factiva's XML, as its services answer (PPS) and as it is delivered: `article` elements, text in paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from morgue.languages import code_of
from morgue.model import Draft, Rejected
from morgue.readers.options import ReadOptions
from morgue.readers.story import claim, set_body
from morgue.readers.xml import dom
from morgue.readers.xml.stories import Story, claim_each, each_made, read_as

# List of a draft, paths below an article, in which letters' case does not count.
_PATHS = (
    ("headline", ("headline",)),
    ("byline", ("byline",)),
    ("source", ("sourcename", "source/name")),
    ("section", ("sectionname", "section")),
    ("page", ("pages", "page")),
    ("edition", ("edition",)),
    ("rights", ("copyright",)),
    ("ids", ("accessionno", "accessionnumber")),
    ("dateline", ("dateline",)),
    ("note", ("corrections", "correction")),
)
_DATES = ("publicationdate", "pubdate")
_TEXTS = ("leadparagraph", "tailparagraphs", "body")
_TERMS = ("subject", "company", "industry", "newssubject")
_KEPT = ("publishername", "sourcecode", "wordcount", "credit", "region", "reference", "art", "contact")


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a draft for each article of `stream`, called `name`, read as `options` say."""

    def stories(root: Element) -> list[Story] | str:
        for element in root.iter():
            element.tag = element.tag.lower() if isinstance(element.tag, str) else "-comment"
        articles = [
            element for element in root.iter("article") if dom.first(element, "headline", "leadparagraph") is not None
        ]
        return each_made(articles, _draft) or "an answer of Factiva without an article"

    yield from read_as(stream, name, options, stories)


def _draft(article: Element) -> Draft:
    made = Draft(format="factivaxml")
    for field, paths in _PATHS:
        claim_each(getattr(made, field), dom.each(article, *paths), f"factiva:{paths[0]}")
    for path in _DATES:
        for element in dom.each(article, path):
            day, time = (dom.text_of(dom.first(element, name)) for name in ("date", "time"))
            claim(
                made.published,
                dom.text_of(dom.first(element, "datetime")) or f"{day} {time}".strip(),
                f"factiva:{path}",
            )
            claim(made.published, (element.text or "").strip(), f"factiva:{path}")
    spoken = dom.text_of(dom.first(article, "baselanguage", "language"))
    claim(made.language, code_of(spoken) or spoken.lower(), "factiva:baselanguage")
    for path in _TERMS:
        for element in dom.each(article, path):
            claim(made.keywords, dom.text_of(dom.first(element, "name")) or element.get("name", ""), f"factiva:{path}")
    made.extra = {path: text for path in _KEPT if (text := dom.text_of(dom.first(article, path)))}
    set_body(made, "\n\n".join(_paragraphs(article)))
    return made


def _paragraphs(article: Element) -> Iterator[str]:
    for path in _TEXTS:
        for part in dom.each(article, path):
            paragraphs = [text for element in part.iter("paragraph") if (text := dom.text_of(element))]
            yield from paragraphs or filter(None, [dom.paragraphs(part)[0]])
