"""The values that rooms pass to each other: articles, people, places, dates, hits, reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from morgue.runtime.frozen import attribute, record

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject, Record

Precision = Literal["instant", "day", "month", "year", "none"]


@record(kw_only=True)
class Published:
    """A date with its precision.

    Attributes:
        value: EDTF-like text: `2026-01-13T08:00:00Z`, `2026-01-13T08:00:00+01:00`, `2026-01-13T08:00:00` (local time of
            an unknown zone), `2026-01-13`, `2026-01`, `2026`, `XXXX-10-12` (no year known).
        precision: how much of it is known; `none` when only month and day are.
        raw: the text that it was read from.
    """

    value: str
    precision: Precision
    raw: str = ""


@record(kw_only=True)
class Place:
    """Where an article was filed.

    Attributes:
        raw: as printed, without date and agency: `NARA, Japan`.
        city, region: as printed (`NARA`) or None; region is a state, province or the like (`Mass.`, `Ontario`).
        country: ISO 3166-1 alpha-2, or None when it cannot be told.
        country_how: how the country was found: `stated`, `ap-standalone`, `region`, `capital`, `gazetteer`, `agency`
            (the home of a national agency), or "".
    """

    raw: str
    city: str | None = None
    region: str | None = None
    country: str | None = None
    country_how: str = ""


@record(kw_only=True)
class Person:
    """A person credited: name as printed, with role, employer and place where the copy states them."""

    name: str
    role: str = ""
    organisation: str = ""
    place: str = ""


@record(kw_only=True)
class Remark:
    """A decision about a field: a value refused, a conflict, a hint.

    Attributes:
        field: the article's field that it is about.
        value: the value in question, as found.
        why: the reason, a clause or sentence.
        how: where the value occurred (`nitf:byline`, `json:dateline`, `mtime` …).
    """

    field: str
    value: str
    why: str
    how: str = ""


@record(kw_only=True)
class Origin:
    """Where an article was read from: path as given, record number in the file (from 1; 0 for a whole file),
    format's name, sha256 (hex) of the record's bytes, time of ingest (ISO 8601 UTC)."""

    path: str
    record: int = 0
    format: str = ""
    sha256: str = ""
    ingested: str = ""


Status = Literal["usable", "embargoed", "withheld", "canceled"]


@record(kw_only=True)
class Article:
    """One news article: the result of reading, what the index stores and `show` prints.

    Attributes:
        id: stable name: what the source states (guid, doc-id, canonical URL, Message-ID), else `path` or `path#n`.
        headline: as printed; "" when the copy has none.
        body: paragraphs joined by a blank line (two line feeds), free of dateline, taglines, rules, copyright.
        subheads: numbers (from 0) of those paragraphs of `body` that are sub-heads.
        published, updated, embargo: dates; None when unknown.
        byline: the people credited; `byline_raw` the line as printed.
        contributors: people in taglines; never promoted to byline.
        location: where it was filed; `other_locations` further places of a joint dateline.
        section, page, edition: where it was printed, as stated (`Sports`, `A1`, `Final` or an issue's number).
        sender: who sent it, of a mail; never promoted to byline.
        furniture: (kind, text) of what was taken out of the text, in order; kinds: `dateline`, `byline`, `header`,
            `slug`, `correction`, `rule`, `tagline`, `endmark`, `copyright`, `contact`, `note`.
        provenance: field -> `stated:<how>`, `derived:<rule>` or `missing`, for headline, published, byline, location,
            country, source and others that were set.
        remarks: what was refused and why.
        extra: what the record held beyond our fields, JSON values, lossless.
    """

    id: str
    headline: str = ""
    body: str = ""
    subheads: tuple[int, ...] = ()
    published: Published | None = None
    updated: Published | None = None
    embargo: Published | None = None
    byline: tuple[Person, ...] = ()
    byline_raw: str = ""
    contributors: tuple[Person, ...] = ()
    location: Place | None = None
    other_locations: tuple[Place, ...] = ()
    source: str = ""
    slug: str = ""
    section: str = ""
    page: str = ""
    edition: str = ""
    sender: str = ""
    keywords: tuple[str, ...] = ()
    language: str = ""
    url: str = ""
    rights: str = ""
    status: Status = "usable"
    version: str = ""
    note: str = ""
    furniture: tuple[tuple[str, str], ...] = ()
    provenance: Mapping[str, str] = attribute(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    extra: Mapping[str, Json] = attribute(default_factory=dict)
    origin: Origin = attribute(default_factory=lambda: Origin(path=""))

    @property
    def words(self) -> int:
        """The number of words of headline and body."""
        return len(self.headline.split()) + len(self.body.split())


@record
class Rejected:
    """A record that was read but did not become an article.

    Attributes:
        path: file or member as given (`archive.zip!/a.xml`), or `-`.
        record: its number in the file from 1; 0 when the file as a whole is meant.
        why: a sentence for the user, with byte or line where that helps.
    """

    path: str
    record: int
    why: str

    @property
    def where(self) -> str:
        """`path` or `path#record`."""
        return f"{self.path}#{self.record}" if self.record else self.path


@record
class Claim:
    """A value that a source states for a field, and where in the source.

    Attributes:
        value: as found, entities resolved, white space at the ends removed.
        how: e.g. `json:datePublished`, `nitf:dateline/location`, `meta:author`, `frontmatter:date`; `derived:…` when
            the source states something else from which the value follows (`derived:json:seendate`).
    """

    value: str
    how: str


@record(kw_only=True)
class PlaceClaim:
    """A place that a source states in parts (any may be "")."""

    how: str
    raw: str = ""
    city: str = ""
    region: str = ""
    country: str = ""  # a name or an ISO code, as found


@record(kw_only=True, frozen=False)
class Draft:
    """What a reader finds in one record, before claims are resolved.

    Each list holds all claims for a field, most trusted first. `wire.resolve_draft` weighs them against each other and
    against the text (a dateline in the text outranks a structured place, …) and records provenance and remarks.
    Readers resolve nothing.

    Attributes:
        format: the format's name in the registry (`text`, `jsonl`, `nitf` …).
        record: number of the record in its file from 1; 0 when the file is one article.
        digest: sha256 (hex) of the record's bytes.
        layout: `page` when `body` is a printed page of several articles, of which none gives it a headline, byline or
            place; `wire` when `body` is a whole raw text that may open with headers, slug, headline and byline lines
            (plain text, ANPA content, a mail's text); `story` when `body` is the story alone, which may still open
            with a dateline (or a byline line) and end with taglines and copyright.
        body: text; in `story` layout paragraphs separated by a blank line, in `wire` layout as it came.
        subheads: numbers (from 0) of paragraphs of a `story` body that the source marks as headings.
        ids: stated identities, best first.
        byline: raw credit lines ("By A and B, AP"). people: names that the source states one by one.
        dateline: dateline texts that the source keeps in an element of their own. places: structured places.
        locked: names of Article fields that the user set (`--date`, a sidecar, explicit front matter); resolving must
            not overrule them.
        problems: remarks the reader itself has (a refused element, an encoding guess).
        path: the file or member that it was read from (`archive.zip!/a.xml`); `read_stream` sets it.
        crawled: when a crawler fetched or a reader clipped the record (ISO 8601, WARC-Date), for
            `Context.crawled`; "" for none.
        day_first: whether `03/04/2018` is 3 April here, as the records of the file show together; None: not known.
    """

    format: str
    record: int = 0
    digest: str = ""
    layout: Literal["wire", "story", "page"] = "story"
    body: str = ""
    subheads: tuple[int, ...] = ()
    ids: list[Claim] = attribute(default_factory=list)
    headline: list[Claim] = attribute(default_factory=list)
    published: list[Claim] = attribute(default_factory=list)
    updated: list[Claim] = attribute(default_factory=list)
    embargo: list[Claim] = attribute(default_factory=list)
    byline: list[Claim] = attribute(default_factory=list)
    people: list[Claim] = attribute(default_factory=list)
    contributors: list[Claim] = attribute(default_factory=list)
    dateline: list[Claim] = attribute(default_factory=list)
    places: list[PlaceClaim] = attribute(default_factory=list)
    source: list[Claim] = attribute(default_factory=list)
    slug: list[Claim] = attribute(default_factory=list)
    section: list[Claim] = attribute(default_factory=list)
    page: list[Claim] = attribute(default_factory=list)
    edition: list[Claim] = attribute(default_factory=list)
    sender: list[Claim] = attribute(default_factory=list)
    keywords: list[Claim] = attribute(default_factory=list)
    language: list[Claim] = attribute(default_factory=list)
    url: list[Claim] = attribute(default_factory=list)
    rights: list[Claim] = attribute(default_factory=list)
    status: list[Claim] = attribute(default_factory=list)
    version: list[Claim] = attribute(default_factory=list)
    note: list[Claim] = attribute(default_factory=list)
    locked: frozenset[str] = frozenset()
    extra: JsonObject = attribute(default_factory=dict)
    problems: list[Remark] = attribute(default_factory=list)
    path: str = ""
    crawled: str = ""
    day_first: bool | None = None


@record(kw_only=True)
class Context:
    """What is known about a record from outside its bytes; anchors for incomplete dates.

    Attributes:
        path: the file's path as given, or `-`, or `archive.zip!/member`.
        date: the user's `--date` (EDTF-like) or a sidecar's, "" for none.
        modified: the file's modification time as POSIX seconds, or None when it means nothing (a checkout, stdin).
        now: the present as POSIX seconds; dates more than a day after it are refused.
        crawled: WARC-Date or the like (ISO), an upper bound for the date; "" for none.
    """

    path: str
    date: str = ""
    modified: float | None = None
    now: float
    crawled: str = ""


@record
class Notice:
    """A warning that goes with an answer: stderr at a terminal, `warnings` in the JSON envelope.

    Attributes:
        code: a stable word: `stop-word-dropped`, `expansion-cut`, `field-empty`, `date-uncertain`, `did-you-mean` …
        message: a sentence. hint: the next step, or "".
        start, end: the characters of the query that it is about, or -1.
    """

    code: str
    message: str
    hint: str = ""
    start: int = -1
    end: int = -1


@record
class Mark:
    """Characters of a text that matched: start and end (exclusive) offsets."""

    start: int
    end: int


@record(kw_only=True)
class Snippet:
    """A quotable passage of an article.

    Attributes:
        field: `headline`, `body`, `byline`, … the field that matched.
        text: the passage: exactly `article[field][start:end]`.
        start, end: its character offsets in the field.
        paragraph: number (from 0) of the paragraph of `body` it stands in; -1 elsewhere.
        spans: each whole match (a phrase, a proximity match from first to last word), offsets within the field.
        words: each matched word, offsets within the field; every word lies in one of the spans.
    """

    field: str
    text: str
    start: int
    end: int
    paragraph: int = -1
    spans: tuple[Mark, ...] = ()
    words: tuple[Mark, ...] = ()


@record(kw_only=True)
class Hit:
    """An article found, read completely: independent of the open index.

    Attributes:
        rank: 1 for the first of the whole result (offset counted).
        score: relevance (0.0 when sorted otherwise and not scored).
        record: the article as JSON values with the keys of docs/output.md (`json_record.to_article` converts it).
        snippets: quotable passages, best first; a `headline` snippet is the whole headline with its marks.
        folded: how many further versions or copies stand behind this hit (only when collapsed).
    """

    rank: int
    score: float
    record: Record
    snippets: tuple[Snippet, ...] = ()
    folded: int = 0

    @property
    def id(self) -> str:
        """The article's id."""
        return str(self.record["id"])


@record(kw_only=True)
class SearchResult:
    """What a search found.

    Attributes:
        query: the text as typed. parsed: the query as understood, in canonical form, filters included.
        total: how many articles match, exactly, whatever the limit. hits: those on the page.
        notices: warnings that go with the answer. took: seconds spent. generation: of the index that was read.
    """

    query: str
    parsed: str
    total: int
    offset: int
    hits: tuple[Hit, ...]
    notices: tuple[Notice, ...] = ()
    took: float = 0.0
    generation: int = 0


@record(kw_only=True)
class SearchOptions:
    """How to search. Dates are texts of the query language (`2026-01`, `last week`); several values of a filter are
    alternatives.

    Attributes:
        any_: join words by OR. lenient: turn query errors into notices. syntax: query dialect.
        tz: IANA zone that dates are meant in ("" for the machine's). now: POSIX seconds (None for the clock).
        sort: `relevance`, `newest`, `oldest` or a number column; reverse turns it round.
        limit: None for all. snippets: most passages per hit (0 for none). snippet_length: characters, about.
        passages: every match with its sentence instead of the best passages.
        unpublished: include canceled, withheld and embargoed articles, which are left out otherwise.
        fix: run the corrected query when a correction finds more.
        overlap: dates match when they only touch the range (a year-only article then matches any day of its year).
        saved: texts of saved queries by name, for `@name`.
        expand: add words of the best answers to the query (pseudo-relevance feedback): more is found.
        recency: half-life of relevance (`30d`, `6 months`), "" for none: an article so old counts half.
        ranking: parameters of relevance that differ from the defaults (k1, b, headline, lead, body).
        collapse: one article per story; keep: which of a story's (`first`, `last`, `longest`, `best`).
    """

    any_: bool = False
    lenient: bool = False
    syntax: str = "native"
    tz: str = ""
    now: float | None = None
    since: str = ""
    until: str = ""
    on: str = ""
    byline: tuple[str, ...] = ()
    location: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    sort: str = "relevance"
    reverse: bool = False
    limit: int | None = 10
    offset: int = 0
    snippets: int = 2
    snippet_length: int = 240
    passages: bool = False
    unpublished: bool = False
    fix: bool = False
    overlap: bool = False
    saved: Mapping[str, str] = attribute(default_factory=dict)
    expand: bool = False
    recency: str = ""
    collapse: bool = False
    keep: str = "best"
    ranking: Mapping[str, float] = attribute(default_factory=dict)


@record(kw_only=True)
class Facet:
    """A value and how many of the articles found have it."""

    value: str
    count: int


MAX_REJECTED_KEPT = 1000  # in a report


@record(kw_only=True, frozen=False)
class IngestReport:
    """What an ingest did. Counts are of articles, except `files` and `files_unchanged`.

    Attributes:
        committed: how many of added and updated are on disk (all, once the ingest has ended).
        rejected: what was refused, with reasons (the first `MAX_REJECTED_KEPT`; `rejected_count` counts all).
        missing: field -> how many of the added and updated articles lack it.
        doubtful: (where, field, text) of articles that lack a field though the text looks as if it had one.
        interrupted: the ingest was stopped before its end; what is counted is on disk.
    """

    files: int = 0
    files_unchanged: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    committed: int = 0
    rejected_count: int = 0
    rejected: list[Rejected] = attribute(default_factory=list)
    notices: list[Notice] = attribute(default_factory=list)
    missing: dict[str, int] = attribute(default_factory=dict)
    doubtful: list[tuple[str, str, str]] = attribute(default_factory=list)
    seconds: float = 0.0
    interrupted: bool = False
    dry_run: bool = False

    def reject(self, item: Rejected) -> None:
        """Count a rejection, and keep it unless there are too many."""
        self.rejected_count += 1
        if len(self.rejected) < MAX_REJECTED_KEPT:
            self.rejected.append(item)


@record(kw_only=True)
class Stats:
    """What is in an archive.

    Attributes:
        articles, words: totals, of articles that are not deleted and of words in all. deleted: articles deleted but
            still on disk. bytes_: size on disk.
        first, last: earliest and latest publication date (EDTF-like), "" for none.
        missing: field -> articles without it. top: column -> its most frequent values.
    """

    path: str
    generation: int
    format_version: int
    articles: int
    words: int
    segments: int
    deleted: int
    bytes_: int
    first: str
    last: str
    missing: Mapping[str, int]
    top: Mapping[str, tuple[Facet, ...]]
    languages: Mapping[str, int]
