"""Hits for a terminal: a heading, a line about the article, its passages with the matches marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from rich.text import Text

from morgue.model import Hit, SearchResult, Snippet
from morgue.render.as_lines import column, headline_words, relative
from morgue.render.console import console
from morgue.render.fields import cut_marks, label, text
from morgue.render.safe import line, pieces
from morgue.render.style import Style

if TYPE_CHECKING:
    from rich.console import Console

RANK = "bright_black"
DATE = "cyan"
TITLE = "bold"
PLACE = "green"
PEOPLE = "yellow"
ABOUT = "bright_black"
BAR = "bright_black"
MATCH = "bold black on yellow"
SPAN = "underline"


def write_table(result: SearchResult, out: TextIO, style: Style) -> None:
    """Write the hits of `result` to `out`: a table of the fields that `style` names, else a few lines for each hit."""
    screen = console(out, color=style.color, width=style.width, terminal=style.terminal)
    if style.fields:
        _write_columns(result, screen, style)
        return
    margin = max((len(str(hit.rank)) for hit in result.hits), default=1) + 2
    for number, hit in enumerate(result.hits):
        if number:
            screen.print()
        _write_hit(hit, screen, style, margin)


def _write_hit(hit: Hit, screen: Console, style: Style, margin: int) -> None:
    indent = " " * margin
    head = Text.assemble((f"{hit.rank:>{margin - 2}}  ", RANK))
    day = _day(hit)
    lead = Text.assemble((day, DATE), "  ") if day else Text()
    _print(screen, head, indent, lead + _title(hit), style)
    for about in _rows(_about(hit), style.width - margin):
        _print(screen, Text(indent), indent, about, style)
    for snippet in hit.snippets:
        if snippet.field != "headline":
            bar = Text.assemble(indent, ("│ ", BAR))
            _print(screen, bar, bar, _passage(hit, snippet), style)


def _print(screen: Console, first: Text, rest: Text | str, content: Text, style: Style) -> None:
    """Print wrapped text with a margin: `first` before the first line, `rest` before the others."""
    width = style.width - first.cell_len
    lines = content.wrap(screen, width) if style.width and width >= 20 else [content]
    for number, row in enumerate(lines):
        row.rstrip()
        margin = first if not number else rest if isinstance(rest, Text) else Text(rest)
        screen.print(margin + row, soft_wrap=True)


def _day(hit: Hit) -> str:
    """Return the date as far as it is known, without the time of day."""
    return line(text(hit.record.get("date"))).split("T")[0]


def _title(hit: Hit) -> Text:
    headline = hit.record.get("headline")
    if not headline:
        return Text(line(label(hit.record)) or "(no headline)", "italic")
    return marked(str(headline), headline_words(hit), TITLE)


def _about(hit: Hit) -> list[tuple[str, str]]:
    """Return status, place, credit, source, id and copies, as far as known, each with its colour."""
    record = hit.record
    parts: list[tuple[str, str]] = []
    if record.get("status") not in (None, "usable"):
        parts.append((str(record["status"]).upper(), "bold red"))
    place = line(text(record.get("location")))
    country = record.get("country")
    if place:
        parts.append((f"{place} ({line(str(country))})" if country and "," not in place else place, PLACE))
    people = ", ".join(record.get("byline") or [])
    if people:
        parts.append((f"By {line(people)}", PEOPLE))
    copies = f"+{hit.folded} more" if hit.folded else ""
    parts += [(line(text(record.get("source"))), ABOUT), (line(hit.id), ABOUT), (copies, RANK)]
    return [(words, color) for words, color in parts if words]


def _rows(parts: list[tuple[str, str]], width: int) -> list[Text]:
    """Return the parts in rows of at most `width` columns, none split unless it is wider than a row."""
    rows: list[Text] = []
    for words, color in parts:
        part = Text(words, color)
        if rows and (width <= 0 or rows[-1].cell_len + 3 + part.cell_len <= width):
            rows[-1].append(" · ", ABOUT).append_text(part)
        else:
            rows.append(Text.assemble(part))
    return rows


def _passage(hit: Hit, snippet: Snippet) -> Text:
    spans = [(mark.start - snippet.start, mark.end - snippet.start) for mark in snippet.spans]
    before, after = cut_marks(hit, snippet)
    name = "" if snippet.field == "body" else f"{snippet.field}: "
    out = Text.assemble((name + before, ABOUT))
    out.append_text(marked(snippet.text, relative(snippet), "", spans))
    return out.append(after, ABOUT)


def marked(passage: str, words: list[tuple[int, int]], base: str, spans: Sequence[tuple[int, int]] = ()) -> Text:
    """Return `passage` in the style `base` with matched `words` marked, `spans` (phrases) underlined, controls visible.

    Both are offsets in it.
    """
    out = Text()
    for piece, styles in _styles(passage, words, spans):
        # line() strips a piece; a space at its ends separates words
        before = " " if piece[:1].isspace() else ""
        after = " " if piece[-1:].isspace() and piece.strip() else ""
        out.append(f"{before}{line(piece)}{after}", " ".join(name for name in (base, styles) if name))
    return out


def _styles(passage: str, words: list[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> list[tuple[str, str]]:
    """Cut the passage into pieces with their styles; a phrase is underlined between its words, too."""
    out: list[tuple[str, str]] = []
    place = 0
    for piece, inside in pieces(passage, [span for span in spans if _holds_many(span, words)]):
        local = [(start - place, end - place) for start, end in words if end > place and start < place + len(piece)]
        for part, matched in pieces(piece, local):
            names = [SPAN] if inside else []
            out.append((part, " ".join([*names, MATCH] if matched else names)))
        place += len(piece)
    return out


def _holds_many(span: tuple[int, int], words: list[tuple[int, int]]) -> bool:
    return sum(span[0] <= start < span[1] for start, _ in words) > 1


def _write_columns(result: SearchResult, screen: Console, style: Style) -> None:
    """Write a table of the fields chosen, folded to the width of the screen."""
    from rich.table import Table

    table = Table(box=None, show_header=style.headers, header_style="bold", padding=(0, 2, 0, 0), pad_edge=False)
    for name in style.fields:
        table.add_column(name, overflow="fold", justify="right" if name in ("rank", "score", "words") else "left")
    for hit in result.hits:
        table.add_row(*(_cell(hit, name, style) for name in style.fields))
    screen.print(table)


def _cell(hit: Hit, name: str, style: Style) -> Text:
    if name in ("headline", "label") and hit.record.get("headline"):
        return _title(hit)
    return Text(line(column(hit, name, style)))
