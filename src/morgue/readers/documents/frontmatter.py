"""Front matter: YAML between `---`, TOML between `+++`, or a JSON object, before a text."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from yaml import CSafeLoader

    from morgue.json_types import Json, JsonObject

    # What YAML, TOML and JSON load.
    _Loaded: TypeAlias = (
        "str | int | float | bytes | date | time | list[_Loaded] | tuple[_Loaded, ...] | set[_Loaded] "
        "| dict[_Loaded, _Loaded] | None"
    )

_MAX_CHARACTERS = 1 << 18
_MAX_VALUES = 20_000  # an alias counts at each use
_MAX_DEPTH = 40  # lists and objects within each other
_FENCES = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
}


class BadFrontMatter(ValueError):
    """Front matter that cannot be read; its text is a reason for a `Rejected`."""


class Split(NamedTuple):
    """Front matter and the text after it; `values` is empty when there is none, `kind` then too."""

    values: JsonObject
    text: str
    kind: str


def split(text: str) -> Split:
    """Take the front matter off a text; an HTML comment may precede it. `BadFrontMatter` when it is broken."""
    rest = text.lstrip("\ufeff\r\n\t ")
    while rest.startswith("<!--") and (end := rest.find("-->")) >= 0:
        rest = rest[end + 3 :].lstrip()
    fence = _FENCES.get(rest[:3])
    if fence is not None and rest[3:].partition("\n")[0].strip() == "":
        return _fenced(rest, fence, text)
    if rest.startswith("{"):
        return _json(rest, text)
    return Split({}, text, "")


def without_comments(text: str) -> str:
    """Text without its HTML comments; one that is never closed stays."""
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[at:start])
        at = end + 3
    return "".join(parts) + text[at:]


def _fenced(rest: str, fence: re.Pattern[str], whole: str) -> Split:
    start = rest.find("\n") + 1
    end = fence.search(rest, start, start + _MAX_CHARACTERS) if start else None
    if end is None:
        return Split({}, whole, "")
    source = rest[start : end.start()]
    kind = "yaml" if rest[0] == "-" else "toml"
    values = _yaml(source) if kind == "yaml" else _toml(source)
    if values is None and not source.strip():
        values = {}
    if not isinstance(values, dict):
        return Split({}, whole, "")
    return Split(_bounded(values), rest[end.end() :].lstrip("\r\n"), kind)


def _json(rest: str, whole: str) -> Split:
    import json

    try:
        values, end = json.JSONDecoder().raw_decode(rest[:_MAX_CHARACTERS])
    except (ValueError, RecursionError):
        return Split({}, whole, "")
    if not isinstance(values, dict):
        return Split({}, whole, "")
    return Split(_bounded(values), rest[end:].lstrip("\r\n"), "json")


def _toml(source: str) -> dict[str, object]:
    import tomllib

    try:
        return tomllib.loads(source.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise BadFrontMatter(f"broken TOML front matter: {error}") from None
    except RecursionError:
        raise BadFrontMatter("front matter is nested too deep") from None


def _yaml(source: str) -> object:
    import yaml

    try:
        return yaml.load(source, Loader=_loader())
    except yaml.MarkedYAMLError as error:
        line = f" at line {error.problem_mark.line + 2}" if error.problem_mark else ""
        raise BadFrontMatter(f"broken YAML front matter: {error.problem or error.context}{line}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadFrontMatter(f"broken YAML front matter: {str(error)[:200]}") from None


_loaders: list[type[CSafeLoader]] = []


def _loader() -> type[CSafeLoader]:
    """A safe loader that leaves dates as they were typed: PyYAML would drop their zone and add seconds."""
    import yaml

    if not _loaders:
        base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        kept = {
            char: [(tag, regex) for tag, regex in resolvers if tag != "tag:yaml.org,2002:timestamp"]
            for char, resolvers in base.yaml_implicit_resolvers.items()
        }
        _loaders.append(type("FrontMatterLoader", (base,), {"yaml_implicit_resolvers": kept}))
    return _loaders[0]


def _bounded(values: dict[_Loaded, _Loaded]) -> JsonObject:
    """The values as JSON knows them; `BadFrontMatter` when aliases make them too many or too deep."""
    left = [_MAX_VALUES]

    def copy(value: _Loaded, depth: int) -> Json:
        left[0] -= 1
        if left[0] < 0 or depth > _MAX_DEPTH:
            raise BadFrontMatter("front matter holds too many or too deeply nested values")
        if isinstance(value, dict):
            return {str(key): copy(item, depth + 1) for key, item in value.items()}
        if isinstance(value, list | tuple | set):
            return [copy(item, depth + 1) for item in value]
        if isinstance(value, datetime | date | time):
            return value.isoformat()
        if isinstance(value, bytes):
            return value.decode("latin-1")
        if (isinstance(value, float) and value != value) or value in (float("inf"), float("-inf")):
            return str(value)
        return value

    found = copy(values, 0)
    return found if isinstance(found, dict) else {}
