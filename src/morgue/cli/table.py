"""The commands by name, each with its line of help, in the order of help. Their modules are imported when run."""

from __future__ import annotations

from importlib import import_module

from morgue.cli.declaration import Command

# Heading in help -> command -> what it does, in one line.
GROUPS: dict[str, dict[str, str]] = {
    "Add articles": {
        "ingest": "Read files and folders into the archive.",
        "parse": "Print what ingest would store, as JSON Lines; no archive needed.",
        "formats": "List input formats.",
        "import": "Add articles from an export.",
    },
    "Search": {
        "search": "Find articles and show matching passages.",
        "show": "Print whole articles.",
        "count": "Count matching articles.",
        "facets": "Count matching articles by person, place, source or time.",
        "similar": "Find articles similar to an article or file.",
        "dupes": "List duplicate articles: copies and versions of a story.",
        "suggest": "Complete a word, byline or place.",
        "saved": "Manage saved queries.",
        "match": "Match new articles against saved queries.",
        "explain": "Explain a query, and why an article matches or not.",
        "translate": "Translate a query to another query syntax.",
    },
    "Evaluate search quality": {
        "eval": "Measure search quality on judged queries.",
        "tune": "Search for better ranking settings.",
    },
    "Maintain the archive": {
        "stats": "Show archive statistics.",
        "export": "Export articles as JSON Lines, without loss.",
        "delete": "Delete articles from the archive.",
        "check": "Check the archive for damage.",
        "repair": "Rebuild a damaged or outdated archive from its stored articles.",
        "optimize": "Merge the archive's segments.",
        "config": "Show settings and where each is set.",
        "help": "Show help for a command.",
    },
}
COMMANDS: dict[str, str] = {name: text for group in GROUPS.values() for name, text in group.items()}

# Keywords and built-in names of Python -> name of the module and function.
_RESERVED = {"import": "import_", "eval": "eval_", "help": "help_"}


def load(name: str) -> Command:
    """Import the module of a command and return the command."""
    home = _RESERVED.get(name, name)
    return Command(name, getattr(import_module(f"morgue.cli.commands.{home}"), home))
