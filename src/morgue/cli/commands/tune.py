"""`morgue tune`."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from morgue.cli import options as o
from morgue.cli.commands.eval_ import Qrels_, Queries
from morgue.cli.declaration import Opt
from morgue.cli.streams import Voice, is_terminal, print_json
from morgue.config import Settings
from morgue.errors import FOUND, UsageError


def tune(
    *,
    queries: Queries = "",
    qrels: Qrels_ = "",
    measure: Annotated[str, Opt("--measure", metavar="NAME", help="Measure to maximize.")] = "AP",
    folds: Annotated[int, Opt("--folds", metavar="N", minimum=2, help="Folds of the cross-validation.")] = 5,
    index: o.IndexFolder = None,
    json: o.AsJson = False,
    quiet: o.Quiet = False,
) -> int:
    """Search for better ranking settings, and report the gain on held-out queries.

    No setting is changed; pass the one found to `morgue eval`.

    Examples:
    morgue tune --queries q.tsv --qrels r.tsv --measure nDCG@10
    """
    from morgue.archive import Archive
    from morgue.cli.commands.eval_ import options_of
    from morgue.quality.evaluation import DEPTH, evaluate, make_run, read_qrels, read_queries
    from morgue.quality.tuning import Settings as Tried
    from morgue.quality.tuning import tune as search_settings

    if not queries or not qrels:
        raise UsageError("tune needs --queries FILE and --qrels FILE")
    chosen = Settings()
    voice = Voice(quiet=chosen.pick("quiet", quiet))
    judged = read_qrels(Path(qrels))
    texts = {name: text for name, text in read_queries(Path(queries)).items() if name in judged}
    if len(texts) < folds:
        raise UsageError(f"too few judged queries for {folds} folds: {len(texts)}")
    judged = {name: judged[name] for name in texts}
    lively = is_terminal(sys.stderr) and not chosen.pick("quiet", quiet)
    with Archive.open(chosen.pick("index", index)) as archive:

        def score(tried: Tried) -> Mapping[str, float]:
            options = options_of(_text(tried))
            run = make_run(texts, lambda text: archive.run(text, limit=DEPTH, **options))
            scores = evaluate(run, judged, (measure,))
            (name,) = scores.mean
            return {query: values[name] for query, values in scores.by_query.items()}

        def progress(count: int) -> None:
            if lively:
                sys.stderr.write(f"\r{count} settings tried")
                sys.stderr.flush()

        found = search_settings(score, folds=folds, progress=progress)
    if lively:
        sys.stderr.write("\r\x1b[K")
    values = {
        "measure": measure,
        "queries": len(texts),
        "tried": found.tried,
        "default": found.default,
        "best": _text(found.best) or "the defaults",
        "best_mean": found.best_mean,
        "held_out": found.held_out,
        "chosen_by_fold": [_text(setting) or "the defaults" for setting in found.chosen],
    }
    if json:
        print_json(values, indent=2)
    else:
        sys.stdout.write(
            f"defaults\t{found.default:.4f}\n"
            f"best on all queries\t{found.best_mean:.4f}\t{values['best']}\n"
            f"on queries held out\t{found.held_out:.4f}\n"
        )
    voice.say(_advice(found.default, found.best_mean, found.held_out, len(texts)))
    return FOUND


def _text(settings: tuple[tuple[str, float], ...]) -> str:
    return ",".join(f"{name}={value:g}" for name, value in settings)


def _advice(default: float, best: float, held_out: float, queries: int) -> str:
    """Return a sentence on how much of the gain in the means is over-fitting."""
    gain, lasting = best - default, held_out - default
    if gain <= 0:
        return "no setting tried is better than the defaults"
    share = f"{lasting:+.4f} on queries held out, against {gain:+.4f} on those it was chosen by"
    if lasting <= 0:
        return f"over-fitting: {share}; stay with the defaults"
    few = f"; {queries} queries are few to choose by" if queries < 50 else ""
    return f"{share}: the difference is over-fitting{few}"
