"""Several processes make the same index as one."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from morgue.engine import writer as module
from morgue.engine.check import check
from morgue.engine.document import Document
from morgue.engine.store import Store, exists
from morgue.engine.writer import Writer
from morgue.errors import IndexProblem


def documents() -> list[Document]:
    """Three hundred documents under two hundred ids."""
    return [
        Document(
            f"id-{n % 200}", f"Head {n % 13}", f"Words{n % 7} of text {n}.\n\n" + "More. " * (n % 5), "en",
            {"byline": (f"Kim {n % 3}",)}, {"source": (f"S{n % 4}",)}, {"words": n}, b"%d" % n,
        )
        for n in range(300)
    ]  # fmt: skip


def contents(folder: Path) -> dict[str, object]:
    """What an index answers, whatever its segments: postings by id, records, columns, sums that scores are made of."""
    found: dict[str, object] = {}
    with Store.open(folder) as store:
        for segment in store.segments:
            for doc in range(segment.doc_count):
                if segment.alive(doc):
                    words, source = segment.numbers["words"], segment.values["source"]
                    values = [source.display(n) for n in source.of(doc)]
                    found[segment.id(doc)] = segment.stored(doc), words.get(doc), values, segment.structure(doc)
            for field in segment.fields:
                for entry in segment.entries(field):
                    postings, forms = segment.postings(entry), segment.forms(entry)
                    for place, doc in enumerate(postings.docs):
                        if segment.alive(doc):
                            printed = [forms[form] for form in postings.forms(place)]
                            found[f"{field}:{entry.key}:{segment.id(doc)}"] = postings.positions(place), printed
        found["*"] = store.doc_count, store.total_count, store.zone_totals(), store.field_total("byline")
    return found


@pytest.mark.parametrize("memory", [1 << 28, 100_000])
def test_results_are_those_of_one_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory: int) -> None:
    monkeypatch.setattr(module, "ALONE", 20)
    for jobs in (1, 3):
        with Writer(tmp_path / str(jobs), jobs=jobs, memory=memory) as writer:
            for document in documents():
                writer.add(document)
            assert writer.delete("id-5")
            writer.commit()
            for document in documents()[250:]:
                writer.add(document)
            writer.delete("id-77")
        assert check(tmp_path / str(jobs)).ok
    # Sums count the deleted until segments are merged, as in any index; the rest is the same at once.
    assert contents(tmp_path / "1") | {"*": 0} == contents(tmp_path / "3") | {"*": 0}
    for jobs in (1, 3):
        with Writer(tmp_path / str(jobs)) as writer:
            writer.optimize()
    assert contents(tmp_path / "1") == contents(tmp_path / "3")
    assert len(list((tmp_path / "3").glob("*-*-*"))) == 0


def test_a_killed_process_is_noticed_and_nothing_committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ALONE", 1)
    writer = Writer(tmp_path, jobs=2)
    for document in documents():
        writer.add(document)
    os.kill(writer._workers[1]._process.pid, signal.SIGTERM)
    with pytest.raises(IndexProblem, match="ended unexpectedly"):
        writer.commit()
    writer.cancel()
    assert not exists(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"morgue.lock"}


def test_a_problem_in_a_process_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ALONE", 1)
    writer = Writer(tmp_path, jobs=2)
    for document in documents()[:5]:
        writer.add(document._replace(body=3) if document.id == "id-3" else document)  # type: ignore[arg-type]
    with pytest.raises(IndexProblem, match="indexing failed: AttributeError"):
        writer.commit()
    writer.cancel()
    assert not exists(tmp_path)
