"""Bytes to text: one rule for every format.

Byte order mark, then bytes that are valid UTF-8 (even where the file declares something else: agencies' files lie),
then the encoding that the file declares, then a guess (`guessing.py`), which is always a problem to report.
`--encoding` overrides all of it. UTF-16 and UTF-32 without a mark are recognised by the positions of zero bytes; other
zero bytes mean that it is not text.
"""

from __future__ import annotations

import codecs
import io
import re
from typing import Any, BinaryIO, NamedTuple, cast

from morgue.readers.formats import UNREADABLE
from morgue.readers.streams import peek

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Control characters that no text holds; tab, line ends, form feed and the ones that ANPA 1312 and IPTC 7901 use
# (SOH STX ETX SYN DC1-DC4 US RS, ESC of terminal logs) are not among them.
_BINARY = bytes([0, 4, 5, 6, 7, 0x0E, 0x0F, 0x10, 0x15, 0x18, 0x19, 0x7F])
_UNREADABLE = tuple(signature for signature, _ in UNREADABLE)
_NOISE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SHIFTED = b"\x1b$"  # opens characters of two bytes in ISO-2022-JP and -KR, which otherwise look like ASCII
_WIDE_SAMPLE = 4096  # bytes in which zeros are counted
_ENOUGH = 1 << 12  # bytes of lines that are not UTF-8 after which the guess stays
_SAMPLE = 1 << 16  # bytes that are checked for being text, and of a read
# Labels that are used for Windows-1252 although they name a subset of it (the WHATWG Encoding Standard, section 4.2).
_AS_CP1252 = frozenset({"ascii", "iso8859-1", "latin-1", "latin1", "us-ascii", "iso-8859-1", "windows-1252", "ansi"})


class NotText(ValueError):
    """Bytes that no rule turns into text; its text is a reason for a `Rejected`."""


class Decoded(NamedTuple):
    """Text of some bytes.

    Attributes:
        text: without byte order mark. encoding: Python's name of the encoding that was used.
        how: `mark`, `utf-8`, `declared`, `option`, `zeros` or `guess`.
        problem: a sentence when the encoding is a guess or characters were replaced, else "".
    """

    text: str
    encoding: str
    how: str
    problem: str = ""


def decode(data: bytes, *, declared: str | None = None, override: str | None = None) -> Decoded:
    """Turn bytes into text by the rule above.

    Args:
        data: all bytes of a record or file.
        declared: what the file says of itself (XML declaration, MIME header), or None.
        override: the user's `--encoding`, or None.

    Raises:
        NotText: for binary data, or an encoding that Python does not know.
    """
    if override:
        return _overridden(data, override)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _replaced(data[len(mark) :], name, "mark")
    if found := wide(data):
        return _replaced(data, found, "zeros")
    if reason := binary(data):
        raise NotText(reason)
    if _SHIFTED in data and (name := guess(data)).startswith("iso2022"):
        return _guessed(data, name)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", "utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, declared, error)


def _overridden(data: bytes, name: str) -> Decoded:
    if not known(name):
        raise NotText(f"unknown encoding {name!r}")
    found = _replaced(data, name, "option")
    return found._replace(text=found.text.removeprefix("\ufeff"))


def _not_utf8(data: bytes, declared: str | None, error: UnicodeDecodeError) -> Decoded:
    cut = error.start >= len(data) - 3 and error.end == len(data)
    if cut and data[: error.start].strip() and not data[: error.start].isascii():
        return _replaced(data, "utf-8", "utf-8")  # the file was cut in the middle of its last character
    name = (declared or "").strip().lower()
    says_utf8 = name.replace("_", "-") in ("utf-8", "utf8")
    if name and not says_utf8 and name not in _AS_CP1252 and known(name):
        return _replaced(data, name, "declared")
    if says_utf8 and _mostly_utf8(data):
        return _replaced(data, "utf-8", "declared")
    if not name and _mostly_utf8(data):
        return _replaced(data, "utf-8", "utf-8")
    if name in _AS_CP1252:
        return _replaced(data, "cp1252", "declared")
    return _guessed(data, guess(data))


def guess(data: bytes) -> str:
    """Return the likeliest encoding of bytes that are not UTF-8."""
    from morgue.readers.guessing import guess as by_words  # chardet takes a tenth of a second to load

    return by_words(data)


def _guessed(data: bytes, name: str) -> Decoded:
    found = _replaced(data, name, "guess")
    problem = f"the encoding {name} is a guess; if the text is wrong, name the right one with --encoding"
    return found._replace(problem=f"{problem}; {found.problem}" if found.problem else problem)


def _mostly_utf8(data: bytes) -> bool:
    """True when a few damaged bytes are among many well-formed UTF-8 sequences."""
    text = data[:_SAMPLE].decode("utf-8", "replace")
    bad = text.count("�")
    good = sum(1 for char in text if char > "\x7f") - bad
    return good > 8 * bad


def _replaced(data: bytes, name: str, how: str) -> Decoded:
    try:
        return Decoded(data.decode(name), name, how)
    except (UnicodeDecodeError, LookupError):
        text = data.decode(name, "replace")
    lost = text.count("�")
    return Decoded(text, name, how, f"{lost} character{'s' if lost != 1 else ''} could not be read as {name}")


def known(name: str) -> bool:
    """True for a character encoding that Python can decode (codecs such as `zip` or `hex` do not count)."""
    try:
        return codecs.lookup(name)._is_text_encoding and codecs.lookup(name).name not in (
            "idna",
            "punycode",
            "undefined",
        )
    except (LookupError, ValueError):
        return False


def wide(data: bytes) -> str | None:
    """The encoding of UTF-16 or UTF-32 text without a byte order mark, by its zero bytes; None for other data."""
    name = _wide(data)
    text = data[: _WIDE_SAMPLE // 4 * 4].decode(name, "replace") if name else ""
    return name if text.count("\0") + text.count("\ufffd") <= len(text) // 50 + 1 else None


def _wide(data: bytes) -> str | None:
    sample = data[:_WIDE_SAMPLE]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    half = max(len(sample) // 2, 1)
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    quarter = max(len(sample) // 4, 1)
    if len(sample) >= 8 and sample[0::4].count(0) + sample[1::4].count(0) > 1.9 * quarter:
        return "utf-32-be"
    if len(sample) >= 8 and sample[2::4].count(0) + sample[3::4].count(0) > 1.9 * quarter:
        return "utf-32-le"
    if odd > 0.3 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.3 * half and odd < 0.05 * half:
        return "utf-16-be"
    if data.startswith(_UNREADABLE):
        return None
    from morgue.readers.guessing import guess_wide

    return guess_wide(data)


def binary(data: bytes) -> str | None:
    """Why these bytes are not text in an 8-bit encoding, as a reason for a `Rejected`; None when they may be text."""
    if data.startswith(_UNREADABLE):
        return f"is {next(title for signature, title in UNREADABLE if data.startswith(signature))}, not text"
    zero = data.find(b"\0")
    if zero >= 0:
        return f"holds a zero byte at offset {zero}: binary data, not text"
    sample = data[:_SAMPLE]
    bad = len(sample) - len(sample.translate(None, _BINARY))
    if bad > 0.02 * len(sample) + 1:
        return f"holds {bad} control bytes in its first {len(sample)}: binary data, not text"
    return None


def clean(text: str) -> str:
    """Text without the control characters that only steer a line or printer (C0 but tab and line ends, DEL)."""
    return _NOISE.sub("", text)


def recoded(stream: BinaryIO, override: str | None) -> BinaryIO:
    """A stream of lines in UTF-8 (or still to be decoded line by line) from one that may be UTF-16 or in `override`.

    Raises:
        NotText: when Python does not know the encoding `override`.
    """
    if override and not known(override):
        raise NotText(f"unknown encoding {override!r}")
    head, stream = peek(stream)
    name = override or next((of for mark, of in _MARKS[1:] if head.startswith(mark)), None) or wide(head)
    if name is None or codecs.lookup(name).name in ("utf-8", "utf-8-sig"):
        return stream
    return cast(BinaryIO, io.BufferedReader(_Recoded(stream, name), _SAMPLE))


class LineDecoder:
    """Decodes the lines of one file, each by the rule: what is not UTF-8 by one guess for the file.

    Attributes:
        problem: of the line decoded last; "" for none.
    """

    def __init__(self) -> None:
        self.problem = ""
        self._odd = b""  # lines that were not UTF-8: the guess is made again until they are enough

    def decode(self, line: bytes) -> str:
        """Return the text of a line; raises `NotText` as the function `decode` does."""
        if _SHIFTED not in line:
            try:
                text = line.decode("utf-8")
            except UnicodeDecodeError:
                pass
            else:
                self.problem = ""
                return text
        found = decode(line)
        if found.how == "guess":
            if len(self._odd) < _ENOUGH:
                self._odd += line[:_SAMPLE] + b"\n"
                self._name = guess(self._odd)
            found = _guessed(line, self._name)
        self.problem = found.problem
        return found.text


class _Recoded(io.RawIOBase):
    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(name)("replace")
        self._ready = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and not self._ended:
            chunk = self._stream.read(_SAMPLE)
            self._ended = not chunk
            self._ready = self._decoder.decode(chunk, not chunk).encode("utf-8", "replace")
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count
