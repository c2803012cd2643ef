"""Write tests/golden/query_corpus.txt anew: `PYTHONPATH=tests python -m support.update_query_corpus`,
from the project's root.

The queries stay; the articles under each are found by scanning the sample archive with the reference matcher, never by
asking the index. Read the difference before you commit it: it is to be explained by what changed in the readers or in
the archive.
"""

from __future__ import annotations

from pathlib import Path

from morgue import IngestOptions, parse
from morgue.model import Article
from morgue.query import ParseOptions
from morgue.query import parse as parse_query
from morgue.schema import document
from support.query_strategies import NOW
from support.reference import Reference

TABLE = Path("tests") / "golden" / "query_corpus.txt"


def main() -> None:
    """Scan the archive for every query of the table."""
    articles = [found for found in parse(["corpus"], IngestOptions()) if isinstance(found, Article)]
    scans = {article.id.removeprefix("corpus/"): Reference(document(article)) for article in articles}
    out: list[str] = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            continue
        out.append(line)
        if line and not line.startswith("# "):
            tree = parse_query(line, options=ParseOptions(tz="UTC", now=NOW)).tree
            out.extend(f"    {identity}" for identity in sorted(scans) if scans[identity].matches(tree))
    TABLE.write_text("\n".join(out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
