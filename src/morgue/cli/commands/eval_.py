"""`morgue eval`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from morgue.cli import options as o
from morgue.cli.declaration import Arg, Opt
from morgue.cli.streams import Voice, print_json
from morgue.config import Settings
from morgue.errors import FOUND, NOTHING_FOUND, UsageError

if TYPE_CHECKING:
    from morgue.archive import Archive
    from morgue.quality.evaluation import Comparison, Run, Scores

_QUERIES_SHOWN = 10  # of those that changed most

Queries = Annotated[
    str, Opt("--queries", metavar="FILE", help="Queries as id<TAB>text lines, or BEIR JSON Lines (required).")
]
Qrels_ = Annotated[str, Opt("--qrels", metavar="FILE", help="Relevance judgements in TREC or BEIR format (required).")]
Measures = Annotated[
    str | None, Opt("--measures", metavar="NAMES", help="Comma-separated measures (default: nDCG@10,AP,RR,P@10,R@100).")
]


def eval_(
    settings: Annotated[
        list[str],
        Arg(metavar="SETTING", help="Ranking settings, such as k1=1.2,b=0.4,headline=3,expand, or a TREC run file."),
    ] = [],  # noqa: B006
    *,
    queries: Queries = "",
    qrels: Qrels_ = "",
    compare: Annotated[bool, Opt("--compare", help="Compare two SETTINGs with a paired randomisation test.")] = False,
    measures: Measures = None,
    run: Annotated[
        str | None, Opt("--run", metavar="FILE", help="Write the run to FILE in TREC format (- for stdout).")
    ] = None,
    each: Annotated[bool, Opt("--each", help="Print every query, not only the mean.")] = False,
    depth: Annotated[int, Opt("--depth", metavar="N", minimum=1, help="Evaluate the first N hits per query.")] = 1000,
    index: o.IndexFolder = None,
    json: o.AsJson = False,
    quiet: o.Quiet = False,
) -> int:
    """Measure search quality on judged queries, or compare two settings.

    The words of each query are joined by OR; operators are not interpreted.

    Examples:
    morgue eval --queries q.tsv --qrels r.tsv --each
    morgue eval --queries q.tsv --qrels r.tsv --compare k1=1.2 k1=2.5,expand
    morgue eval --queries q.tsv --qrels r.tsv --run morgue.run
    """
    from morgue.archive import Archive
    from morgue.quality.evaluation import MEASURES, evaluate, read_qrels, read_queries, write_run

    if not queries or not qrels:
        raise UsageError("eval needs --queries FILE and --qrels FILE")
    if compare and len(settings) != 2:
        raise UsageError("--compare needs two settings", hint="for example: --compare k1=1.2 k1=2.5,expand")
    if not compare and len(settings) > 1:
        raise UsageError("more than one SETTING", hint="--compare A B compares two")
    chosen = Settings()
    voice = Voice(quiet=chosen.pick("quiet", quiet))
    judged = read_qrels(Path(qrels))
    texts = {name: text for name, text in read_queries(Path(queries)).items() if name in judged}
    if not texts:
        raise UsageError("no query of --queries is judged in --qrels")
    judged = {name: judged[name] for name in texts}
    names = tuple(name.strip() for name in measures.split(",")) if measures else MEASURES
    with Archive.open(chosen.pick("index", index)) as archive:
        runs = [_run(archive, setting, texts, depth) for setting in settings or [""]]
    scores = [evaluate(made, judged, names) for made in runs]
    if run and run != "-":
        Path(run).write_text(write_run(runs[0]), "utf-8")
    if run == "-":
        sys.stdout.write(write_run(runs[0]))
    elif compare:
        _compare(scores[0], scores[1], json=json)
    else:
        _report(scores[0], each=each, json=json)
    voice.say(f"{len(texts):,} judged queries")
    return FOUND if any(runs[0].values()) else NOTHING_FOUND


def options_of(setting: str) -> dict[str, Any]:
    """Return search options from a setting such as `k1=1.2,headline=3,expand,recency=30d`.

    Raises:
        UsageError: a part is not NAME=NUMBER.
    """
    found: dict[str, Any] = {"ranking": {}}
    for part in filter(None, (part.strip() for part in setting.split(","))):
        name, equals, value = part.partition("=")
        if name in ("expand", "collapse"):
            found[name] = value.lower() not in ("0", "no", "false") if equals else True
        elif name == "recency":
            found[name] = value
        else:
            try:
                found["ranking"][name] = float(value)
            except ValueError:
                raise UsageError(
                    f"invalid setting {part!r}: expected NAME=NUMBER", hint="for example k1=1.2,b=0.4,headline=3,expand"
                ) from None
    return found


def _run(archive: "Archive", setting: str, queries: dict[str, str], depth: int) -> "Run":
    from morgue.quality.evaluation import make_run, read_run

    if setting and "=" not in setting and Path(setting).is_file():
        return {name: hits for name, hits in read_run(Path(setting)).items() if name in queries}
    options = options_of(setting)
    return make_run(queries, lambda text: archive.run(text, limit=depth, **options))


def _report(scores: "Scores", *, each: bool, json: bool) -> None:
    names = list(scores.mean)
    if json:
        values: dict[str, Any] = {"queries": len(scores.by_query), "mean": dict(scores.mean)}
        if each:
            values["by_query"] = {name: dict(values_) for name, values_ in scores.by_query.items()}
        print_json(values, indent=2)
        return
    sys.stdout.write("\t".join(["query", *names]) + "\n")
    rows = [*(scores.by_query.items() if each else ()), ("mean", scores.mean)]
    for name, row in rows:
        sys.stdout.write("\t".join([name, *(f"{row[measure]:.4f}" for measure in names)]) + "\n")


def _compare(first: "Scores", second: "Scores", *, json: bool) -> None:
    from morgue.quality.evaluation import compare

    found = [compare(first, second, measure) for measure in first.mean]
    if json:
        from dataclasses import asdict

        print_json([asdict(comparison) for comparison in found], indent=2)
        return
    sys.stdout.write("measure\tA\tB\tB-A\tp\n")
    for comparison in found:
        sys.stdout.write(_line(comparison) + "\n")
    main = found[0]
    sys.stdout.write(f"\nqueries that changed most in {main.measure}\tA\tB\n")
    for name, one, other in main.changed[:_QUERIES_SHOWN]:
        sys.stdout.write(f"{name}\t{one:.4f}\t{other:.4f}\n")


def _line(found: "Comparison") -> str:
    change = found.second - found.first
    return f"{found.measure}\t{found.first:.4f}\t{found.second:.4f}\t{change:+.4f}\t{found.p:.4f}"
