"""Search quality by judged queries: measures, runs, and whether one setting is really better than another.

The measures come from ir-measures (the extra `morgue[eval]`); files are read in TREC form and in BEIR form.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from morgue import analysis
from morgue.errors import UsageError

if TYPE_CHECKING:
    from morgue.query.tree import Node

Run = dict[str, list[tuple[str, float]]]  # query id -> (document id, score), best first
Qrels = dict[str, dict[str, int]]  # query id -> document id -> grade

MEASURES = ("nDCG@10", "AP", "RR", "P@10", "R@100")
DEPTH = 1000  # hits per query of a run
_NAMES = {"map": "AP", "mrr": "RR", "ndcg": "nDCG", "recall": "R", "precision": "P"}
_ROUNDS = 100_000  # trials of the randomisation test


@dataclass(frozen=True, slots=True)
class Scores:
    """Measures of a run: by query id and in the mean over all judged queries (one without hits counts as 0)."""

    by_query: Mapping[str, Mapping[str, float]]
    mean: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure in two runs.

    Attributes:
        first, second: the means. p: two-sided p-value of the paired randomisation test.
        changed: (query id, first, second) of the queries that changed, most first.
    """

    measure: str
    first: float
    second: float
    p: float
    changed: tuple[tuple[str, float, float], ...]


def read_queries(path: Path) -> dict[str, str]:
    """Read queries: `id<TAB>text` lines (TREC), or JSON Lines with `_id` and `text` (BEIR).

    Raises:
        UsageError: a line is neither.
    """
    queries: dict[str, str] = {}
    for number, line in _lines(path):
        if line.lstrip().startswith("{"):
            try:
                row = json.loads(line)
                identity, text = str(row.get("_id", row.get("id"))), str(row["text"])
            except (ValueError, KeyError) as error:
                raise UsageError(f"{path}:{number}: no query: {error}") from None
        else:
            identity, tab, text = line.partition("\t")
            if not tab:
                raise UsageError(f"{path}:{number}: no tab between id and query")
        queries[identity.strip()] = text.strip()
    return queries


def read_qrels(path: Path) -> Qrels:
    """Read judgements: `query 0 document grade` (TREC), or `query-id corpus-id score` under a header (BEIR).

    Raises:
        UsageError: a line is neither.
    """
    qrels: Qrels = {}
    for number, line in _lines(path):
        parts = line.split("\t") if "\t" in line else line.split()
        if len(parts) == 3 and number == 1 and not _is_int(parts[2]):
            continue  # the header of BEIR's form
        if len(parts) == 4:
            query, document, grade = parts[0], parts[2], parts[3]
        elif len(parts) == 3:
            query, document, grade = parts
        else:
            raise UsageError(f"{path}:{number}: {len(parts)} columns; TREC has 4, BEIR 3")
        if not _is_int(grade):
            raise UsageError(f"{path}:{number}: invalid grade {grade!r}: expected a whole number")
        qrels.setdefault(query.strip(), {})[document.strip()] = int(grade)
    return qrels


def read_run(path: Path) -> Run:
    """Read a TREC run file: `query Q0 document rank score tag`.

    Raises:
        UsageError: a line is not of that form.
    """
    run: Run = {}
    for number, line in _lines(path):
        parts = line.split()
        try:
            query, _, document, _, score, _ = parts
            run.setdefault(query, []).append((document, float(score)))
        except ValueError:
            raise UsageError(
                f"{path}:{number}: invalid TREC run line: expected query Q0 document rank score tag"
            ) from None
    return run


def write_run(run: Run) -> str:
    """Return a run in TREC form."""
    return "".join(
        f"{query} Q0 {document.replace(' ', '_')} {rank} {score:.6f} morgue\n"
        for query, hits in run.items()
        for rank, (document, score) in enumerate(hits, 1)
    )


def evaluate(run: Run, qrels: Qrels, measures: Sequence[str] = MEASURES) -> Scores:
    """Return the measures of a run over the queries that `qrels` judge.

    Args:
        measures: names as ir-measures writes them: `nDCG@10`, `AP`, `RR`, `P@5`, `R@100` (MAP and MRR are taken
            for AP and RR).

    Raises:
        UsageError: a measure is unknown, or the extra is not installed.
    """
    ir = _ir_measures()
    parsed = [_measure(ir, name) for name in measures]
    judged = [ir.Qrel(q, d, grade) for q, grades in qrels.items() for d, grade in grades.items()]
    # Equal scores keep the order that was shown: measures see ranks, not the ties of another tool.
    scored = [ir.ScoredDoc(q, d, -float(rank)) for q, hits in run.items() for rank, (d, _) in enumerate(hits)]
    by_query: dict[str, dict[str, float]] = {query: {} for query in qrels}
    for metric in ir.iter_calc(parsed, judged, scored):
        by_query.setdefault(metric.query_id, {})[str(metric.measure)] = metric.value
    names = [str(measure) for measure in parsed]
    for values in by_query.values():
        for name in names:
            values.setdefault(name, 0.0)
    count = max(len(by_query), 1)
    mean = {name: sum(values[name] for values in by_query.values()) / count for name in names}
    return Scores(by_query, mean)


def _measure(ir: ModuleType, name: str) -> object:
    """The measure of a name. (ir-measures has a parser of its own, which uses what Python 3.14 removed.)"""
    found = re.fullmatch(r"([A-Za-z]+)(?:@([1-9]\d{0,5}))?", name.strip())
    measure = getattr(ir, _NAMES.get(found[1].lower(), found[1]), None) if found else None
    if not isinstance(measure, ir.measures.Measure):
        raise UsageError(f"unknown measure {name!r}", hint=f"for example {', '.join(MEASURES)}")
    return measure @ int(found[2]) if found and found[2] else measure


def compare(first: Scores, second: Scores, measure: str, *, rounds: int = _ROUNDS) -> Comparison:
    """Compare two runs, `first` and `second`, in one measure, query by query.

    The p-value is that of the paired randomisation test (Fisher; Smucker, Allan & Carterette 2007): how often
    swapping the two values of random queries, in `rounds` trials, gives a difference of means at least as large as the
    one seen.
    """
    import numpy as np

    queries = sorted(first.by_query)
    pairs = [(q, first.by_query[q][measure], second.by_query[q][measure]) for q in queries]
    differences = np.array([b - a for _, a, b in pairs])
    seen = abs(differences.sum())
    random = np.random.Generator(np.random.PCG64(1))
    as_large = 0
    for start in range(0, rounds, 10_000):
        signs = random.integers(0, 2, (min(10_000, rounds - start), len(pairs))) * 2 - 1
        as_large += int((np.abs(signs @ differences) >= seen - 1e-12).sum())
    changed = sorted((pair for pair in pairs if pair[1] != pair[2]), key=lambda pair: -abs(pair[2] - pair[1]))
    return Comparison(measure, first.mean[measure], second.mean[measure], (as_large + 1) / (rounds + 1), tuple(changed))


def bag(text: str) -> Node:
    """Return a text as plain words joined by OR, stop words left out unless there is nothing else."""
    from morgue.query import tree as t
    from morgue.query.words import is_stop

    words = analysis.surfaces(text)
    content = [word for word in words if not is_stop(word)] or words
    nodes = tuple(t.Word(word) for word in content)
    return t.Or(nodes) if nodes else t.Nothing()


def make_run(queries: Mapping[str, str], search: Callable[[str], Sequence[tuple[str, float]]]) -> Run:
    """Return the run of a search function (text -> (document id, score), best first) over queries."""
    return {identity: list(search(text)) for identity, text in queries.items()}


def _ir_measures() -> ModuleType:
    try:
        import ir_measures
    except ImportError:
        raise UsageError("measuring search quality needs ir-measures", hint="pip install 'morgue[eval]'") from None
    return ir_measures


def _lines(path: Path) -> list[tuple[int, str]]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path}: {error}") from None
    return [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def _is_int(text: str) -> bool:
    return re.fullmatch(r"\s*-?\d+\s*", text) is not None
