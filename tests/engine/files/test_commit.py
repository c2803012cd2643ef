"""Readers see whole commits, whatever a writer does meanwhile."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from morgue.engine.files.commit import Store
from morgue.engine.write.writer import Writer
from morgue.index.document import TEXT, Document
from support.stores import located


def document(name: str, text: str) -> Document:
    return Document(name, "Head", f"{text} body", "en", {}, {"source": ("x",)}, {"words": 2}, text.encode())


def test_readers_see_whole_commits_while_a_writer_merges(tmp_path: Path) -> None:
    """Each batch replaces all articles and gives all the same word: a reader must find that word in all or none."""
    names = [str(n) for n in range(5)]
    with Writer(tmp_path) as writer:
        for name in names:
            writer.add(document(name, "w0"))
    done, seen, problems = threading.Event(), set(), []

    def read() -> None:
        held = Store.open(tmp_path)
        while not done.is_set():
            with Store.open(tmp_path) as fresh:
                held.refresh()
                for store in (held, fresh):
                    records = [s.stored(doc) for s in store.segments for doc in range(s.doc_count) if s.alive(doc)]
                    if len(records) != 5 or len(set(records)) != 1:
                        problems.append(records)
                    seen.add(records[0])

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    with Writer(tmp_path) as writer:
        for batch in range(1, 60):
            for name in names:
                writer.add(document(name, f"w{batch}"))
            if batch % 9 == 0:
                writer.optimize()
            writer.commit()
    done.set()
    for reader in readers:
        reader.join()
    assert not problems
    assert len(seen) > 3


def test_a_commit_that_lands_while_the_index_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from morgue.engine.files import commit as module

    with Writer(tmp_path) as writer:
        writer.add(document("1", "one"))
    real, calls = module.open_segment, []

    def slow(*args: object, **kwargs: object) -> object:
        if not calls:
            calls.append(1)
            with Writer(tmp_path) as writer:
                writer.add(document("1", "two"))
        return real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "open_segment", slow)
    with Store.open(tmp_path) as store:
        segment, doc = located(store, "1") or pytest.fail("not found")
        assert segment.stored(doc) == b"two"


def test_an_old_generation_stays_readable(tmp_path: Path) -> None:
    with Writer(tmp_path) as writer:
        writer.add(document("1", "one"))
    with Store.open(tmp_path) as old:
        with Writer(tmp_path) as writer:
            writer.add(document("1", "two"))
            writer.optimize()
        segment, doc = located(old, "1") or pytest.fail("not found")
        assert segment.stored(doc) == b"one"
        assert segment.entry(TEXT, "one")
        assert old.refresh()
        assert not old.refresh()
        segment, doc = located(old, "1") or pytest.fail("not found")
        assert segment.stored(doc) == b"two"
