"""Records come back byte for byte, however segments are merged and whatever byte of a dictionary is bad."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morgue.engine.files.check import check, salvage
from morgue.engine.files.commit import Store
from morgue.engine.files.container import Container
from morgue.engine.files.documents_write import Lengths, SentenceArrays
from morgue.engine.files.segment import Segment
from morgue.engine.files.segment_write import SegmentArrays, write
from morgue.engine.files.stored_write import Packer, dictionary_size
from morgue.engine.write.writer import Writer
from morgue.errors import IndexDamaged
from morgue.index.document import Document

WORDS = [f"{a}{b}{c}" for a in ("pro", "con", "sub", "in") for b in ("duc", "ven", "mit", "ser") for c in ("ed", "t")]


def record(n: int, words: int = 120) -> bytes:
    chance = random.Random(n)
    return f"{n}: {' '.join(chance.choices(WORDS, k=words))}".encode()


def document(n: int, words: int = 120) -> Document:
    return Document(f"id-{n}", f"Headline {n}", f"Body {n}.", "en", {}, {}, {}, record(n, words))


def filled(folder: Path, numbers: Sequence[int], words: int = 120) -> Path:
    with Writer(folder) as writer:
        for n in numbers:
            writer.add(document(n, words))
    return folder


def records(folder: Path) -> dict[str, bytes]:
    with Store.open(folder) as store:
        found = [(s.id(d), s.stored(d)) for s in store.segments for d in range(s.doc_count) if s.alive(d)]
    assert len(dict(found)) == len(found)
    return dict(found)


def wanted(numbers: Sequence[int], words: int = 120) -> dict[str, bytes]:
    return {f"id-{n}": record(n, words) for n in numbers}


def dictionaries(folder: Path) -> list[bytes]:
    with Store.open(folder) as store:
        return list(dict.fromkeys(group.dictionary for s in store.segments for group in s.groups()))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of one segment with a dictionary of its own."""
    return filled(tmp_path_factory.mktemp("large"), range(400))


def test_a_large_segment_has_a_dictionary_and_a_small_one_has_none(large: Path, tmp_path: Path) -> None:
    (dictionary,) = dictionaries(large)
    assert len(dictionary) == dictionary_size(sum(map(len, wanted(range(400)).values()))) > 0
    assert records(large) == wanted(range(400))
    assert dictionaries(filled(tmp_path, range(10))) == [b""]
    assert records(tmp_path) == wanted(range(10))


def test_records_are_read_in_any_order(large: Path) -> None:
    order = [*range(400)] * 2
    random.Random(3).shuffle(order)
    with Store.open(large) as store:
        (segment,) = store.segments
        for n in order:
            assert segment.stored(n) == record(n)
        for bad in (-1, 400, 1 << 40):
            with pytest.raises(IndexDamaged):
                segment.stored(bad)


def test_small_segments_grown_together_get_a_dictionary(tmp_path: Path) -> None:
    for start in range(0, 400, 40):
        filled(tmp_path, range(start, start + 40))
    with Writer(tmp_path) as writer:
        writer.delete("id-7")
        writer.optimize()

    assert [len(d) > 0 for d in dictionaries(tmp_path)] == [True]
    assert records(tmp_path) == {name: text for name, text in wanted(range(400)).items() if name != "id-7"}
    assert check(tmp_path).ok


def test_a_merge_takes_large_segments_over_with_their_dictionaries(tmp_path: Path) -> None:
    words = 1200
    filled(tmp_path, range(300), words)
    filled(tmp_path, range(300, 600), words)
    filled(tmp_path, range(600, 610), words)
    before = dictionaries(tmp_path)
    with Writer(tmp_path) as writer:
        for n in (0, 5, 299, 450):
            writer.delete(f"id-{n}")
        writer.optimize()

    assert [len(d) > 0 for d in before] == [True, True, False]
    assert dictionaries(tmp_path) == before[:2]
    assert records(tmp_path) == wanted([n for n in range(610) if n not in (0, 5, 299, 450)], words)
    assert check(tmp_path).ok


@pytest.mark.parametrize("section", ["stored.dict", "stored.spare"])
def test_a_bad_byte_in_a_dictionary_loses_nothing(large: Path, tmp_path: Path, section: str) -> None:
    folder = damaged(large, tmp_path, lambda sections: [sections[section][0] + 100])

    assert [fault.what for fault in check(folder).faults] == [f"damaged: section {section}"]
    assert check(folder).faults[0].ids == ()
    assert records(folder) == wanted(range(400))


def test_without_both_dictionaries_the_records_are_named_as_lost(large: Path, tmp_path: Path) -> None:
    names = ("stored.dict", "stored.spare")
    folder = damaged(large, tmp_path, lambda sections: [sections[name][0] + 100 for name in names])

    assert {id for fault in check(folder).faults for id in fault.ids or ()} == set(wanted(range(400)))
    assert not salvage(folder).records


def test_a_bad_byte_in_a_record_loses_its_neighbours_at_most(large: Path, tmp_path: Path) -> None:
    folder = damaged(large, tmp_path, lambda sections: [sections["stored.data"][0] + 20_000])
    saved = salvage(folder)

    assert 0 < len(saved.lost) <= 8
    assert saved.records == {name: text for name, text in wanted(range(400)).items() if name not in saved.lost}


def damaged(index: Path, folder: Path, places: Callable[[dict[str, tuple[int, int, int, str]]], list[int]]) -> Path:
    """A copy of an index with bits flipped at some places of its segment."""
    with Store.open(index) as store:
        sections = store.segments[0].container.sections
    for path in index.iterdir():
        data = bytearray(path.read_bytes())
        for place in places(sections) if path.suffix == ".seg" else ():
            data[place] ^= 1
        (folder / path.name).write_bytes(data)
    return folder


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=6000), max_size=30), st.sampled_from([None, b"", b"a dictionary"]))
def test_whatever_is_packed_is_unpacked(
    tmp_path_factory: pytest.TempPathFactory, given_records: list[bytes], dictionary: bytes | None
) -> None:
    packer = Packer(dictionary)
    for one in given_records:
        packer.add(one)
    path = tmp_path_factory.mktemp("packed") / "000001.seg"
    write(path, arrays(given_records, packer))
    segment = Segment(Container(path), path.name)

    assert [segment.stored(doc) for doc in range(len(given_records))] == given_records
    segment.close()


def arrays(given_records: list[bytes], packer: Packer) -> SegmentArrays:
    """A segment with records and nothing else."""
    none = np.zeros(len(given_records), "u1")
    ids = [str(n) for n in range(len(given_records))]
    return SegmentArrays(ids, packer.finish(), Lengths((none, none, none)), SentenceArrays(none, none[:0], none[:0]))


def test_hostile_sections_end_in_an_error_and_in_bounded_memory(large: Path, tmp_path: Path) -> None:
    """Numbers changed with the checksums made right again, as an attacker would."""
    chance = random.Random(5)
    with Store.open(large) as store:
        sections = {n: s for n, s in store.segments[0].container.sections.items() if n.startswith("stored.")}
    for n in range(120):
        name = chance.choice(sorted(sections))
        start, length, _, _ = sections[name]
        place = start + chance.randrange(max(length, 1))
        folder = tmp_path / str(n)
        folder.mkdir()
        damaged(large, folder, lambda _, place=place: [place])  # type: ignore[misc]
        container = Container(next(folder.glob("*.seg")))
        data = container.section(name).cast("B")
        container.sections[name] = (*sections[name][:2], zlib.crc32(data), sections[name][3])
        segment = Segment(container, "x")
        for doc in range(0, 400, 7):
            try:
                assert len(segment.stored(doc)) <= 1 << 20
            except IndexDamaged:
                continue
