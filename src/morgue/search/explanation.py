"""The report of `morgue explain`: a query as understood, its terms in the index, and each clause for one article."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from morgue import query
from morgue.errors import UsageError
from morgue.model import SearchOptions
from morgue.query import tree as t
from morgue.search.request import compile_query, filtered

if TYPE_CHECKING:
    from morgue.index.protocol import IndexReader
    from morgue.index.values import Clause
    from morgue.json_types import ClauseReport, Explanation, RelaxationReport, TermReport
    from morgue.search.request import Request

_MAX_SPELLINGS = 12  # shown for a pattern
_MAX_TRIED = 100  # relaxations
_MAX_SHOWN = 3  # relaxations


def explain(snapshot: IndexReader, text: str, identity: str | None, options: SearchOptions) -> Explanation:
    """Return the report that `Archive.explain` documents.

    Args:
        snapshot: the index. text: the query. identity: id of an article to explain as well, or None.
        options: filters, zone, syntax.

    Raises:
        QueryError: the query cannot be understood.
        UsageError: a filter is invalid, or no article has the id.
    """
    request = compile_query(snapshot, text, options)
    zone = options.tz or None
    total = snapshot.count(request.tree)
    notices = (*request.notices, *request.closing_notices(snapshot, total, options))
    found: Explanation = {
        "query": text,
        "parsed": request.shown,
        "tree": query.outline(request.core, tz=zone),
        "terms": [_term(snapshot, node) for node in dict.fromkeys(t.terms(request.core))],
        "total": total,
        "notices": [
            {"code": n.code, "message": n.message, "hint": n.hint, "start": n.start, "end": n.end} for n in notices
        ],
    }
    if identity is None:
        return found
    number = snapshot.docnum(identity)
    if number is None:
        raise UsageError(f"no such article: {identity!r}", hint="morgue search -l lists ids")
    # Statuses hidden by default are reported as `hidden`, not as clauses, as they were not typed.
    clause = snapshot.explain(filtered(request.core, request.filters), number)
    hidden = request.hidden is not None and snapshot.explain(request.hidden, number).matched
    return {
        **found,
        "id": identity,
        "matched": clause.matched and not hidden,
        "hidden": hidden,
        "score": clause.score,
        "clauses": list(_clauses(clause, 0)),
        "failing": [failed.name for failed in clause.failing()],
        "relaxations": [] if clause.matched else list(_relaxations(snapshot, request, number, zone)),
    }


def _term(snapshot: IndexReader, node: t.Word | t.Pattern) -> TermReport:
    from morgue import analysis

    term: TermReport = {"field": node.field, "word": query.to_text(node), "df": snapshot.df(node)}
    if isinstance(node, t.Word):
        term["key"] = analysis.fold(node.text) if node.exact else _key(snapshot, node)
        return term
    spellings, cut = snapshot.expand(node, _MAX_SPELLINGS)
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


def _clauses(clause: Clause, depth: int) -> Iterator[ClauseReport]:
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


def _relaxations(snapshot: IndexReader, request: Request, number: int, zone: str | None) -> Iterator[RelaxationReport]:
    """The smallest changes to a query that would make an article match."""
    from morgue.query.relax import relaxations

    given = 0
    for change in islice(relaxations(request.core, tz=zone), _MAX_TRIED):
        if snapshot.explain(filtered(change.tree, request.filters), number).matched:
            yield {
                "query": query.to_text(change.tree, tz=zone),
                "what": change.what,
                "total": snapshot.count(request.whole(change.tree)),
            }
            given += 1
            if given == _MAX_SHOWN:
                return
