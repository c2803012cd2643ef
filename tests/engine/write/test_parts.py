"""Parts of texts are numbered as `str.split` and a dictionary would; words of many parts are those of each."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from morgue import analysis
from morgue.engine.write.parts import Parts, code_points

_PIECES = st.one_of(
    st.sampled_from([
        "a", "aa", "said", "said,", "\0", "a\0", "\0a", "internationally", "internationalise", "internationalises",
        "x" * 16, "x" * 17, "y" * 60, "café", "“Yes.”", "don’t", "don't", "U.S.", "16s", "漢字", "\ud800", "\U000fcf54",
    ]),
    st.text(max_size=20),
    st.text(alphabet="ab", max_size=18),
)  # fmt: skip
_SPACES = st.sampled_from([" ", "  ", "\n\n", "\t", "\x1c", "\x85", "\u00a0", "\u2003", "\u3000", ""])
_TEXTS = st.lists(st.tuples(_PIECES, _SPACES), max_size=12).map(lambda pairs: "".join(a + b for a, b in pairs))


@settings(deadline=None)
@given(st.lists(_TEXTS, max_size=8))
@example(["\u3000 ", "", "a", "a\0 a"])
def test_parts_are_numbered_as_they_come(texts: list[str]) -> None:
    parts = Parts()
    known: dict[str, int] = {}
    count = 0
    for text in texts:
        numbers, new = [], []
        for part in text.split():
            if part not in known:
                new.append(part)
                if len(part) <= 40:  # longer ones are not remembered
                    known[part] = count
                numbers.append(count)
                count += 1
            else:
                numbers.append(known[part])
        found = parts.numbers(text, code_points(text))
        assert found.numbers.tolist() == numbers
        assert parts.new == new
        parts.new.clear()
        for part, start in zip(text.split(), found.starts.tolist(), strict=True):
            assert text.startswith(part, start)
            assert not text[max(0, start - 1) : start].strip()


def number(parts: Parts, words: list[str]) -> list[int]:
    text = " ".join(words)
    return parts.numbers(text, code_points(text)).numbers.tolist()


def test_a_table_grows_without_forgetting() -> None:
    parts = Parts()
    words = [f"{number:x}" for number in range(30_000)]
    for begin in range(0, len(words), 7_000):
        number(parts, words[begin : begin + 7_000])
    assert parts.count == len(words)
    assert number(parts, words[::-1]) == list(reversed(range(len(words))))


_WORDLY = st.text(alphabet=st.characters(exclude_categories=["Zs", "Zl", "Zp", "Cc", "Cs"]), max_size=12)
_PARTS = st.one_of(_PIECES.filter(lambda part: "\n" not in part), _WORDLY)


@settings(deadline=None)
@given(st.lists(_PARTS, max_size=12))
@example([])
@example(["", ""])
def test_words_of_many_parts_are_those_of_each(parts: list[str]) -> None:
    words, counts = analysis.surfaces_each(parts)
    each = [analysis.surfaces(part) for part in parts]
    assert counts == [len(found) for found in each]
    assert words == [word for found in each for word in found]
    folds = [analysis.fold(word) for word in words]
    assert analysis.fold_each(words) == folds
    for language, stem in (("en", True), ("", True), ("fr", True), ("de", True), ("xx", True), ("en", False)):
        keys = [analysis.key_of_folded(fold, language, stem) for fold in folds]
        assert analysis.keys_of_folded(folds, language, stem) == keys
