"""Every flipped byte and every cut is found; a damaged index never ends in anything but IndexDamaged."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import zlib
from pathlib import Path

import pytest

from morgue.engine.files import manifest, toc
from morgue.engine.files.check import check, salvage
from morgue.engine.files.commit import Store
from morgue.engine.write.writer import Writer
from morgue.errors import IndexDamaged, IndexProblem, IndexTooNew
from morgue.index.document import FIELDS, Document


def document(n: int, text: str = "") -> Document:
    body = text or f"Report {n} of the committee.\n\nOil prices rose {n} pct. Mr. Kim said so.\n\nThe end of it."
    return Document(
        f"id-{n}", f"Headline {n}", body, "en", {"byline": ("Kim Lee", f"P. {n}"), "source": ("Desk",)},
        {"location": ("Nara", f"Town {n % 3}"), "source": ("Desk",)}, {"words": n, "from": 10**9 + n},
        json.dumps({"id": f"id-{n}", "body": body}).encode(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of two segments, with deletions in the first."""
    folder = tmp_path_factory.mktemp("whole")
    with Writer(folder) as writer:
        for n in range(40):
            writer.add(document(n))
    with Writer(folder) as writer:
        for n in range(35, 45):
            writer.add(document(n, "Changed. Oil again, and \u2014 caf\u00e9."))
        writer.delete("id-3")
    return folder


def read_everything(folder: Path) -> int:
    """Touch whatever a search may touch; return how many articles were read."""
    with Store.open(folder) as store:
        store.zone_totals()
        read = 0
        for segment in store.segments:
            for doc in range(segment.doc_count):
                segment.stored(doc), segment.structure(doc), segment.find(segment.id(doc))
                read += segment.alive(doc)
                for column in segment.values.values():
                    [column.display(n) for n in column.of(doc)]
                for numbers in segment.numbers.values():
                    numbers.get(doc)
            for numbers in segment.numbers.values():
                numbers.between(3, 10**9 + 7)
            for column in segment.values.values():
                column.find("nara"), column.prefix("to"), list(column.values()), column.having()
            for field in FIELDS:
                segment.field_lengths(field), segment.field_total(field), segment.surfaces(field)
                segment.entry(field, "oil"), segment.terms(field, [0] if field in segment.fields else [])
                for entry in segment.entries(field):
                    postings = segment.postings(entry)
                    segment.forms(entry), segment.cf(entry), postings.all_positions(), postings.all_forms()
                    postings.blocks(), postings.escapes(), postings.packed()
                    for place in range(len(postings)):
                        postings.positions(place), postings.forms(place), postings.counts(place)
        return read


def damage(index: Path, folder: Path, name: str, data: bytes) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(index, folder)
    (folder / name).write_bytes(data)
    return folder


def files(index: Path) -> list[str]:
    return sorted(path.name for path in index.iterdir() if path.name != "morgue.lock")


def contents(index: Path) -> list[str]:
    """The files that only Whoosh reads, of the last two commits."""
    return [name for name in files(index) if toc.NAME.fullmatch(name)]


def test_a_whole_index_has_no_faults(index: Path) -> None:
    assert len(files(index)) == 4 + len(contents(index))
    report = check(index)
    assert (report.faults, report.articles, report.segments, report.generation) == ([], 44, 2, 2)
    assert check(index, fast=True).ok
    assert read_everything(index) == 44
    saved = salvage(index)
    assert (sorted(saved.records), saved.lost) == (sorted(f"id-{n}" for n in range(45) if n != 3), [])


def test_flipped_bytes_are_found_and_harmless(index: Path, tmp_path: Path) -> None:
    draw = random.Random(11)
    for name in files(index):
        whole = (index / name).read_bytes()
        for _ in range(100):
            at = draw.randrange(len(whole))
            data = bytearray(whole)
            data[at] ^= 1 << draw.randrange(8)
            folder = damage(index, tmp_path / "x", name, bytes(data))
            assert not check(folder).ok, (name, at)
            with contextlib.suppress(IndexDamaged, IndexTooNew):
                read_everything(folder)
            salvage(folder)


def test_cuts_are_found_and_harmless(index: Path, tmp_path: Path) -> None:
    for name in files(index):
        whole = (index / name).read_bytes()
        for size in {
            n for n in (0, 1, 7, 15, 16, 17, 40, len(whole) // 2, len(whole) - 25, len(whole) - 1) if n < len(whole)
        }:
            folder = damage(index, tmp_path / "x", name, whole[:size])
            assert not check(folder, fast=True).ok, (name, size)
            with contextlib.nullcontext() if name in contents(index) else pytest.raises(IndexProblem):
                assert read_everything(folder) == 44
            salvage(folder)
        folder = damage(index, tmp_path / "x", name, whole + b"\0")
        assert not check(folder, fast=True).ok


def test_missing_files_are_named(index: Path, tmp_path: Path) -> None:
    for name in set(files(index)) - set(contents(index)):
        folder = damage(index, tmp_path / "x", name, b"")
        (folder / name).unlink()
        assert [fault.file for fault in check(folder).faults] == [name]
        with pytest.raises(IndexDamaged, match=name):
            Store.open(folder)


def rewritten(index: Path, folder: Path, change) -> Path:  # type: ignore[no-untyped-def]
    """A copy whose commit record was changed and given a right checksum, as an attacker would."""
    content = json.loads((index / manifest.NAME).read_bytes())
    del content["checksum"]
    change(content)
    content["checksum"] = zlib.crc32(json.dumps(content, indent=1, sort_keys=True).encode() + b"\n")
    return damage(index, folder, manifest.NAME, json.dumps(content, indent=1, sort_keys=True).encode() + b"\n")


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c["segments"][0].update(name="../000001.seg"),
        lambda c: c["segments"][0].update(name="/etc/passwd"),
        lambda c: c["segments"][0].update(name="000002.seg"),
        lambda c: c["segments"][0].update(docs=10**12),
        lambda c: c["segments"][0].update(docs=39),
        lambda c: c["segments"][0]["deletions"].update(name="../../x.del"),
        lambda c: c["segments"][0]["deletions"].update(more=1),
        lambda c: c.update(segments={}, generation=[]),
        lambda c: c.update(format="something else"),
        lambda c: c.update(segments=[[[[]]]]),
    ],
)
def test_a_hostile_commit_record(index: Path, tmp_path: Path, change) -> None:  # type: ignore[no-untyped-def]
    folder = rewritten(index, tmp_path / "x", change)
    with pytest.raises(IndexDamaged):
        Store.open(folder)
    assert not check(folder).ok


def test_an_index_of_a_later_morgue(index: Path, tmp_path: Path) -> None:
    folder = rewritten(index, tmp_path / "x", lambda c: c.update(version=manifest.VERSION + 1))
    with pytest.raises(IndexTooNew, match="later morgue"):
        Store.open(folder)


def test_hostile_numbers_in_a_segment(index: Path, tmp_path: Path) -> None:
    """Random numbers in every section, behind right checksums: wrong answers at worst, IndexDamaged, nothing else."""
    import struct

    draw = random.Random(5)
    name = "000001.seg"
    whole = (index / name).read_bytes()
    offset, length = struct.unpack_from("<QI", whole, len(whole) - 24)
    table = json.loads(whole[offset : offset + length])
    for section, (start, size, _, kind) in table["sections"].items():
        for _ in range(4):
            data = bytearray(whole)
            for _ in range(draw.choice([1, 3, 50])):
                if size:
                    data[start + draw.randrange(size)] = draw.choice([0, 1, 255, draw.randrange(256)])
            crc = zlib.crc32(data[start : start + size])
            changed = table | {"sections": table["sections"] | {section: [start, size, crc, kind]}}
            text = json.dumps(changed, separators=(",", ":")).encode()
            data[offset:] = text + struct.pack("<QII8s", offset, len(text), zlib.crc32(text), b"MORGUEND")

            def trust(content: dict, size: int = len(data), crc: int = zlib.crc32(text)) -> None:  # type: ignore[type-arg]
                content["segments"][0].update(size=size, checksum=crc)

            folder = rewritten(index, tmp_path / "x", trust)
            (folder / name).write_bytes(data)
            with contextlib.suppress(IndexDamaged):
                read_everything(folder)
            check(folder)


def test_what_a_fault_says(index: Path, tmp_path: Path) -> None:
    name = "000001.seg"
    data = bytearray((index / name).read_bytes())
    at = data.index(b"id-7id-8")
    data[at] ^= 1
    [fault, *more] = check(damage(index, tmp_path / "x", name, bytes(data))).faults
    assert (fault.file, fault.what) == (name, "damaged: section id.text")
    assert any("cannot be found by its id" in fault.what for fault in more)


def test_damaged_records_are_named_and_the_rest_is_saved(index: Path, tmp_path: Path) -> None:
    with Store.open(index) as store:
        start = store.segments[0].container.sections["stored.data"][0]
    data = bytearray((index / "000001.seg").read_bytes())
    data[start + 40] ^= 1
    folder = damage(index, tmp_path / "x", "000001.seg", bytes(data))
    lost = {f"id-{n}" for n in range(35) if n != 3}
    assert lost == {id for fault in check(folder).faults for id in fault.ids or ()}
    saved = salvage(folder)
    assert set(saved.lost) == lost
    assert set(saved.records) == {f"id-{n}" for n in range(35, 45)}


@pytest.mark.parametrize("name", ["morgue.json", "000001-2.del"])
def test_articles_are_saved_without_the_small_files(index: Path, tmp_path: Path, name: str) -> None:
    saved = salvage(damage(index, tmp_path / "x", name, b"garbage"))
    assert {f"id-{n}" for n in range(45) if n != 3} <= set(saved.records)
    assert saved.records["id-40"] == document(40, "Changed. Oil again, and \u2014 caf\u00e9.").stored


def test_articles_are_saved_without_the_last_table_of_contents(index: Path, tmp_path: Path) -> None:
    data = bytearray((index / "000001.seg").read_bytes())
    data[-100] ^= 1
    folder = damage(index, tmp_path / "x", "000001.seg", bytes(data))
    assert not check(folder, fast=True).ok
    assert len(salvage(folder).records) == 44


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders there")
@pytest.mark.parametrize("name", ["morgue.json", "000001.seg", "000001-2.del"])
def test_links_and_pipes_are_not_followed(index: Path, tmp_path: Path, name: str) -> None:
    folder = damage(index, tmp_path / "x", name, b"")
    for make in (lambda path: path.symlink_to(index / name), os.mkfifo):
        (folder / name).unlink()
        make(folder / name)
        with pytest.raises(IndexDamaged, match="not an ordinary file"):
            Store.open(folder)
        assert not check(folder, fast=True).ok
        salvage(folder)
