"""The schema that an archive has for Whoosh's programs, and how a stored article becomes Whoosh's stored fields.

    text headline lead body title       words, stemmed (`title` is the headline)
    byline contributor location source slug keywords note       words as they are
    id city region country language status format path          whole values, compared without case but for id and path
    words mtime                         numbers; mtime is `date` in seconds since 1970, as Whoosh's command sorts by it
    date date_from date_to updated ingested      datetimes without a zone: UTC, or the paper's own wall clock
    spelling                            the words of `text` as printed, in lower case, for suggestions
    record                              the whole record (docs/output.md), stored only

`date` is the first second of the publication date, `date_from` and `date_to` the first and the last second it covers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, cast

from whoosh import fields, formats
from whoosh.analysis.acore import Token
from whoosh.analysis.tokenizers import Tokenizer

from morgue import analysis
from morgue.engine.files.columns import folded
from morgue.index.document import LEAD_PARAGRAPHS, SMALL_FIELDS
from morgue.whoosh.layout import Number

# Whoosh's field -> the engine's searchable field (bm25f.ZONES), of those whose words are stemmed.
STEMMED = {"text": "text", "headline": "headline", "title": "headline", "lead": "lead", "body": "body"}
SPELLING = "spelling"
# Whoosh's field -> value column, and those that are words besides.
VALUES = {
    "city": "location",
    **{name: name for name in ("region", "country", "language", "status", "format", "path")},
}
_SORTED_WORDS = ("byline", "contributor", "location", "source", "keywords")
VALUE_COLUMNS = {**VALUES, **{name: name for name in _SORTED_WORDS}}
# Whoosh's field of a moment -> number column, of seconds since 1970.
DATES = {
    "date": "published_from",
    "date_from": "published_from",
    "date_to": "published_to",
    "updated": "updated_from",
    "ingested": "ingested_from",
}
_FIRST_SECOND = -62_135_596_800  # of the year 1, from which Whoosh counts microseconds
NUMBERS = {
    "words": Number("words", 32, offset=1 << 31),
    "mtime": Number("published_from", 64, offset=1 << 63),
    **{
        name: Number(column, 64, offset=(1 << 63) - _FIRST_SECOND * 1_000_000, scale=1_000_000, lowered=1 << 63)
        for name, column in DATES.items()
    },
}

UNION = "\x1e"
"""In the bytes of a term: between the English key and the folded word, whose keys in other languages count as well."""
_EXACT = "path"  # a column in which case counts
JOINER = "; "  # of the names, keywords and places of a stored field
_EPOCH = datetime(1970, 1, 1)


class Word(str):
    """The key of a word, with the folded word that it is of."""

    folded: str

    @classmethod
    def of(cls, key: str, folded: str) -> Word:
        """Return `key` as the key of `folded`."""
        word = cls(key)
        word.folded = folded
        return word


class Spelled(str):
    """A word as printed, in lower case: in a field of stems, Whoosh looks up its key."""


class Words(Tokenizer):
    """`morgue.analysis` as a Whoosh analyzer. Text that is not to be tokenized (a pattern) becomes one token."""

    def __init__(self, stem: bool, languages: Iterable[str] = ()) -> None:
        """Set whether words are stemmed, and the `languages` besides English in which a query's words are stemmed."""
        self.stem = stem
        self.is_morph = stem
        self.languages = tuple(sorted(set(languages) - {"en", ""})) if stem else ()

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        keeporiginal: bool = False,
        removestops: bool = True,
        start_pos: int = 0,
        start_char: int = 0,
        tokenize: bool = True,
        mode: str = "",
        no_morph: bool = False,
        nomorph: bool = False,
        **kwargs: Any,
    ) -> Iterator[Token]:
        token = Token(positions, chars, removestops=removestops, mode=mode, **kwargs)
        spelled = no_morph or nomorph
        found = analysis.words(value)
        pattern = not tokenize and [word for word, _, _ in found] != [value]
        if not tokenize:
            found = [(value, 0, len(value))]
        for number, (surface, start, end) in enumerate(found, start_pos):
            token.text = self._pattern(surface, spelled) if pattern else self._key(surface, spelled)
            if self.languages and tokenize and not spelled and mode == "query":
                token.text = Word.of(token.text, analysis.fold(surface))
            token.stopped = False
            token.boost = 1.0
            if keeporiginal:
                token.original = surface  # type: ignore[attr-defined]
            if positions:
                token.pos = number
            if chars:
                token.startchar, token.endchar = start_char + start, start_char + end
            yield token

    def _key(self, word: str, spelled: bool) -> str:
        return analysis.fold(word) if spelled and self.stem else analysis.key(word, stem=self.stem)

    def _pattern(self, pattern: str, spelled: bool) -> str:
        """Return a wildcard or a regular expression as words are indexed: its end is stemmed (`t?ading` -> `t?ade`)."""
        bare = pattern.rstrip(".")  # which fold drops
        text = analysis.fold(bare) + pattern[len(bare) :]
        return analysis.key(text) if self.stem and not spelled and "." not in text else text


class WordField(fields.TEXT):
    """A field of words with positions."""

    analyzer: Words  # type: ignore[assignment]  # never None

    def __init__(self, stem: bool, languages: Iterable[str] = (), *, sortable: bool = False) -> None:
        """Set whether words are stemmed, in which `languages` besides English, and whether there is a column."""
        super().__init__(analyzer=Words(stem, languages), stored=True, sortable=sortable)

    def to_bytes(self, value: Any) -> bytes:
        if isinstance(value, (list, tuple)):
            value = value[0]
        if isinstance(value, Spelled):
            value = next((token.text for token in self.analyzer(str(value), mode="query")), value)
        if isinstance(value, Word):
            value = f"{value}{UNION}{value.folded}"
        return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")

    def from_bytes(self, bs: Any) -> str:
        return str(bytes(bs), "utf-8", "surrogatepass").partition(UNION)[0]


class _Whole(Tokenizer):
    """One token of the whole value, folded as the value column folds."""

    def __init__(self, column: str) -> None:
        self.column = column

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        keeporiginal: bool = False,
        removestops: bool = True,
        start_pos: int = 0,
        start_char: int = 0,
        tokenize: bool = True,  # noqa: ARG002 - there is nothing to divide
        mode: str = "",
        **kwargs: Any,
    ) -> Iterator[Token]:
        token = Token(positions, chars, removestops=removestops, mode=mode, **kwargs)
        token.text = folded(self.column, value)
        token.boost = 1.0
        if keeporiginal:
            token.original = value  # type: ignore[attr-defined]
        if positions:
            token.pos = start_pos
        if chars:
            token.startchar, token.endchar = start_char, start_char + len(value)
        yield token


class ValueField(fields.ID):
    """A field of whole values."""

    def __init__(self, column: str, *, unique: bool = False) -> None:
        """Set the value column that holds it, and whether it is `unique`."""
        super().__init__(stored=True, unique=unique, sortable=True, analyzer=_Whole(column))

    def to_bytes(self, value: Any) -> bytes:
        if isinstance(value, (list, tuple)):
            value = value[0]
        return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")

    def from_bytes(self, bs: Any) -> str:
        return str(bytes(bs), "utf-8", "surrogatepass")


class DateField(fields.DATETIME):
    """A datetime; one with a zone is taken as UTC, and an article without one has None."""

    def __init__(self) -> None:
        super().__init__(stored=True, sortable=True)
        self.shift_step = 1

    def prepare_datetime(self, x: Any) -> Any:
        if isinstance(x, datetime) and x.tzinfo is not None:
            x = x.astimezone(UTC).replace(tzinfo=None)
        return super().prepare_datetime(x)

    def from_column_value(self, x: Any) -> Any:
        return None if x >= 1 << 63 else super().from_column_value(x)


class SpellingField(fields.FieldType):
    """The printed words, for suggestions; it is not searched."""

    def __init__(self) -> None:
        super().__init__(formats.Frequency(), cast("Any", Words(stem=False)))


def schema_of(languages: Iterable[str]) -> fields.Schema:
    """Return the schema of an archive whose articles were stemmed in `languages` (ISO 639-1)."""
    languages = tuple(languages)
    schema = fields.Schema(id=ValueField(_EXACT, unique=True), record=fields.STORED(), spelling=SpellingField())
    for name in STEMMED:
        schema.add(name, WordField(stem=True, languages=languages))
    for name in SMALL_FIELDS:
        schema.add(name, WordField(stem=False, sortable=name in _SORTED_WORDS))
    for name, column in VALUES.items():
        schema.add(name, ValueField(column))
    schema.add("words", fields.NUMERIC(stored=True, sortable=True, shift_step=1))
    # Newest first, an article without a date is last.
    schema.add("mtime", fields.NUMERIC(bits=64, stored=True, sortable=True, shift_step=1, default=-(2**62)))
    for name in DATES:
        schema.add(name, DateField())
    return schema


@lru_cache(maxsize=8)
def _schema_of(languages: tuple[str, ...]) -> fields.Schema:
    return schema_of(languages)


def copied(languages: tuple[str, ...]) -> fields.Schema:
    """Return `schema_of(languages)`, with fields shared by all that are returned: Whoosh asks for it very often."""
    made = _schema_of(languages)
    schema = fields.Schema()
    schema.__dict__.update({name: dict(value) for name, value in made.__dict__.items()})
    return schema


def moment(seconds: int) -> datetime:
    """Return seconds since 1970 as a datetime without a zone."""
    return _EPOCH + timedelta(seconds=seconds)


def stored_fields(record: Mapping[str, Any], numbers: Mapping[str, int | None]) -> dict[str, Any]:
    """Return Whoosh's stored fields of an article: those that have a value, and always id, headline, body and path.

    Args:
        record: the article's record. numbers: number column -> its value.
    """
    headline, body = record["headline"] or "", record["body"] or ""
    origin = record["origin"]
    found = {
        "id": record["id"],
        "headline": headline,
        "title": headline,
        "lead": "\n\n".join(body.split("\n\n")[:LEAD_PARAGRAPHS]),
        "body": body,
        "text": f"{headline}\n\n{body}" if headline else body,
        "byline": JOINER.join(record["byline"]) or record["byline_raw"],
        "contributor": JOINER.join(person["name"] for person in record["contributors"]),
        "keywords": JOINER.join(record["keywords"]),
        "path": origin.get("path") or "",
        "format": origin.get("format"),
        "words": record["words"],
        "mtime": numbers.get(NUMBERS["mtime"].column),
        "record": record,
    }
    for name in ("location", "city", "region", "country", "source", "slug", "note", "language", "status"):
        found[name] = record[name]
    for name, column in DATES.items():
        seconds = numbers.get(column)
        found[name] = None if seconds is None else moment(seconds)
    always = ("headline", "title", "body", "text", "path")
    return {name: value for name, value in found.items() if name in always or value not in (None, "")}
