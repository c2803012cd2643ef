"""What is added is what is read: terms, positions, forms, columns, records; in one segment, in several, merged."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from morgue import analysis
from morgue.engine.files.commit import Store
from morgue.engine.files.postings import MANY
from morgue.engine.files.segment import Segment
from morgue.engine.sentences import outline
from morgue.engine.write import merge
from morgue.engine.write.writer import Writer
from morgue.index.document import SMALL_FIELDS, TEXT, Document, body_start, lead_end
from morgue.query.tree import HEADLINE_GAP
from support.stores import located

WORDS = [
    "report", "Reports", "REPORT", "reported", "oil", "Oil's", "U.S.", "1,000", "don’t", "AT&T", "Café", "東京都", "ﷺ",
    "naïve", "16s", "—", "...", "x\u200by", "Straße", "İstanbul", "\ud800", "a" * 300, "ไทย", "end.", "Mr.", '"Yes."',
]  # fmt: skip
words = st.one_of(st.sampled_from(WORDS), st.text(max_size=8))
spaces = st.sampled_from([" ", "  ", "\n", "\u00a0", "\u3000", "\t"])


@st.composite
def texts(draw: st.DrawFn, most: int = 12) -> str:
    return "".join(word + draw(spaces) for word in draw(st.lists(words, max_size=most))).strip()


@st.composite
def documents(draw: st.DrawFn) -> Document:
    values = st.lists(st.sampled_from(["Nara", "NARA", "Oslo", "straße", "STRASSE", "", "\n", "\ud800"]), max_size=3)
    numbers = st.integers(-(2**63) + 1, 2**63 - 1) | st.integers(0, 3)
    return Document(
        id=draw(st.sampled_from([f"n{i}" for i in range(30)]) | st.text(max_size=5)),
        headline=draw(texts(5)),
        body="\n\n".join(draw(st.lists(texts(), max_size=4))),
        language=draw(st.sampled_from(["", "en", "de", "tlh"])),
        texts={
            name: tuple(draw(st.lists(texts(3), max_size=2))) for name in draw(st.sets(st.sampled_from(SMALL_FIELDS)))
        },
        values={name: tuple(draw(values)) for name in draw(st.sets(st.sampled_from(["location", "path", "country"])))},
        numbers={name: draw(numbers) for name in draw(st.sets(st.sampled_from(["words", "from"])))},
        stored=draw(st.binary(max_size=40)),
    )


def latest(batch: list[Document]) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for document in batch:
        found.pop(document.id, None)
        found[document.id] = document
    return found


def numbered(document: Document) -> dict[str, list[tuple[str, int, int]]]:
    """The words of each field with position and zone, straight from the docstring of query/tree.py."""
    found = defaultdict(list)
    headline = analysis_words(document.headline)
    found[TEXT] = [(word, n, 0) for n, word in enumerate(headline)]
    position = len(headline) + HEADLINE_GAP
    for index, paragraph in enumerate(document.body.split("\n\n") if document.body else ()):
        for word in analysis_words(paragraph):
            found[TEXT].append((word, position, 1 if index < 2 else 2))
            position += 1
        position += 1
    for field, values in document.texts.items():
        position = 0
        for value in values:
            for word in analysis_words(value):
                found[field].append((word, position, 2))
                position += 1
            position += HEADLINE_GAP
    return found


def analysis_words(text: str) -> list[str]:
    return [word for part in text.split() for word in analysis.surfaces(part)]


def expected(held: dict[str, Document]) -> dict[tuple[str, str], dict[str, list[tuple[int, int, str]]]]:
    """(field, key) -> id -> (position, zone, surface) of each occurrence."""
    index: dict[tuple[str, str], dict[str, list[tuple[int, int, str]]]] = defaultdict(lambda: defaultdict(list))
    for document in held.values():
        for field, found in numbered(document).items():
            language = document.language if field == TEXT else ""
            for word, position, zone in found:
                key = analysis.key(word, language, stem=field == TEXT)
                index[field, key][document.id].append((position, zone, word))
    return {term: dict(postings) for term, postings in index.items()}


def read_terms(store: Store) -> dict[tuple[str, str], dict[str, list[tuple[int, int, str]]]]:
    """The same, out of the index, checking what the reader offers in several ways against itself."""
    found: dict[tuple[str, str], dict[str, list[tuple[int, int, str]]]] = defaultdict(dict)
    for segment in store.segments:
        for field in segment.fields:
            keys = []
            for entry in segment.entries(field):
                keys.append(entry.key)
                assert segment.entry(field, entry.key) == entry
                postings, forms = segment.postings(entry), segment.forms(entry)
                assert len(postings) == entry.df
                assert list(postings.docs) == sorted(set(postings.docs))
                starts, positions, codes = postings.starts(), postings.all_positions(), postings.all_forms()
                assert segment.cf(entry) == len(positions) == len(codes) == starts[-1]
                for index, doc in enumerate(postings.docs):
                    mine = segment.postings(entry)  # without the starts of the others
                    assert list(mine.positions(index)) == positions[starts[index] : starts[index + 1]]
                    assert list(mine.forms(index)) == codes[starts[index] : starts[index + 1]]
                    if segment.alive(doc):
                        found[field, entry.key][segment.id(doc)] = occurrences(
                            segment, field, postings, index, doc, forms
                        )
            assert keys == sorted(set(keys))
    return {term: postings for term, postings in found.items() if postings}


def occurrences(segment: Segment, field: str, postings, index: int, doc: int, forms) -> list[tuple[int, int, str]]:  # type: ignore[no-untyped-def]
    headline, lead = segment.zone_lengths[0][doc], segment.zone_lengths[1][doc]
    counts, out = [0, 0, 0], []
    for position, form in zip(postings.positions(index), postings.forms(index), strict=True):
        zone = 2
        if field == TEXT:
            zone = 0 if position < headline else 1 if position < lead_end(headline, lead) else 2
        counts[zone] += 1
        out.append((position, zone, forms[form]))
    assert postings.counts(index) == tuple(counts)
    block = next(b for b in postings.blocks() if b.start <= index < b.end)
    assert all(min(c, MANY) <= m for c, m in zip(counts, block.most, strict=True))
    assert all(lengths[doc] >= least for lengths, least in zip(segment.zone_lengths, block.least, strict=True))
    return out


def same_spellings(terms: dict[tuple[str, str], dict[str, list[tuple[int, int, str]]]], store: Store) -> None:
    wanted = {(f, k, analysis.fold(w)) for (f, k), p in terms.items() for found in p.values() for _, _, w in found}
    found = set()
    for segment in store.segments:
        for field in segment.fields:
            surfaces = segment.surfaces(field)
            assert surfaces.words == sorted(surfaces.words)
            for word, ordinal in zip(surfaces.words, surfaces.ordinals, strict=True):
                [entry] = segment.terms(field, [ordinal])
                found.add((field, entry.key, word))
    assert wanted <= found


def check_documents(held: dict[str, Document], store: Store) -> None:
    assert store.doc_count == len(held)
    for document in held.values():
        place = located(store, document.id)
        assert place is not None
        segment, doc = place
        assert segment.id(doc) == document.id
        assert segment.stored(doc) == document.stored
        for name in ("words", "from"):
            column = segment.numbers.get(name)
            assert (column.get(doc) if column else None) == document.numbers.get(name)
        for name in ("location", "path", "country"):
            check_values(segment, doc, name, document.values.get(name, ()))
        check_structure(segment, doc, document)
        for field in SMALL_FIELDS:
            lengths = segment.field_lengths(field)
            assert (lengths[doc] if lengths else 0) == len(numbered(document)[field])
    for segment in store.segments:
        check_columns(segment)


def check_values(segment: Segment, doc: int, name: str, values: tuple[str, ...]) -> None:
    column = segment.values.get(name)
    fold = str if name == "path" else str.casefold
    wanted = list(dict.fromkeys(map(fold, values)))
    if column is None:
        assert not wanted
        return
    assert [column.folded(n) for n in column.of(doc)] == wanted
    for value in values:
        number = column.find(value if name == "path" else value.upper())
        if value.upper().casefold() == value.casefold():
            assert doc in list(column.docs(number))
    assert (doc in column.having()) == bool(wanted)


def check_structure(segment: Segment, doc: int, document: Document) -> None:
    found = segment.structure(doc)
    position, offset = body_start(len(analysis_words(document.headline))), 0
    wanted = []
    for paragraph in document.body.split("\n\n") if document.body else ():
        starts = outline(paragraph)[0] or [0]
        for start, end in zip(starts, [*starts[1:], None], strict=True):
            wanted.append((position, offset + start, start == 0))
            position += len(analysis_words(paragraph[start:end]))
        position += 1
        offset += len(paragraph) + 2
    assert list(zip(*found, strict=True)) == wanted


def check_columns(segment: Segment) -> None:
    for column in segment.numbers.values():
        values = {doc: column.get(doc) for doc in range(segment.doc_count)}
        known = {doc: value for doc, value in values.items() if value is not None}
        assert list(column.between(None, None)) == sorted(known, key=lambda d: (known[d], d))
        assert (column.minimum, column.maximum) == (min(known.values()), max(known.values()))
        for low in (0, 1, *list(known.values())[:2]):
            assert set(column.between(low, low + 2)) == {d for d, v in known.items() if low <= v <= low + 2}
    for values_of in segment.values.values():
        listed = list(values_of.values())
        assert [len(values_of.docs(n)) for n in range(len(values_of))] == [count for _, count in listed]
        folded = [values_of.folded(n) for n in range(len(values_of))]
        assert folded == sorted(set(folded))
        for prefix in ("n", "st", ""):
            assert list(values_of.prefix(prefix)) == [n for n, f in enumerate(folded) if f.startswith(prefix)]


def check(held: dict[str, Document], store: Store) -> None:
    check_documents(held, store)
    terms = read_terms(store)
    assert terms == expected(held)
    same_spellings(terms, store)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(documents(), max_size=6), min_size=1, max_size=4), st.booleans())
def test_what_is_added_is_what_is_read(batches: list[list[Document]], tiny: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        held: dict[str, Document] = {}
        for batch in batches:
            with Writer(folder, memory=1 if tiny else 1 << 28) as writer:
                for document in batch:
                    writer.add(document)
            held = latest([*held.values(), *batch])
            with Store.open(folder) as store:
                check(held, store)
        with Writer(folder) as writer:
            writer.optimize()
        with Store.open(folder) as store:
            assert len(store.segments) == bool(held)
            check(held, store)


def test_deleting(tmp_path: Path) -> None:
    make = lambda n, word: Document(str(n), "", word, "en", {}, {}, {}, b"%d" % n)  # noqa: E731
    with Writer(tmp_path) as writer:
        for n in range(10):
            writer.add(make(n, f"word{n}"))
        assert writer.delete("3")
        assert not writer.delete("3")
        assert not writer.delete("none")
    with Writer(tmp_path) as writer:
        assert writer.delete("4")
        writer.add(make(5, "again"))
        assert writer.delete("5")
        assert not writer.delete("5")
        writer.add(make(6, "again"))
    with Store.open(tmp_path) as store:
        assert sorted(id for id in map(str, range(10)) if located(store, id)) == ["0", "1", "2", "6", "7", "8", "9"]
        assert store.doc_count == 7
        entries = [(s, s.entry(TEXT, "again")) for s in store.segments]
        assert [s.live_count for s, entry in entries if entry] == [1]


@pytest.mark.parametrize("chunk", [1, 40, 1 << 22])
def test_merging_in_chunks_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr(merge, "CHUNK_OCCURRENCES", chunk)
    held = {}
    for commit in range(3):
        with Writer(tmp_path) as writer:
            for n in range(5):
                body = f"Reports of word{n} and oil.\n\nOil reported {commit}. " + "the " * (30 * n)
                document = Document(f"{n + commit}", "Oil", body, "en", {"byline": ("Kim",)}, {}, {"words": n}, b"x")
                writer.add(document)
                held[document.id] = document
    with Writer(tmp_path) as writer:
        writer.optimize()
    with Store.open(tmp_path) as store:
        check(held, store)


def test_long_articles(tmp_path: Path) -> None:
    held = {
        str(n): Document(str(n), "Head", "alpha beta " * (3000 * n) + "omega", "en", {}, {}, {}, b"") for n in range(4)
    }
    for _ in range(2):
        with Writer(tmp_path) as writer:
            for document in held.values():
                writer.add(document)
            writer.optimize()
        with Store.open(tmp_path) as store:
            check(held, store)


def test_many_spellings_of_one_word(tmp_path: Path) -> None:
    word = "abcdefghi"
    spelled = ["".join(c.upper() if n >> i & 1 else c for i, c in enumerate(word)) for n in range(400)]
    held = {
        "1": Document("1", "", " ".join(spelled), "", {}, {}, {}, b""),
        "2": Document("2", word, "", "", {}, {}, {}, b""),
    }
    with Writer(tmp_path) as writer:
        for document in held.values():
            writer.add(document)
    with Store.open(tmp_path) as store:
        check(held, store)
