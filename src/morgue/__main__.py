"""`python -m morgue` and the `morgue` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line of this process and exit with its code."""
    from morgue.cli.start import main as start

    start(sys.argv[1:])


if __name__ == "__main__":
    main()
