"""How a query was understood, and what of it an article matches: `morgue explain` for reading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from morgue.render.reports import paint
from morgue.render.safe import line

if TYPE_CHECKING:
    from morgue.json_types import ClauseReport, Explanation, TermReport

_BOLD, _DIM, _GREEN, _RED = "1", "2", "32", "31"
_SPELLINGS_SHOWN = 8


def write_explanation(found: Explanation, out: TextIO, *, color: bool) -> None:
    """Write `found`, the result of `Archive.explain`, to `out`, with colours if `color`."""

    def heading(text: str) -> str:
        return paint(text, _BOLD, color=color)

    out.write(f"{heading('Understood as')}  {line(found['parsed'])}\n")
    out.writelines(f"  {_outlined(row)}\n" for row in found["tree"])
    if found["terms"]:
        out.write(f"{heading('Words')}\n")
        out.writelines(f"  {row}\n" for row in _terms(found["terms"], color))
    for notice in found["notices"]:
        hint = f"; {line(notice['hint'])}" if notice["hint"] else ""
        out.write(f"{heading('Note')}  {line(notice['message'])}{hint}\n")
    out.write(f"{heading('Matches')}  {_articles(found['total'])}\n")
    if "id" not in found:
        return
    out.write(f"\n{heading(line(found['id']))}  {_verdict(found)}\n")
    out.writelines(f"  {row}\n" for row in _clauses(found["clauses"], color))
    for change in found["relaxations"]:
        out.write(f"{heading('Would match')}  {line(change['query'])}  ")
        out.write(f"({line(change['what'])}; {_articles(change['total'])})\n")


def _outlined(row: str) -> str:
    """Return a line of the outline with its indentation."""
    return row[: len(row) - len(row.lstrip())] + line(row)


def _articles(count: int) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}"


def _terms(terms: Iterable[TermReport], color: bool) -> Iterable[str]:
    """Yield a line for each word: what it is looked up as, or spellings of a pattern, and how many articles have it."""
    for term in terms:
        word = line(term["word"])
        detail = ""
        if "key" in term:
            # `key:fr` is the key in French articles
            keys = [key for key in term["key"].split("|") if ":" not in key]
            if keys and keys[0] != word.lower().rpartition(":")[2].lstrip("="):
                detail = f"looked up as {line(keys[0])}"
        else:
            shown = [line(text) for text in term["spellings"][:_SPELLINGS_SHOWN]]
            more = term["fitting"] - len(shown)
            detail = ", ".join(shown) + (f" and {more:,} more" if more > 0 else "")
            if term["used"] < term["fitting"]:
                detail += f"; {term['used']:,} of {term['fitting']:,} are searched"
        about = paint(f"  {detail}", _DIM, color=color) if detail else ""
        yield f"{word}  in {_articles(term['df'])}{about}"


def _verdict(found: Explanation) -> str:
    if found["matched"]:
        return f"matches, score {found['score']:.4f}"
    if found["hidden"]:
        return "is left out: canceled, withheld or embargoed (--include-canceled)"
    failing = ", ".join(line(name) for name in found["failing"])
    return f"does not match because of {failing}" if failing else "does not match"


def _clauses(clauses: Iterable[ClauseReport], color: bool) -> Iterable[str]:
    """Yield a line for each clause: ✓ it holds, ✗ it fails, – it is optional and does not match."""
    excluded: list[int] = []  # depths of the NOTs around a clause
    for clause in clauses:
        depth = clause["depth"]
        while excluded and excluded[-1] >= depth:
            excluded.pop()
        wanted = not len(excluded) % 2
        if clause["matched"]:
            sign = paint("✓", _GREEN, color=color) if wanted else paint("✗", _RED, color=color)
        else:
            sign = paint("✗", _RED, color=color) if wanted and not clause["optional"] else "–"
        if clause["excluded"]:
            excluded.append(depth)
        score = f"  {clause['score']:.4f}" if clause["score"] else ""
        yield f"{'  ' * depth}{sign} {line(clause['clause'])}{score}{paint(_share(clause), _DIM, color=color)}"


def _share(clause: ClauseReport) -> str:
    """Return the factors of a word's score (formula: docs/decisions)."""
    if not clause["score"] or not clause["occurrences"]:
        return ""
    times = f"{clause['occurrences']:,} time{'' if clause['occurrences'] == 1 else 's'}"
    length = f"length {clause['length']:,.0f}, average {clause['average']:,.0f}"
    return f"  {times}, weight {clause['tf']:.3g}, idf {clause['idf']:.3g}, {length}"
