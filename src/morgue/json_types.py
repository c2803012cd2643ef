"""Types of JSON values, of an article's record and of reports, for annotations alone; never loaded."""

from __future__ import annotations

from typing import NotRequired, TypeAlias, TypedDict

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = "dict[str, Json]"


class PersonRecord(TypedDict):
    """`model.Person` as JSON values."""

    name: str
    role: str | None
    organisation: str | None
    place: str | None


class PlaceRecord(TypedDict):
    """`model.Place` as JSON values."""

    raw: str
    city: str | None
    region: str | None
    country: str | None
    country_how: str | None


class RemarkRecord(TypedDict):
    """`model.Remark` as JSON values."""

    field: str
    value: str
    why: str
    how: str | None


class OriginRecord(TypedDict, total=False):
    """`model.Origin` as JSON values; empty when unknown."""

    path: str
    record: int
    format: str | None
    sha256: str | None
    ingested: str | None


class Record(TypedDict):
    """An article as JSON values (docs/output.md): the keys of `json_record.KEYS`, in their order."""

    id: str
    headline: str | None
    date: str | None
    date_precision: str | None
    byline: list[str]
    location: str | None
    city: str | None
    region: str | None
    country: str | None
    source: str | None
    body: str | None
    updated: str | None
    embargo: str | None
    byline_raw: str | None
    credits: list[PersonRecord]
    contributors: list[PersonRecord]
    other_locations: list[PlaceRecord]
    slug: str | None
    section: str | None
    page: str | None
    edition: str | None
    sender: str | None
    keywords: list[str]
    language: str | None
    url: str | None
    rights: str | None
    status: str | None
    version: str | None
    note: str | None
    words: int
    subheads: list[int]
    furniture: list[list[str]]
    provenance: dict[str, str]
    remarks: list[RemarkRecord]
    extra: JsonObject
    origin: OriginRecord
    date_raw: str | None
    updated_precision: str | None
    updated_raw: str | None
    embargo_precision: str | None
    embargo_raw: str | None
    country_how: str | None


class NoticeReport(TypedDict):
    """`model.Notice` as JSON values."""

    code: str
    message: str
    hint: str
    start: int
    end: int


class TermReport(TypedDict):
    """A word or pattern of a query in `Explanation`: a word has a key, a pattern spellings."""

    field: str
    word: str
    df: int
    key: NotRequired[str]
    spellings: NotRequired[list[str]]
    fitting: NotRequired[int]
    used: NotRequired[int]
    more: NotRequired[bool]


class ClauseReport(TypedDict):
    """`index.values.Clause` as JSON values, null for 0; `depth`: the number of clauses around it."""

    clause: str
    depth: int
    matched: bool
    score: float
    optional: bool
    excluded: bool
    df: int | None
    idf: float | None
    occurrences: int | None
    tf: float | None
    length: float | None
    average: float | None


class RelaxationReport(TypedDict):
    """A changed query that an article matches, what was changed, and how many articles match it."""

    query: str
    what: str
    total: int


class Explanation(TypedDict):
    """What `Archive.explain` returns; the keys from `id` on only for an article."""

    query: str
    parsed: str
    tree: list[str]
    terms: list[TermReport]
    total: int
    notices: list[NoticeReport]
    id: NotRequired[str]
    matched: NotRequired[bool]
    hidden: NotRequired[bool]
    score: NotRequired[float]
    clauses: NotRequired[list[ClauseReport]]
    failing: NotRequired[list[str]]
    relaxations: NotRequired[list[RelaxationReport]]


class FaultReport(TypedDict):
    """A fault that `Archive.check` found; `articles` is None where any of the file may be affected."""

    file: str
    fault: str
    articles: list[str] | None


class RepairReport(TypedDict):
    """What `Archive.repair` did; `damaged`: the folder that keeps the damaged files, None without a loss."""

    kept: int
    lost: list[str]
    generation: int
    repaired: bool
    damaged: NotRequired[str | None]


class OptimizeReport(TypedDict):
    """What `Archive.optimize` did."""

    segments_before: int
    segments: int
    bytes_before: int
    bytes: int
