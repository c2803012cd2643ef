"""Measure ranking on judged queries: the sample archive's own, and public sets where they are at hand.

    python -m bench.quality.ranking [--shared ../shared] [--pin]

Prints average precision and nDCG@10 of the defaults and of --expand. With --gate only the sample archive is measured;
exits with 1 when a figure falls below its floor (`floors.json`). `--pin` writes the present figures as floors.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from morgue import Archive, IngestOptions, ingest
from morgue.quality.evaluation import DEPTH, evaluate, make_run, read_qrels, read_queries

ROOT = Path(__file__).resolve().parents[2]
FLOORS = Path(__file__).with_name("floors.json")
MEASURES = ("AP", "nDCG@10")
PUBLIC = ("time", "cranfield", "cisi")
_TOLERANCE = 0.005


def figures(source: str, queries: Path, qrels: Path, pool: frozenset[str] | None = None) -> dict[str, float]:
    """Return `AP`, `nDCG@10`, and the same with expansion (`expand AP` …) for articles and judged queries.

    pool: the articles that were there when the queries were judged; others are left out of the answers, as nobody has
    said whether they are relevant. None: all.
    """
    judged = read_qrels(qrels)
    asked = {name: text for name, text in read_queries(queries).items() if name in judged}
    judged = {name: judged[name] for name in asked}
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        ingest([source], folder, IngestOptions(modified="never", jobs=1))
        with Archive.open(folder) as archive:
            for label, expand in (("", False), ("expand ", True)):

                def answer(text: str, expand: bool = expand) -> list[tuple[str, float]]:
                    hits = archive.run(text, limit=DEPTH, expand=expand, unpublished=True)
                    return [hit for hit in hits if pool is None or hit[0] in pool]

                run = make_run(asked, answer)
                scores = evaluate(run, judged, MEASURES)
                found.update({label + name: value for name, value in scores.mean.items()})
    return found


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder with data/judged")
    parser.add_argument("--gate", action="store_true", help="the sample archive alone")
    parser.add_argument("--pin", action="store_true", help="write the figures of the sample archive as floors")
    given = parser.parse_args(arguments)
    judged = ROOT / "corpus" / "judged"
    pool = frozenset((judged / "articles.txt").read_text("utf-8").splitlines())
    rows = {"corpus": figures("corpus", judged / "queries.tsv", judged / "qrels.tsv", pool)}
    public = given.shared / "data" / "judged"
    if not given.gate and public.is_dir():
        for name in PUBLIC:
            files = (public / f"{name}.queries.tsv", public / f"{name}.qrels.tsv")
            rows[name] = figures(str(public / f"{name}.jsonl"), *files)
    names = list(rows["corpus"])
    print("\t".join(["set", *names]))
    for name, row in rows.items():
        print("\t".join([name, *(f"{row[measure]:.4f}" for measure in names)]))
    floors = json.loads(FLOORS.read_text("utf-8"))
    if given.pin:
        floors["ranking"] = {name: round(value, 4) for name, value in rows["corpus"].items()}
        FLOORS.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n", "utf-8")
        return 0
    below = [
        f"{name}: {rows['corpus'][name]:.4f} is below its floor of {floor:.4f}"
        for name, floor in floors.get("ranking", {}).items()
        if rows["corpus"][name] < floor - _TOLERANCE
    ]
    for line in below:
        print(line, file=sys.stderr)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
