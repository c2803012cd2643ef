"""Every quality gate that needs nothing but the project: `python -m bench.quality.gates`. Exits with 1 if one fails."""

from __future__ import annotations

import os
import sys

from bench.quality import corpus, ranking


def main() -> int:
    """Run the gates one after the other."""
    os.chdir(ranking.ROOT)  # ids of articles without a stated one are paths from there
    return max(corpus.main(), ranking.main(["--gate"]))


if __name__ == "__main__":
    sys.exit(main())
