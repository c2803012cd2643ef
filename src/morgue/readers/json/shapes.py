"""JSON that holds articles in another shape than a list of objects, made into one: tables by column, keyed records.

Tables are those that pandas writes (`to_json` with orient `columns`, `index` and `split`, `to_dict("list")`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from morgue.readers.fields import ALIASES, normal
from morgue.readers.json import ghost_posts
from morgue.readers.names import name_set

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject

# Names by which a key is an article's headline or text.
_TELLING = frozenset(normal(alias) for field in ("headline", "body") for alias in ALIASES[field])
# Members of an object that is a value itself: {"title": {"rendered": "A"}, "content": {"rendered": "B"}}
_OF_VALUES = name_set("rendered value text html raw plain main protected name id en de fr es it pt")
# Keys that hold one thing, or a list of articles, and are not the keys of records.
_OUTER = name_set(
    "data item article articles items results docs documents stories posts entries response result content story "
    "document doc feed hits body headline meta metadata source _source fields"
)


def shaped(value: Json) -> Json:
    """The list of records that an object of another shape holds; the value itself when it is of none."""
    if not isinstance(value, dict) or not value:
        return value
    if "db" in value or "data" in value:
        found = ghost_posts.posts(value) or _split(value)
        if found is not None:
            return found
    first = next(iter(value.values()))
    if isinstance(first, list):
        return _by_lists(value) or value
    return (_by_columns(value) or _keyed(value) or value) if isinstance(first, dict) else value


def is_telling(value: object, leave_out: str = "") -> bool:
    """True when `value` is an object with a key that names a headline or a text, `leave_out` not counted."""
    return isinstance(value, dict) and any(
        normal(key) in _TELLING for key in value if isinstance(key, str) and key != leave_out
    )


def _split(value: JsonObject) -> list[Json] | None:
    names, rows = value.get("columns"), value.get("data")
    if not isinstance(names, list) or not isinstance(rows, list) or not rows:
        return None
    columns = [name for name in names if isinstance(name, str)]
    if len(columns) < len(names) or not all(isinstance(row, list) for row in rows):
        return None
    return [dict(zip(columns, row, strict=False)) for row in rows if isinstance(row, list)]


def _by_lists(value: JsonObject) -> list[Json] | None:
    columns = list(value.values())
    lengths = {len(column) if isinstance(column, list) else -1 for column in columns}
    if len(value) < 2 or len(lengths) != 1 or lengths & {0, -1} or not is_telling(value):
        return None
    if any(isinstance(cell, dict | list) for column in columns if isinstance(column, list) for cell in column):
        return None
    return [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)]


def _by_columns(value: JsonObject) -> list[Json] | None:
    columns = [column for column in value.values() if isinstance(column, dict)]
    rows = list(columns[0])
    if len(value) < 2 or len(columns) < len(value) or not is_telling(value) or {*rows} <= _OF_VALUES:
        return None
    if any(column.keys() != columns[0].keys() for column in columns):
        return None
    return [{name: column[row] for name, column in zip(value, columns, strict=True)} for row in rows]


def _keyed(value: JsonObject) -> list[Json] | None:
    """Records under a key each: a row's number, or the identifier of a database."""
    if not all(is_telling(record) for record in value.values()) or _OUTER & value.keys():
        return None
    if any(normal(key) in _TELLING for key in value):
        return None
    return [
        record if key.isdigit() or "id" in record else {"id": key, **record}
        for key, record in value.items()
        if isinstance(record, dict)
    ]
