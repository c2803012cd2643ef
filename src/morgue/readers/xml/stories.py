"""XML files that are read in one piece: the elements of a document that hold articles, a draft for each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, TypeAlias
from xml.etree.ElementTree import Element

from morgue.model import Claim, Draft, Rejected
from morgue.readers.encoding import NotText
from morgue.readers.fields import NoArticle
from morgue.readers.options import ReadOptions, TooLarge, read_whole
from morgue.readers.story import claim, note_encoding
from morgue.readers.xml import dom

# Record number (0: the only one of its file), element, and what makes the draft.
Story: TypeAlias = tuple[int, Element, Callable[[], Draft]]


def read_as(
    stream: BinaryIO, name: str, options: ReadOptions, find: Callable[[Element], list[Story] | str]
) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per article of `stream`, called `name`, read as `options` say.

    `find` returns the stories of a document, given its root, or a sentence on why there are none.
    """
    try:
        data = read_whole(stream, options)
        root, problem = dom.parse(data, options.encoding)
    except (dom.BadXml, NotText, TooLarge) as error:
        yield Rejected(name, 0, str(error))
        return
    found = find(root)
    if isinstance(found, str):
        yield Rejected(name, 0, found)
        return
    for number, element, make in found:
        digest = dom.digest_of(element) if number else hashlib.sha256(data).hexdigest()
        try:
            draft = make()
        except NoArticle as error:
            yield Rejected(name, number, str(error))
            continue
        # A draft that holds text of other files too has a digest of that.
        draft.record = number
        draft.digest = hashlib.sha256(f"{digest}{draft.digest}".encode()).hexdigest() if draft.digest else digest
        note_encoding(draft, problem)
        yield draft if draft.body or draft.headline else Rejected(name, number, "holds no headline and no text")


def each_made(elements: list[Element], make: Callable[[Element], Draft]) -> list[Story]:
    """Return the stories of `elements`, numbered from 1, the drafts by `make`."""
    return [
        (number if len(elements) > 1 else 0, element, lambda element=element: make(element))  # type: ignore[misc]
        for number, element in enumerate(elements, 1)
    ]


def claim_each(into: list[Claim], elements: Iterable[Element], how: str, attribute: str = "") -> None:
    """Add the texts of `elements`, or the values of an `attribute` of theirs, found at `how`, to `into`."""
    for element in elements:
        claim(into, element.get(attribute) if attribute else dom.text_of(element), how)
