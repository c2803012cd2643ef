"""The records of a JSON text that is read as it comes: a value on each line, one after the other, printed over many
lines (`jq .`), in a list, or after RFC 7464's record separators; what is no record is rejected and the next one found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from morgue.model import Draft, Rejected
from morgue.readers.encoding import NotText, decode
from morgue.readers.fields import NoArticle
from morgue.readers.json.items import digest_of, draft_or_reason, items_of
from morgue.readers.json.text import NotJson, parse
from morgue.readers.options import size

if TYPE_CHECKING:
    from morgue.json_types import Json
    from morgue.readers.json.items import Maker

_BOM = b"\xef\xbb\xbf"
_BLANK = b" \t\r\n\x1e"  # and the record separator of RFC 7464
_OPENING, _CLOSING = (b"{", b"["), (b"}", b"]")
_GROWTH = 1.5  # by which an unfinished value has to grow before it is parsed again


class Record(NamedTuple):
    """A value: the line that it begins on (from 1; more where a line holds several), its bytes, and itself."""

    number: int
    data: bytes
    value: Json


def records(lines: Iterable[tuple[int, bytes | None]], name: str, limit: int) -> Iterator[Record | Rejected]:
    """Yield the records of numbered lines (None for one that is too long) in order, each as soon as it is complete.

    Args:
        lines: see options.read_lines. name: of the input, for rejections. limit: most bytes of a record.
    """
    found = _Records(name, limit)
    for number, line in lines:
        yield from found.line(number, line)
    yield from found.end()


class _Records:
    def __init__(self, name: str, limit: int) -> None:
        self._name = name
        self._limit = limit
        self._held = b""  # of a value that goes on
        self._start = 0  # its line
        self._tried = 0  # bytes of it that were parsed in vain
        self._why = ""
        self._last = 0  # number of the last record
        self._listed = False  # within a list whose bracket is on a line of its own

    def line(self, number: int, line: bytes | None) -> Iterator[Record | Rejected]:
        """Take a line; yield what is complete with it."""
        if line is None:
            yield from self.end()
            yield Rejected(self._name, number, f"line is longer than {size(self._limit)}")
            return
        if number == 1 and line.startswith(_BOM):
            line = line[len(_BOM) :]
        text = line.strip(_BLANK)
        if not text:
            return
        if self._held:
            yield from self._further(number, line, text)
        elif text == b"[":
            self._listed = True
        elif self._listed and text in (b"]", b"],"):
            self._listed = False
        else:
            yield from self._first(number, text)

    def end(self) -> Iterator[Record | Rejected]:
        """Yield the value that was held, or why it is none."""
        if self._held:
            data, self._held = self._held, b""
            value = _value(data.strip(_BLANK))
            yield (
                Rejected(self._name, self._start, str(value))
                if isinstance(value, NotJson)
                else self._record(self._start, data.strip(_BLANK), value)
            )

    def _record(self, number: int, data: bytes, value: Json) -> Record:
        self._last = max(number, self._last + 1)
        return Record(self._last, data, value)

    def _first(self, number: int, text: bytes) -> Iterator[Record | Rejected]:
        value = _value(text)
        if not isinstance(value, NotJson):
            yield self._record(number, text, value)
            return
        whole, rest = _leading(text)
        for data in whole:
            inner = _value(data)
            yield (
                Rejected(self._name, number, str(inner))
                if isinstance(inner, NotJson)
                else self._record(number, data, inner)
            )
        if not rest or (whole and rest == b","):
            return
        if rest.startswith(_OPENING) and _goes_on(rest):
            self._held, self._start, self._tried = rest + b"\n", number, 0
        else:
            yield Rejected(self._name, number, str(value))

    def _further(self, number: int, line: bytes, text: bytes) -> Iterator[Record | Rejected]:
        if line.startswith(b"{") and isinstance(value := _value(text.rstrip(b",")), dict):
            yield from self.end()  # cut short: a record begins
            yield self._record(number, text, value)
            return
        self._held += line
        if len(self._held) > self._limit:
            self._held = b""
            yield Rejected(self._name, self._start, f"larger than the limit of {size(self._limit)} for one record")
            return
        if text.rstrip(b",").endswith(_CLOSING) and (
            line.startswith(_CLOSING) or len(self._held) > _GROWTH * self._tried
        ):
            self._tried = len(self._held)
            data = self._held.strip(_BLANK).rstrip(b",")
            whole, rest = _leading(data)
            if whole and not rest:
                self._held = b""
                for part in whole:
                    yield from self._first(self._start, part)


def _value(data: bytes) -> Json | NotJson:
    """Return the value of some bytes, or why they are none."""
    try:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = decode(data).text
        return parse(text)
    except NotText as error:
        return NotJson(str(error))
    except NotJson as error:
        return error


def _leading(data: bytes) -> tuple[list[bytes], bytes]:
    """Return the objects and lists that some bytes begin with, commas between them skipped, and what follows them."""
    text = data.decode("utf-8", "surrogateescape")
    decoder, at, whole = json.JSONDecoder(strict=False), 0, list[bytes]()
    while text[at : at + 1] in ("{", "["):
        try:
            _, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        whole.append(text[at:end].encode("utf-8", "surrogateescape"))
        at = end
        while text[at : at + 1] in (",", " ", "\t", "\r", "\n", "\x1e") and text[at:]:
            at += 1
    return whole, text[at:].encode("utf-8", "surrogateescape")


def _goes_on(data: bytes) -> bool:
    """Whether some bytes are the beginning of a value that later lines may complete."""
    text = data.decode("utf-8", "surrogateescape")
    try:
        json.JSONDecoder(strict=False).raw_decode(text)
    except json.JSONDecodeError as error:
        return error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
    except RecursionError:
        return False
    return False


def drafts(found: Iterable[Record | Rejected], name: str, make: Maker) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` for each record, or for each item of one that is a list or holds one.

    Args:
        found: the records. name: of the input. make: a draft of a value, its number and its sha256.
    """
    shift = 0  # of the numbers behind a record with several articles
    for record in found:
        if isinstance(record, Rejected):
            yield record
            continue
        number = record.number + shift
        try:
            yield make(record.value, number, hashlib.sha256(record.data).hexdigest())
        except NotJson as error:
            yield Rejected(name, number, str(error))
        except NoArticle as error:
            items = items_of(record.value)
            if not items or not any(isinstance(item, dict) for item in items):
                yield Rejected(name, number, str(error))
                continue
            for place, item in enumerate(items):
                yield draft_or_reason(item, name, number + place, digest_of(item), make)
            shift += len(items) - 1
