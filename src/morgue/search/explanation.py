"""Why a query finds what it finds: as understood, its words in the index, and clause by clause for one article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields, is_dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from morgue import query
from morgue.errors import UsageError
from morgue.model import SearchOptions
from morgue.query import tree as t
from morgue.search.request import ask, filtered

if TYPE_CHECKING:
    from morgue.index.protocol import IndexReader
    from morgue.index.values import Clause
    from morgue.search.request import Asked

_SPELLINGS = 12
_TRIED, _GIVEN = 100, 3  # relaxations tried and told


def explain(snapshot: IndexReader, text: str, identity: str | None, options: SearchOptions) -> Mapping[str, Any]:
    """Return what `Archive.explain` promises."""
    asked = ask(snapshot, text, options)
    zone = options.tz or None
    total = snapshot.count(asked.tree)
    found: dict[str, Any] = {
        "query": text,
        "parsed": asked.shown,
        "tree": query.outline(asked.core, tz=zone),
        "terms": [_term(snapshot, node) for node in _leaves(asked.core)],
        "total": total,
        "notices": [asdict(notice) for notice in (*asked.notices, *asked.closing_notices(snapshot, total, options))],
    }
    if identity is None:
        return found
    number = snapshot.docnum(identity)
    if number is None:
        raise UsageError(f"there is no article {identity!r}", hint="morgue search -l lists ids")
    # What is left out unasked is told in a sentence, not as clauses that nobody wrote.
    clause = snapshot.explain(filtered(asked.core, asked.filters), number)
    hidden = asked.hidden is not None and snapshot.explain(asked.hidden, number).matched
    found.update(
        id=identity,
        matched=clause.matched and not hidden,
        hidden=hidden,
        score=clause.score,
        clauses=list(_clauses(clause, 0)),
        failing=[failed.name for failed in clause.failing()],
        relaxations=[] if clause.matched else list(_relaxations(snapshot, asked, number, zone)),
    )
    return found


def _leaves(node: Any) -> Iterator[t.Word | t.Pattern]:
    """The words and patterns of a tree, each once."""
    seen: set[t.Word | t.Pattern] = set()

    def walk(node: Any) -> Iterator[t.Word | t.Pattern]:
        if isinstance(node, t.Word | t.Pattern):
            if node not in seen:
                seen.add(node)
                yield node
            return
        for attribute in fields(node):
            value = getattr(node, attribute.name)
            for child in value if isinstance(value, tuple) else (value,):
                if is_dataclass(child):
                    yield from walk(child)

    yield from walk(node)


def _term(snapshot: IndexReader, node: t.Word | t.Pattern) -> dict[str, Any]:
    from morgue import analysis

    term: dict[str, Any] = {"field": node.field, "word": query.to_text(node), "df": snapshot.df(node)}
    if isinstance(node, t.Word):
        term["key"] = analysis.fold(node.text) if node.exact else _key(snapshot, node)
        return term
    spellings, cut = snapshot.expand(node, _SPELLINGS)
    term["spellings"] = [spelling.text for spelling in spellings]
    fitting, used = snapshot.expansions(node)
    term["fitting"], term["used"] = fitting, used
    term["more"] = cut or fitting > len(spellings)
    return term


def _key(snapshot: IndexReader, node: t.Word) -> str:
    from morgue import analysis
    from morgue.index.document import SMALL_FIELDS

    if node.field in SMALL_FIELDS:
        return analysis.key(node.text, stem=False)
    keys = (analysis.key(node.text, language) for language in snapshot.languages())
    return "|".join(dict.fromkeys(key.replace(analysis.LANGUAGE_MARK, ":") for key in keys))


def _clauses(clause: Clause, depth: int) -> Iterator[dict[str, Any]]:
    yield {
        "clause": clause.name,
        "depth": depth,
        "matched": clause.matched,
        "score": clause.score,
        "optional": clause.optional,
        "excluded": clause.excluded,
        "df": clause.df or None,
        "idf": clause.idf or None,
        "occurrences": clause.occurrences or None,
        "tf": clause.tf or None,
        "length": clause.length or None,
        "average": clause.average or None,
    }
    for child in clause.children:
        yield from _clauses(child, depth + 1)


def _relaxations(snapshot: IndexReader, asked: Asked, number: int, zone: str | None) -> Iterator[dict[str, Any]]:
    """The smallest changes to a query that would make an article match."""
    from morgue.query.relax import relaxations

    given = 0
    for change in islice(relaxations(asked.core, tz=zone), _TRIED):
        if snapshot.explain(filtered(change.tree, asked.filters), number).matched:
            yield {
                "query": query.to_text(change.tree, tz=zone),
                "what": change.what,
                "total": snapshot.count(asked.whole(change.tree)),
            }
            given += 1
            if given == _GIVEN:
                return
