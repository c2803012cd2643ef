"""A tree against an index: fields that are empty there, patterns that fit no word or too many."""

from __future__ import annotations

from morgue.query import fields
from morgue.query.options import Vocabulary
from morgue.query.problems import Reporter
from morgue.query.tree import Condition, Node, Pattern, Term, walk

_SIGNS = {"prefix": "{}*", "wildcard": "{}", "fuzzy": "{}~", "regex": "/{}/"}


def against(tree: Node, report: Reporter, vocabulary: Vocabulary) -> None:
    """Note in `report` what of the query `tree` an index with this `vocabulary` cannot answer well."""
    empty: set[str] = set()
    for node in walk(tree):
        if not isinstance(node, Term | Condition):
            continue
        if node.field not in ("text", *empty) and not vocabulary.has_field(node.field):
            empty.add(node.field)
            name = fields.BY_NAME[node.field].aliases[0] if node.field in fields.BY_NAME else node.field
            report.note("field-empty", f"no article in this index has a value for {name}", node)
        if isinstance(node, Pattern) and node.field not in empty:
            _expansion(node, report, vocabulary)


def _expansion(node: Pattern, report: Reporter, vocabulary: Vocabulary) -> None:
    fitting, used = vocabulary.expansions(node)
    typed = _SIGNS[node.kind].format(node.text)
    if fitting and not used:
        report.note("expansion-cut", f"{typed} takes too long to look up and was left out", node)
    elif not fitting:
        report.note("no-expansion", f"{typed} fits no word in this index", node)
    elif used < fitting:
        report.note(
            "expansion-cut",
            f"{typed} fits {fitting:,} words; only the {used:,} most frequent are looked for",
            node,
            "write more letters",
        )
