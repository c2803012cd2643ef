"""Types of JSON values, and of an article's record, for annotations alone; never loaded."""

from __future__ import annotations

from typing import TypeAlias, TypedDict

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
