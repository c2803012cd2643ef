"""Ids, lengths and sentences of a segment's documents.

In the file:

- `id.text` the ids in UTF-8, in order of document, `id.at` (`I`) where each begins, and the end; `id.hash` (`I`)
  the crc32 of each id, ascending, `id.doc` (`H`) the document of each hash;
- `zone.headline`, `zone.lead`, `zone.rest` and `length.x` (`B`, `H` or `I`) words per document;
- `sentence.at` (`I`) where each document's sentences begin, and the end; `sentence.words` (`B`, `H` or `I`) words of
  each; `sentence.step` (`H` or `I`) twice its distance in characters from the start of the sentence before (from the
  body's start for the first), plus one when a paragraph begins with it.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate, pairwise
from operator import add

from morgue.engine.files.container import Container
from morgue.index.document import body_start
from morgue.index.values import Structure

ID_TEXT, ID_AT, ID_HASH, ID_DOC = "id.text", "id.at", "id.hash", "id.doc"
ZONE_HEADLINE, ZONE_LEAD, ZONE_REST = "zone.headline", "zone.lead", "zone.rest"
LENGTH = "length.{}"  # by field
SENTENCE_AT, SENTENCE_WORDS, SENTENCE_STEP = "sentence.at", "sentence.words", "sentence.step"


def id_bytes(id: str) -> bytes:
    """Return an id as the file holds it; also one that is not valid Unicode (a file name)."""
    return id.encode("utf-8", "surrogatepass")


class Ids:
    """Ids by document, documents by id. Damage is raised as one of `container.DAMAGE`.

    Attributes:
        hashes: the crc32 of every id, ascending (`I` view). docs: the document of each hash (`H` view).
    """

    def __init__(self, container: Container, count: int) -> None:
        """Find the sections of `count` documents."""
        section = container.section
        self._text = section(ID_TEXT)
        self._at = section(ID_AT, count + 1)
        self.hashes = section(ID_HASH, count)
        self.docs = section(ID_DOC, count)

    def find(self, id: str) -> Iterator[int]:
        """Yield the documents with an id, deleted ones included. O(log n)."""
        text, at, hashes = self._text, self._at, self.hashes
        name = id_bytes(id)
        wanted = zlib.crc32(name)
        for place in range(bisect_left(hashes, wanted), len(hashes)):
            if hashes[place] != wanted:
                break
            doc = self.docs[place]
            if text[at[doc] : at[doc + 1]] == name:
                yield doc

    def id(self, doc: int) -> str:
        """Return a document's id."""
        return str(self._text[self._at[doc] : self._at[doc + 1]], "utf-8", "surrogatepass")

    def all(self) -> list[str]:
        """Return the ids of all documents, in order."""
        text = self._text.tobytes()
        return [text[a:b].decode("utf-8", "surrogatepass") for a, b in pairwise(self._at.tolist())]


class Sentences:
    """The sentences of all bodies. Damage is raised as one of `container.DAMAGE`.

    Attributes:
        at, words, steps: the sections.
    """

    def __init__(self, container: Container, count: int) -> None:
        """Find the sections of `count` documents."""
        self.at = container.section(SENTENCE_AT, count + 1)
        self.words = container.section(SENTENCE_WORDS)
        self.steps = container.section(SENTENCE_STEP, len(self.words))

    def structure(self, doc: int, headline_words: int) -> Structure:
        """Return the sentences of the body of document `doc`, whose headline has `headline_words`."""
        start, end = self.at[doc], self.at[doc + 1]
        steps = self.steps[start:end].tolist()
        opens = [step & 1 == 1 for step in steps]
        # A sentence begins where the one before ends; a paragraph break takes a number.
        gaps = map(add, self.words[start:end], opens[1:])
        positions = list(accumulate(gaps, initial=body_start(headline_words))) if steps else []
        return Structure(positions, list(accumulate([step >> 1 for step in steps])), opens)


def zone_lengths(container: Container, count: int) -> tuple[memoryview, memoryview, memoryview]:
    """Return the numbers of words in headline, lead and rest of each of `count` documents of a `container`."""
    section = container.section
    return section(ZONE_HEADLINE, count), section(ZONE_LEAD, count), section(ZONE_REST, count)


def field_lengths(container: Container, field: str, count: int) -> memoryview | None:
    """Return the words per document in a small text field; None when the segment has none.

    Args:
        container: the segment's file. field: one of SMALL_FIELDS. count: of documents.
    """
    name = LENGTH.format(field)
    return container.section(name, count) if name in container.sections else None
