"""The commands by name, each with its line of help, in the order of help. Their modules are imported when run."""

from __future__ import annotations

from importlib import import_module

from morgue.cli.declaration import Command

# Heading in help -> command -> what it does, in one line.
GROUPS: dict[str, dict[str, str]] = {
    "Fill the archive": {
        "ingest": "Read files and folders into the archive.",
        "parse": "Show what would be stored, as JSON Lines, without an archive.",
        "formats": "List the formats that are read.",
        "import": "Add an export to the archive.",
    },
    "Ask it": {
        "search": "Find articles, with the passages that match.",
        "show": "Read whole articles.",
        "count": "Tell how many articles match.",
        "facets": "Count the matches by person, place, source or time.",
        "similar": "Find articles like one.",
        "dupes": "List copies and versions of one story.",
        "suggest": "Complete a word, a byline or a place.",
        "saved": "Keep queries under a name.",
        "match": "Tell which saved queries new articles satisfy.",
        "explain": "Tell how a query is understood, and why an article matches or not.",
        "translate": "Put a query into another query language.",
    },
    "Measure it": {
        "eval": "Measure search quality by judged queries.",
        "tune": "Look for ranking settings that would do better.",
    },
    "Look after it": {
        "stats": "Tell what the archive holds.",
        "export": "Write articles out, losing nothing.",
        "delete": "Take articles out of the archive.",
        "check": "Look for damage.",
        "repair": "Rebuild a damaged or outdated archive from its stored articles.",
        "optimize": "Merge the archive's files into as few as possible.",
        "config": "Show the settings in force, and where each comes from.",
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
