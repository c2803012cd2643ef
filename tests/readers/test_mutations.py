"""Every mutation of a file ends as drafts or rejections: cut, bytes flipped, encodings swapped, parts doubled."""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from morgue.model import Draft, Rejected
from morgue.readers import FORMATS, ReadOptions, read_stream
from morgue.readers.embedded import Embedded
from support.page_samples import SAMPLES
from support.paths import ROOT

EXAMPLES = {name: (ROOT / item.example).read_bytes() for name, item in FORMATS.items()}
FORMAT_OF = {"rdf": "rss", "reuters": "sgml", "trec": "sgml"}  # samples named otherwise than their format
Change = Callable[[bytes], bytes]


def cut(at: float) -> Change:
    return lambda data: data[: int(at * len(data))]


def flip(places: list[tuple[float, int]]) -> Change:
    def change(data: bytes) -> bytes:
        changed = bytearray(data)
        for place, value in places:
            changed[int(place * (len(changed) - 1))] = value
        return bytes(changed)

    return change


def recode(encoding: str) -> Change:
    return lambda data: data.decode("utf-8", "replace").encode(encoding, "replace")


def double(begin: float, length: int) -> Change:
    def change(data: bytes) -> bytes:
        start = int(begin * len(data))
        return data[: start + length] + data[start:]

    return change


UNIT = st.floats(0, 1, exclude_max=True)
CHANGES = st.one_of(
    st.builds(cut, UNIT),
    st.builds(flip, st.lists(st.tuples(UNIT, st.integers(0, 255)), min_size=1, max_size=40)),
    st.builds(recode, st.sampled_from(["utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "shift_jis", "koi8-r"])),
    st.builds(double, UNIT, st.integers(1, 400)),
)


def is_sound(found: Draft | Rejected | Embedded) -> bool:
    """A draft whose text can be written, a rejection with a reason, or a file for another reader."""
    if isinstance(found, Embedded):
        return found.path.encode("utf-8") is not None
    if isinstance(found, Rejected):
        return bool(found.why)
    texts = [found.body, *(claim.value for claim in (*found.headline, *found.people, *found.published, *found.ids))]
    return all(text.encode("utf-8") is not None for text in texts) and len(found.digest) == 64


@pytest.mark.parametrize(
    ("name", "whole"),
    [(FORMAT_OF.get(name, name), data) for name, data in SAMPLES.items()] + list(EXAMPLES.items()),
    ids=[*SAMPLES, *(f"example of {name}" for name in EXAMPLES)],
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=st.lists(CHANGES, min_size=1, max_size=3))
def test_a_mutated_file_ends_as_drafts_or_rejections(name: str, whole: bytes, changes: list[Change]) -> None:
    data = whole
    for change in changes:
        data = change(data) if data else data
    module = importlib.import_module(f"morgue.readers.{FORMATS[name].module}")

    assert all(is_sound(found) for found in module.read(io.BytesIO(data), "a", ReadOptions()))
    assert all(is_sound(found) for found in read_stream(io.BytesIO(data), "a", ReadOptions()))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_is_taken_for_what_it_is(name: str) -> None:
    found = list(read_stream(io.BytesIO(SAMPLES[name]), "-", ReadOptions()))

    assert {item.format for item in found if isinstance(item, Draft)} == {FORMAT_OF.get(name, name)}
    assert all(isinstance(item, Draft) for item in found)
