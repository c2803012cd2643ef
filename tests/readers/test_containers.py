"""Compressed files and archives: members by name, tricks refused, damage survived, bombs stopped."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morgue.model import Draft, Rejected
from morgue.readers import ReadOptions, read_stream

LINES = b"".join(b'{"title": "A%d", "text": "B"}\n' % n for n in range(3))
ONE = b'{\n"title": "One",\n"text": "T"\n}'


class Pipe(io.RawIOBase):
    """A stream that cannot seek and gives little at a time."""

    def __init__(self, data: bytes) -> None:
        self.inner = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.inner.read(min(len(buffer), 700))
        buffer[: len(data)] = data
        return len(data)


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link.json")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return out.getvalue()


def read(data: bytes, name: str, **options: Any) -> list[tuple[str, int, str]]:
    """(path, record, headline or reason), the same from a file and from a pipe."""
    both = []
    for stream in (io.BytesIO(data), io.BufferedReader(Pipe(data))):
        items = list(read_stream(stream, name, ReadOptions(**options)))
        both.append([(i.path, i.record, i.why if isinstance(i, Rejected) else i.headline[0].value) for i in items])
    assert both[0] == both[1]
    return both[0]


THREE = [("a.gz", 1, "A0"), ("a.gz", 2, "A1"), ("a.gz", 3, "A2")]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_compressed_files_keep_their_own_name(pack: Any) -> None:
    assert read(pack(LINES), "a.gz") == THREE


def test_several_gzip_members_and_padding_are_one_file() -> None:
    data = gzip.compress(LINES[:60]) + gzip.compress(LINES[60:]) + b"\0" * 40

    assert read(data, "a.gz") == THREE


@pytest.mark.parametrize(
    "data",
    [
        zipped({"x.jsonl": LINES, "d/y": ONE, "d/": b"", "__MACOSX/z": b"x", ".hidden/q": b"x"}),
        zipped({"x.jsonl": LINES, "d/y": ONE}, zipfile.ZIP_STORED),
        zipped({"x.jsonl": LINES, "d/y": ONE}, zipfile.ZIP_LZMA),
        tarred({"x.jsonl": LINES, "d/y": ONE}),
        tarred({"x.jsonl": LINES, "d/y": ONE}, "w:gz"),
        tarred({"./x.jsonl": LINES, "./d/y": ONE}, "w:xz"),
    ],
)
def test_members_are_read_as_files(data: bytes) -> None:
    assert read(data, "n.bin") == [
        ("n.bin!/x.jsonl", 1, "A0"),
        ("n.bin!/x.jsonl", 2, "A1"),
        ("n.bin!/x.jsonl", 3, "A2"),
        ("n.bin!/d/y", 0, "One"),
    ]


def test_archives_nest_to_a_small_depth() -> None:
    inner = zipped({"y": ONE})
    assert read(tarred({"in.zip": inner}, "w:gz"), "o.tgz") == [("o.tgz!/in.zip!/y", 0, "One")]

    for _ in range(7):
        inner = zipped({"n.zip": inner})
    (found,) = read(inner, "o.zip")
    assert found[2] == "archives are nested more than 6 deep"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../up.json", "its path points outside the archive"),
        ("a/../../up.json", "its path points outside the archive"),
        ("a\\..\\up.json", "its path points outside the archive"),
        ("/etc/passwd", "its path in the archive is absolute"),
        ("C:/x.json", "its path in the archive is absolute"),
        ("a\x1b[31m.json", "its name in the archive holds control characters"),
    ],
)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_path_tricks_are_refused(pack: Any, name: str, why: str) -> None:
    found = read(pack({name: ONE, "good.json": ONE}), "a.bin")

    assert [reason for _, _, reason in found] == [why, "One"]
    assert all(path.isprintable() for path, _, _ in found)


BOMB = b'{"title": "' + b"0" * 40_000_000 + b'"}'


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_bomb_is_refused_by_its_ratio(pack: Any) -> None:
    (found,) = read(pack(BOMB), "b")

    assert found[2] == "unpacks to more than 250 times its size: refused as a bomb"


def test_a_bomb_in_an_archive_does_not_keep_the_others_out() -> None:
    found = read(zipped({"b": BOMB, "good.json": ONE}), "a.zip")

    assert [text for _, _, text in found] == ["unpacks to more than 250 times its size: refused as a bomb", "One"]


def test_limits_on_members_and_total_size() -> None:
    many = zipped({f"{n}.json": ONE for n in range(6)})
    assert read(many, "a.zip", max_members=2)[-1] == ("a.zip", 0, "holds more than 2 files: the rest was not read")
    assert (
        read(gzip.compress(LINES * 90), "a.gz", max_total=200)[-1][2] == "unpacks to more than the limit of 200 bytes"
    )


def test_the_records_before_the_damage_are_kept() -> None:
    assert read(gzip.compress(LINES)[:-6], "a.gz") == [
        *THREE,
        ("a.gz", 4, "compressed data is cut short after 87 bytes"),
    ]
    assert read(gzip.compress(LINES) + b"garbage!", "a.gz")[:3] == THREE


def test_an_archive_cut_short_keeps_its_good_members() -> None:
    data = zipped({"a.json": ONE, "b.json": ONE, "c.jsonl": LINES})
    found = read(data[:-40], "z.zip")

    assert [text for _, _, text in found] == [
        "the archive's directory is damaged (File is not a zip file): its files are read one by one",
        "One",
        "One",
        "A0",
        "A1",
        "A2",
    ]


def test_an_encrypted_member_is_told() -> None:
    data = bytearray(zipped({"a.json": ONE}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = data.index(mark) + (6 if mark == b"PK\x03\x04" else 8)
        data[at] |= 1

    ((_, _, why),) = read(bytes(data), "z.zip")
    assert "encrypted" in why


PACKED = [
    zipped({"a.json": ONE, "c.jsonl": LINES}),
    zipped({"a.json": ONE, "c.jsonl": LINES}, zipfile.ZIP_STORED),
    tarred({"a.json": ONE, "c.jsonl": LINES}),
    gzip.compress(LINES),
    bz2.compress(LINES),
    lzma.compress(LINES),
    tarred({"a.json": ONE}, "w:gz"),
]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PACKED), st.data())
def test_no_mutation_makes_it_raise(data: bytes, draw: st.DataObject) -> None:
    cut = draw.draw(st.integers(0, len(data)))
    flips = draw.draw(st.lists(st.tuples(st.integers(0, max(cut - 1, 0)), st.integers(0, 255)), max_size=4))
    mutated = bytearray(data[:cut])
    for at, value in flips:
        if at < len(mutated):
            mutated[at] = value

    items = list(read_stream(io.BytesIO(bytes(mutated)), "x", ReadOptions()))
    assert all(isinstance(item, Draft | Rejected) for item in items)
