"""Saved queries: `@desk` in a query is the one saved as `desk`.

They are read from the `[saved]` table of a configuration file, which the user edits, and from `morgue.saved.json`
beside it, which `morgue saved add` writes. What is nearer outranks what is further: the files of the project before
the user's own, and the table before the file beside it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import NamedTuple

from morgue.config import Settings
from morgue.errors import UsageError

STORE = "morgue.saved.json"
MAX_CHARACTERS = 20_000  # as long as a query may be

_NAME = re.compile(r"\w(?:[\w-]*\w)?")


class Saved(NamedTuple):
    """A saved query and the file that defines it."""

    query: str
    origin: str


def saved_queries(settings: Settings) -> dict[str, Saved]:
    """Return every saved query by its name, in order of the alphabet.

    Raises:
        UsageError: a file cannot be read, or holds something else.
    """
    found: dict[str, Saved] = {}
    for table, path in _tables(settings):
        for name, text in table.items():
            if not isinstance(text, str) or not _NAME.fullmatch(name) or len(text) > MAX_CHARACTERS:
                raise UsageError(f"{path}: invalid saved query {name!r}: expected a name and a text")
            found.setdefault(name, Saved(text, path))
    return dict(sorted(found.items()))


def texts(settings: Settings) -> dict[str, str]:
    """Return the text of every saved query by its name."""
    return {name: saved.query for name, saved in saved_queries(settings).items()}


def save(settings: Settings, name: str, query: str) -> str:
    """Save a query, in place of one of that name, where `settings` say; return the path of its file.

    Raises:
        UsageError: the name is invalid or defined in a stronger file, or no file can be written.
        QueryError: the query cannot be understood.
    """
    from morgue.query import ParseOptions, parse

    if not _NAME.fullmatch(name):
        raise UsageError(f"invalid name {name!r}: expected letters, digits, - and _")
    path = _own_store(settings)
    known = saved_queries(settings)
    if name in known and known[name].origin != path and os.path.dirname(known[name].origin) == os.path.dirname(path):
        raise UsageError(f"@{name} is defined in {known[name].origin}", hint="change it there")
    # as it will be read: other saved queries in it, and itself, which it must not hold
    parse(f"@{name}", options=ParseOptions(saved={**{key: each.query for key, each in known.items()}, name: query}))
    _write(path, {**_read(path), name: query})
    return path


def remove(settings: Settings, name: str) -> bool:
    """Remove a saved query from the file that `settings` say; False when there is none of that name.

    Raises:
        UsageError: it is defined in a configuration file.
    """
    known = saved_queries(settings).get(name)
    if known is None:
        return False
    if os.path.basename(known.origin) != STORE:
        raise UsageError(f"@{name} is defined in {known.origin}", hint="remove it there")
    _write(known.origin, {key: text for key, text in _read(known.origin).items() if key != name})
    return True


def _tables(settings: Settings) -> list[tuple[Mapping[str, object], str]]:
    """The tables of saved queries with their files, strongest first."""
    found: list[tuple[Mapping[str, object], str]] = []
    stores = []
    for path, table in settings.files():
        if isinstance(queries := table.get("saved"), dict):
            found.append((queries, path))
        stores.append(os.path.join(os.path.dirname(path), STORE))
        found.append((_read(stores[-1]), stores[-1]))
    own = _own_store(settings, needed=False)
    if own and own not in stores:
        found.append((_read(own), own))
    return found


def _own_store(settings: Settings, *, needed: bool = True) -> str:
    """The file that is written: beside the nearest configuration file, else in the user's own folder."""
    nearest = next(iter(settings.files()), None)
    if nearest is not None:
        return os.path.join(os.path.dirname(nearest[0]), STORE)
    folder = settings.user_folder()
    if folder is None and needed:
        raise UsageError("no file for saved queries: MORGUE_CONFIG is empty")
    return os.path.join(folder, STORE) if folder else ""


def _read(path: str) -> Mapping[str, object]:
    import json

    try:
        with open(path, encoding="utf-8") as stream:
            table = json.load(stream)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"cannot read {path}: {error}") from None
    if not isinstance(table, dict):
        raise UsageError(f"cannot read {path}: expected an object of names and queries")
    return table


def _write(path: str, table: Mapping[str, object]) -> None:
    """Replace the file in one step, so that a reader sees the old one or the new one."""
    import json

    os.makedirs(os.path.dirname(path), exist_ok=True)
    beside = f"{path}.{os.getpid()}.part"
    with open(beside, "w", encoding="utf-8", newline="\n") as stream:
        json.dump(dict(sorted(table.items())), stream, ensure_ascii=False, indent=2)
        stream.write("\n")
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(beside, path)
