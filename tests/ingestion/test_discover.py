"""Which files are meant: walks, globs, ignore files, loops, sidecars, modification times."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from morgue.ingestion.discover import Source, find, meaningful_times
from morgue.model import Rejected


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("a.txt", "b.xml", ".hidden.txt", "sub/c.txt", "sub/.git/d.txt", "sub/deep/e.json", "f.txt.meta.json"):
        path = tmp_path / "tree" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "tree"


def names(*paths: str, **options: tuple[str, ...]) -> list[str]:
    return [
        found.path.replace(os.sep, "/") if isinstance(found, Source) else f"{found.path}: {found.why}"
        for found in find(paths, **options)
    ]


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(
    ("paths", "options", "expected"),
    [
        (["tree"], {}, ["tree/a.txt", "tree/b.xml", "tree/f.txt.meta.json", "tree/sub/c.txt", "tree/sub/deep/e.json"]),
        (["./tree//", "tree"], {"include": ("*.txt",)}, ["tree/a.txt", "tree/sub/c.txt"]),
        (["tree"], {"include": ("sub/*",)}, ["tree/sub/c.txt", "tree/sub/deep/e.json"]),
        (["tree"], {"exclude": ("sub", "*.json")}, ["tree/a.txt", "tree/b.xml"]),
        (
            ["tree"],
            {"exclude": ("sub/deep/",), "include": ("*.json", "c*")},
            ["tree/f.txt.meta.json", "tree/sub/c.txt"],
        ),
        (["tree/.hidden.txt"], {}, ["tree/.hidden.txt"]),
        (["tree/b.xml"], {"include": ("*.txt",)}, ["tree/b.xml"]),
        (["tree/a.txt", "tree/../tree/a.txt"], {}, ["tree/a.txt"]),
        (["nowhere"], {}, ["nowhere: no such file or folder"]),
    ],
)
def test_finds(paths: list[str], options: dict[str, tuple[str, ...]], expected: list[str]) -> None:
    assert names(*paths, **options) == expected


def test_an_ignore_file_counts_for_its_folder_and_below(tree: Path) -> None:
    (tree / "sub" / ".morgueignore").write_text("# notes\nc.*\ndeep/\n")

    assert names("tree") == ["tree/a.txt", "tree/b.xml", "tree/f.txt.meta.json"]


def test_a_sidecar_is_not_an_article(tree: Path) -> None:
    (tree / "f.txt").write_text("story")

    assert "tree/f.txt.meta.json" not in names("tree")


@pytest.mark.parametrize("path", ["tree", "tree/f.txt"])
def test_a_file_has_its_sidecar(tree: Path, path: str) -> None:
    (tree / "f.txt").write_text("story")

    sidecars = {source.path: source.sidecar for source in find([path, "tree/a.txt"]) if isinstance(source, Source)}

    assert sidecars[os.path.join("tree", "f.txt")] == os.path.join("tree", "f.txt.meta.json")
    assert sidecars[os.path.join("tree", "a.txt")] == ""


def test_a_folder_that_holds_an_index_is_passed_over(tree: Path) -> None:
    (tree / "sub" / "morgue.json").write_text("{}")

    assert names("tree", include=("*.txt", "*.json")) == ["tree/a.txt", "tree/f.txt.meta.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs the right to make links")
def test_a_loop_of_links_ends_and_a_file_reached_twice_counts_once(tree: Path) -> None:
    (tree / "sub" / "loop").symlink_to(tree, target_is_directory=True)
    (tree / "z.txt").symlink_to(tree / "a.txt")

    assert names("tree", include=("*.txt",)) == ["tree/a.txt", "tree/sub/c.txt"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_folder_without_permission_is_a_rejection(tree: Path) -> None:
    (tree / "sub").chmod(0)
    try:
        assert "tree/sub: no permission to read it" in names("tree")
    finally:
        (tree / "sub").chmod(0o755)


def test_a_dangling_link_is_a_rejection(tree: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("needs the right to make links")
    (tree / "gone.txt").symlink_to(tree / "nothing")

    found = [item for item in find(["tree"]) if isinstance(item, Rejected)]

    assert found == [Rejected(os.path.join("tree", "gone.txt"), 0, "no such file or folder")]


@pytest.mark.parametrize(
    ("times", "meaningful"),
    [
        ([0], True),  # nothing to compare with, and long ago
        ([0, 9_950_000], False),  # one of them may have just been saved
        ([0, 1, 2], False),  # unpacked at once
        ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9_999_999], True),  # nine in ten is not more than nine in ten
        ([*range(20), 9_999_999], False),
        ([0, 90_000, 180_000], True),  # one a day
    ],
)
def test_times_mean_something_unless_they_cluster(times: list[int], meaningful: bool) -> None:
    sources = [Source(str(time), str(time), 1, float(time)) for time in times]

    assert meaningful_times(sources, now=10_000_000.0) is meaningful
