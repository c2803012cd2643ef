"""JSON text to values, strictly: what would be lost or guessed (duplicate keys, NaN, lone surrogates) is an error.

Raw line ends and tabs inside strings are accepted: they break no value, and exports hold them.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject

MAX_DEPTH = 120
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z)|[\[{]|[\]}]', re.DOTALL)


class NotJson(ValueError):
    """Text that is not valid JSON; the message is a reason for a `Rejected`."""


class Repeated(list["Json"]):
    """The values of a key that occurs more than once in one object."""


def _pairs(pairs: list[tuple[str, Json]]) -> JsonObject:
    found = dict(pairs)
    if len(found) != len(pairs):
        for name in found:
            values = [value for key, value in pairs if key == name]
            if any(value != values[0] for value in values):
                found[name] = Repeated(values)
    return found


def check_keys(record: JsonObject) -> None:
    """Raise `NotJson` when a key of a record has two different values: which one counts is undefined.

    Deeper down (agencies list renditions so) all the values are kept as a list.
    """
    for key, value in record.items():
        if type(value) is Repeated:
            raise NotJson(f"key {key[:80]!r} occurs twice in one object")


def _constant(name: str) -> NoReturn:
    raise NotJson(f"{name} is not a JSON value")


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise NotJson(f"number {text[:40]} is out of range")
    return value


_decoder = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant, parse_float=_finite, strict=False)


def parse(text: str) -> Json:
    """The value of a JSON text; `NotJson` with line and column, or a sentence, when it is not JSON."""
    nested = "[" in text or text.find("{", 1) >= 0
    if nested and text.count("[") + text.count("{") > MAX_DEPTH and _depth(text) > MAX_DEPTH:
        raise NotJson(f"nested more than {MAX_DEPTH} deep")
    try:
        value = _decoded(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno} column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise NotJson(f"broken JSON: {error.msg} at {where}") from None
    except RecursionError:
        raise NotJson("nested too deep") from None
    except NotJson:
        raise
    except ValueError as error:  # an integer of more digits than Python converts
        raise NotJson(f"broken JSON: {error}") from None
    if "\\u" in text and _SURROGATE.search(text) and _has_lone_surrogate(value):
        raise NotJson("holds half of a surrogate pair: no valid Unicode text")
    return value


def _decoded(text: str) -> Json:
    """What `JSONDecoder.decode` returns and raises, without its search for white space around every value."""
    value: Json
    try:
        value, end = _decoder.raw_decode(text)
    except json.JSONDecodeError:
        value, end = _decoder.decode(text), len(text)  # white space in front, or an error at its right place
    if end < len(text) and text[end:].strip(" \t\n\r"):
        value = _decoder.decode(text)
    return value


def _depth(text: str) -> int:
    deepest = depth = 0
    for match in _BRACKET.finditer(text):
        char = match.group()
        if char in "[{":
            depth += 1
            deepest = max(deepest, depth)
            if deepest > MAX_DEPTH:
                break
        elif char in "]}":
            depth -= 1
    return deepest


def _has_lone_surrogate(value: Json) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
