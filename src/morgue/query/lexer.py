"""Text of a query to tokens, one at a time: what follows a field's colon is read by the field's own rules."""

from __future__ import annotations

import re
from typing import Literal

from morgue.query import fields
from morgue.query.problems import Place, Reporter

Kind = Literal["word", "phrase", "regex", "op", "near", "sign", "open", "close", "field", "function", "boost", "first",
               "slop", "saved", "value", "end"]  # fmt: skip

# Typographic and full-width forms of what has a meaning here; one character for one, so that offsets stay valid.
_SYNTAX: dict[int, str | int] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "“”„‟«»〝〞「」"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛"), "'"),
    0x3000: " ",
}
_GERSHAYIM = re.compile('(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea])')
_SPACE = re.compile(r"\s*")
_RAW = re.compile(r'(?:\\.|\^(?![\d.])|[^\s()"\\^])+', re.DOTALL)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL)
_REGEX = re.compile(r"/((?:[^\s/\\]|\\\S)+)/(?=[\s()^]|$|/[Ff]\d)")
_FIRST = re.compile(r"/[Ff](\d+)/")
_BOOST = re.compile(r"\^([\d.]+(?:e[+-]?\d+)?)")
_SLOP = re.compile(r"~(\d*(?:\.\d+)?)")
_NEAR = re.compile(r"(w|near|within|pre|onear|adj)/(\d+|s|p|sent|para|sentence|paragraph)", re.IGNORECASE)
_SHORT_NEAR = re.compile(r"/(\d+|s|p)(?=\s)", re.IGNORECASE)
_NOT_NEAR = re.compile(r"not\s+(?=(?:w|near|within|pre|onear|adj)/(?:\d+|[sp])(?:[\s(\"]|$))", re.IGNORECASE)
_FIELD = re.compile(r"([^\W\d][\w.-]*):")
_FUNCTION = re.compile(r"(atleast)(\d+)|(allcaps|filter|prefer|nothing)", re.IGNORECASE)
_SCHEMES = frozenset(("http", "https", "ftp", "ftps", "mailto", "urn", "tag", "news", "file", "doi", "isbn"))
# Fields that may be written as segments are in Lexis: `hlead(harvest)`.
_SEGMENTS = frozenset(("headline", "hlead", "lead", "body", "byline", "dateline"))
_ORDERED = frozenset(("pre", "onear", "adj"))
UNITS = {"s": "sentence", "p": "paragraph"}


class Token:
    """A piece of the query.

    Attributes:
        kind: its kind. text: as typed, or its replacement. start, end: character offsets.
        spaced: white space precedes it. value: an operator's parts.
    """

    __slots__ = ("end", "kind", "spaced", "start", "text", "value")

    def __init__(self, kind: Kind, text: str, start: int, end: int, spaced: bool, value: tuple[str, ...] = ()) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end
        self.spaced = spaced
        self.value = value


def normal(text: str) -> str:
    """Return the text with typographic and full-width syntax characters as ASCII, of the same length.

    The quotation mark inside a Hebrew abbreviation (צה"ל) becomes the gershayim that it is typed for.
    """
    return text if text.isascii() else _GERSHAYIM.sub("״", text.translate(_SYNTAX))


class Lexer:
    """Reads tokens of the native language from a place in the text."""

    __slots__ = ("_next", "pos", "report", "text")

    def __init__(self, report: Reporter) -> None:
        self.text = normal(report.text)
        self.report = report
        self.pos = 0
        self._next: Token | None = None

    def peek(self) -> Token:
        """Return the next token without consuming it."""
        if self._next is None:
            self._next = self._read()
        return self._next

    def take(self) -> Token:
        """Consume the next token and return it."""
        token = self.peek()
        self._next = None
        self.pos = token.end
        return token

    def at(self, start: int, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match a pattern at offset `start` of the text."""
        return pattern.match(self.text, start)

    def jump(self, pos: int) -> None:
        """Continue at offset `pos`."""
        self._next = None
        self.pos = pos

    def _read(self) -> Token:
        space = _SPACE.match(self.text, self.pos)
        start = space.end() if space else self.pos
        spaced = start > self.pos or start == 0
        if start >= len(self.text):
            return Token("end", "", start, start, spaced)
        char = self.text[start]
        if char in "()":
            return Token("open" if char == "(" else "close", char, start, start + 1, spaced)
        if char == '"' or self.text.startswith('="', start):
            return self._phrase(start, spaced)
        special = self._marked(char, start, spaced)
        return special or self._word(start, spaced)

    def _phrase(self, start: int, spaced: bool) -> Token:
        """A quoted phrase; value is ("exact",) after an equals sign."""
        opening = start + (self.text[start] == "=")
        exact = ("exact",) if opening > start else ()
        match = _QUOTED.match(self.text, opening)
        if match is not None:
            return Token("phrase", match[1], start, match.end(), spaced, exact)
        self.report.fail(
            "the quotation mark is not closed",
            Place(opening, opening + 1),
            hint="close it, or leave it out",
            suggestions=[self.report.text.rstrip() + '"'] if self.text[opening + 1 :].strip() else [],
        )
        return Token("phrase", self.text[opening + 1 :], start, len(self.text), spaced, exact)

    def _marked(self, char: str, start: int, spaced: bool) -> Token | None:
        """A token recognized by its first character, or None."""
        text = self.text
        if char == "'":
            return self._single(start, spaced)
        if char in "+-" and start + 1 < len(text) and not text[start + 1].isspace() and text[start + 1] not in "+-)":
            return Token("sign", char, start, start + 1, spaced)
        if char == "/":
            return self._slash(start, spaced)
        if char == "^" and (match := _BOOST.match(text, start)):
            return Token("boost", match[1], start, match.end(), spaced)
        if not spaced and char == "~" and (match := _SLOP.match(text, start)):
            return Token("slop", match[1], start, match.end(), spaced)
        if char == "@" and (match := _RAW.match(text, start + 1)):
            return Token("saved", match[0], start, match.end(), spaced)
        return None

    def _single(self, start: int, spaced: bool) -> Token | None:
        """Single quotes around words: a phrase. An apostrophe that opens a word ('tis) is none."""
        match = re.compile(r"'(?!\w)").search(self.text, start + 1, start + 400)
        inner = self.text[start + 1 : match.start()] if match else ""
        if match is None or not inner.strip() or inner[0].isspace() or '"' in inner or ":" in inner:
            return None
        self.report.note(
            "single-quotes",
            "single quotes are read as a phrase",
            Place(start, match.end()),
            f'write "{inner}" to say so',
        )
        return Token("phrase", inner, start, match.end(), spaced)

    def _slash(self, start: int, spaced: bool) -> Token | None:
        text = self.text
        if match := _FIRST.match(text, start):
            return Token("first", match[1], start, match.end(), spaced)
        if match := _SHORT_NEAR.match(text, start):
            return self._near("w", match[1], start, match.end(), spaced)
        if match := _REGEX.match(text, start):
            return Token("regex", match[1], start, match.end(), spaced)
        raw = _RAW.match(text, start)
        if raw is not None and raw[0].count("/") == 1 and len(raw[0]) > 1:
            self.report.fail(
                "the regular expression is not closed",
                Place(start, raw.end()),
                hint="end it with / (it holds no spaces and fits one whole word)",
                suggestions=[self.report.swap(raw.end(), raw.end(), "/")],
            )
        return None

    def _near(self, name: str, size: str, start: int, end: int, spaced: bool, negated: str = "") -> Token:
        order = "ordered" if name.lower() in _ORDERED else ""
        return Token("near", self.text[start:end], start, end, spaced, (size.lower(), order, negated))

    def _word(self, start: int, spaced: bool) -> Token:
        match = _RAW.match(self.text, start)
        if match is None:  # a backslash at the very end
            self.report.fail("the backslash at the end escapes nothing", Place(start, start + 1), hint="leave it out")
            return Token("word", "", start, start + 1, spaced)
        raw, end = match[0], match.end()
        if (suffix := re.search(r"/[Ff]\d+/$", raw)) and suffix.start() > 0:
            raw, end = raw[: suffix.start()], start + suffix.start()
        if "\\" in raw:
            return Token("word", re.sub(r"\\(.)", r"\1", raw, flags=re.DOTALL), start, end, spaced, ("literal",))
        return self._operator(raw, start, end, spaced) or self._named(raw, start, end, spaced)

    def _operator(self, raw: str, start: int, end: int, spaced: bool) -> Token | None:
        if raw in ("AND", "OR", "NOT", "not"):
            if found := _NOT_NEAR.match(self.text, start):
                near = _NEAR.match(self.text, found.end())
                if near is not None:
                    return self._near(near[1], near[2], start, near.end(), spaced, "negated")
            return Token("op", raw, start, end, spaced) if raw != "not" else None
        if match := _NEAR.fullmatch(raw):
            return self._near(match[1], match[2], start, end, spaced)
        following = self.text[end : end + 1]
        if following == "(" and (match := _FUNCTION.fullmatch(raw)):
            value = (match[2],) if match[1] else ()
            return Token("function", (match[1] or match[3]).lower(), start, end + 1, spaced, value)
        if following == "(" and raw.lower() in _SEGMENTS:
            return Token("field", raw.lower(), start, end, spaced, (fields.BY_ALIAS[raw.lower()].name,))
        return None

    def _named(self, raw: str, start: int, end: int, spaced: bool) -> Token:
        """A word, or the field before its colon."""
        match = _FIELD.match(raw)
        if match is None:
            return Token("word", raw, start, end, spaced)
        name, colon = match[1].lower(), start + match.end()
        if name in fields.BY_ALIAS:
            return Token("field", match[1], start, colon, spaced, (fields.BY_ALIAS[name].name,))
        rest = self.text[colon:end]
        near_miss = fields.closest(name)
        if name in _SCHEMES or rest.startswith("//"):
            return Token("word", raw, start, end, spaced, ("literal",))  # a ? in a URL is not a wildcard
        if not near_miss and not rest and not self._follows(colon):
            return Token("word", raw, start, end, spaced)
        self._unknown_field(match[1], start, colon, end, near_miss)
        return Token("word", raw, start, end, spaced)

    def _follows(self, colon: int) -> bool:
        return self.text[colon : colon + 1] in ('"', "(")

    def _unknown_field(self, name: str, start: int, colon: int, end: int, near_miss: list[str]) -> None:
        swap = self.report.swap
        offers = [swap(start, colon - 1, other) for other in near_miss]
        if name.lower() == "url":
            offers = [swap(start, colon - 1, "id")]
        if end > colon:
            offers.append(swap(start, end, f'"{self.report.text[start:end]}"'))
        hint = f"the field may be {' or '.join(near_miss)}" if near_miss else "fields are headline, byline, date …"
        self.report.fail(
            f"unknown field '{name}'" if name.lower() != "url" else "the field 'url' is stored but not searched",
            Place(start, colon),
            hint=hint + "; for the text itself use quotation marks",
            suggestions=offers,
        )
