"""What the shell offers when the user presses Tab: field names, and values that are in the index.

Without an index that can be read nothing is offered; completion never reports an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from morgue import fields as table
from morgue.cli.declaration import Complete
from morgue.errors import MorgueError
from morgue.fields import FACETS

Pairs = list[tuple[str, str]]
# Name of a field in a query -> field whose values are offered.
_OFFERED = {name: field.name for field in table.FIELDS for name in field.offered.split()}


def _found(field: str, prefix: str, given: Mapping[str, object]) -> Iterable[tuple[str, int]]:
    from morgue.archive import Archive
    from morgue.config import Settings

    with suppress(MorgueError, OSError), Archive.open(Settings().pick("index", given.get("index"))) as archive:
        return [(facet.value, facet.count) for facet in archive.suggest(prefix, field, limit=20)]
    return []


def values_of(field: str) -> Complete:
    """Return the completion of an option whose values are those of `field` in the index."""

    def complete(typed: str, given: Mapping[str, object]) -> Pairs:
        return [(value, f"{count} articles") for value, count in _found(field, typed, given)]

    return complete


def query_words(typed: str, given: Mapping[str, object]) -> Pairs:
    """Complete `typed` as the name of a field, as `field:value` or as a word; `given` may hold the `index`."""
    from morgue.query.fields import FIELDS

    name, colon, value = typed.partition(":")
    if colon:
        column = _OFFERED.get(name.lower())
        if column is None:
            return []
        # offers must begin with what was typed: a value of two words is quoted only if nothing or a quote was typed
        quoted = not value or value.startswith('"')
        found = _found(column, value.strip('"'), given)
        offers = {
            f'{name}:"{text}"' if quoted and " " in text else f"{name}:{text.split()[0]}": f"{count} articles"
            for text, count in found
        }
        return list(offers.items())
    canonical = [field.aliases[0] for field in FIELDS]
    names: Pairs = [(f"{name}:", "field") for name in canonical if name.startswith(typed.lower())]
    if len(typed) < 2:
        return names
    return names + [(word, f"{count} articles") for word, count in _found("text", typed, given)]


def fields(typed: str, _given: Mapping[str, object]) -> Pairs:
    """Complete `typed`, field names with commas between, by its last name; `given` is not used."""
    from morgue.render.fields import NAMES

    before, comma, last = typed.rpartition(",")
    return [(f"{before}{comma}{name}", "") for name in NAMES if name.startswith(last)]


def columns(typed: str, _given: Mapping[str, object]) -> Pairs:
    """Complete `typed` as the name of a column to count by; `given` is not used."""
    return [(name, "") for name in FACETS if name.startswith(typed)]


def articles(typed: str, given: Mapping[str, object]) -> Pairs:
    """Complete `typed` as the id of an article; `given` may hold the `index`."""
    if not typed:
        return []
    from morgue.archive import Archive
    from morgue.config import Settings

    with suppress(MorgueError, OSError), Archive.open(Settings().pick("index", given.get("index"))) as archive:
        return [(identity, "") for identity in archive.similar_ids(typed, 20)]
    return []


def input_formats(typed: str, _given: Mapping[str, object]) -> Pairs:
    """Complete `typed` as the name of an input format; `given` is not used."""
    from morgue.readers.formats import FORMATS

    return [(name, item.title) for name, item in FORMATS.items() if name.startswith(typed)]


def command_names(typed: str, _given: Mapping[str, object]) -> Pairs:
    """Complete `typed` as the name of a command; `given` is not used."""
    from morgue.cli.table import COMMANDS

    return [(name, text) for name, text in COMMANDS.items() if name.startswith(typed)]
