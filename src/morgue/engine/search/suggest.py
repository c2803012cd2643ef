"""The words of an index: completions, and words that are spelled like one that finds nothing."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from morgue import analysis
from morgue.engine.files.segment import Segment
from morgue.engine.search.bm25f import home
from morgue.engine.search.patterns import like

_MAX_SUGGEST_SECONDS = 0.5  # of `similar`
_MAX_COMPLETIONS_READ = 20_000  # words or values per segment that begin with a prefix


def similar(segments: Sequence[Segment], field: str, word: str, limit: int = 8) -> list[tuple[str, int]]:
    """Return up to `limit` words of `field` in `segments` spelled like `word`, with the number of articles of each.

    Each is spelled as printed most often. Two letters may differ (one in words of three or four letters, none in
    shorter ones); swapped neighbours count once. Best first: the fewest differences, then the most articles. Words with
    the key of `word` are left out.
    """
    folded = analysis.fold(word)
    distance = 0 if len(folded) < 3 else 1 if len(folded) < 5 else 2
    index_field = home(field)
    own = analysis.key(word, stem=index_field == "text")
    dfs: Counter[str] = Counter()
    shown: dict[str, str] = {}
    until = time.monotonic() + _MAX_SUGGEST_SECONDS
    for segment in segments if distance else ():
        surfaces = segment.surfaces(index_field)
        seen = set()
        for index in like(surfaces.text, surfaces.words, folded, distance, 0, len(surfaces.words)):
            entry = segment.terms(index_field, (surfaces.ordinals[index],))[0]
            if (
                entry.key.partition(analysis.LANGUAGE_MARK)[0] == own
                or entry.ordinal in seen
                or time.monotonic() > until
            ):
                continue
            # One spelling per term: the misprints of a common word are not suggested.
            seen.add(entry.ordinal)
            printed = segment.forms(entry)[0]
            spelled = analysis.fold(printed)
            dfs[spelled] += entry.df
            shown.setdefault(spelled, printed)
    ranked = sorted((_differences(folded, spelled), -df, spelled) for spelled, df in dfs.items())
    return [(shown[spelled], -df) for differences, df, spelled in ranked if differences <= distance][:limit]


def _differences(one: str, other: str) -> int:
    """Return the edit distance, swapped neighbours counting once (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j - 1] + (a != b), before[j] + 1, row[j - 1] + 1)
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


def complete_word(segments: Sequence[Segment], field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
    """Return up to `limit` words of `field` in `segments` that begin with `prefix`, and their number of articles.

    One spelling per term, most frequent first.
    """
    folded = analysis.fold(prefix)
    index_field = home(field)
    dfs: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for segment in segments:
        surfaces = segment.surfaces(index_field)
        low = bisect_left(surfaces.words, folded)
        high = bisect_left(surfaces.words, folded + chr(0x10FFFF), low)
        ordinals = surfaces.ordinals[low : min(high, low + _MAX_COMPLETIONS_READ)]
        for entry in segment.terms(index_field, ordinals):
            dfs[entry.key] += entry.df
            if entry.key not in shown:
                forms = segment.forms(entry)
                shown[entry.key] = next((f for f in forms if analysis.fold(f).startswith(folded)), forms[0])
    ranked = sorted(dfs.items(), key=lambda item: (-item[1], item[0]))[:limit]
    return [(shown[key], df) for key, df in ranked]


def complete_value(segments: Sequence[Segment], column: str, prefix: str, limit: int) -> list[tuple[str, int]]:
    """Return up to `limit` values of `column` in `segments` that begin with `prefix`, and their number of articles.

    Most frequent first.
    """
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for segment in segments:
        values = segment.values.get(column)
        if values is None:
            continue
        for number in values.prefix(prefix)[:_MAX_COMPLETIONS_READ]:
            name = values.folded(number)
            counts[name] += len(values.docs(number))
            shown.setdefault(name, values.display(number))
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]
    return [(shown[name], count) for name, count in ranked]
