"""Hits as plain lines: for pipes, scripts and templates."""

from __future__ import annotations

from typing import TextIO

from morgue.model import Hit, SearchResult, Snippet
from morgue.render import template
from morgue.render.fields import LINE, NAMES, label, text, value
from morgue.render.safe import flat, line, pieces, visible
from morgue.render.style import Style

# The colours of the columns when a pipe gets colours (`--color always | fzf --ansi`).
_COLORS = {"id": "2", "date": "36", "location": "35", "byline": "33", "label": "1", "headline": "1", "score": "2"}


def column(hit: Hit, name: str, style: Style) -> str:
    """Return a field as text, with its matched words marked if the style has marks."""
    if style.mark_open or style.mark_close:
        if name == "snippet":
            passages = [snippet for snippet in hit.snippets if snippet.field != "headline"]
            return " … ".join(marked(snippet.text, relative(snippet), style) for snippet in passages)
        if name in ("headline", "label"):
            return marked_label(hit, style) if name == "label" or hit.record.get("headline") else ""
    return text(value(hit, name))


def relative(snippet: Snippet) -> list[tuple[int, int]]:
    """Return a snippet's matched words as offsets in its own text."""
    start = snippet.start
    return [(mark.start - start, mark.end - start) for mark in snippet.words]


def marked(passage: str, words: list[tuple[int, int]], style: Style) -> str:
    """Return a passage with the style's marks around its matched words."""
    opening, closing = style.mark_open or "", style.mark_close or ""
    return "".join(f"{opening}{piece}{closing}" if matched else piece for piece, matched in pieces(passage, words))


def headline_words(hit: Hit) -> list[tuple[int, int]]:
    """Return the matched words of the headline as offsets in it."""
    return [word for snippet in hit.snippets if snippet.field == "headline" for word in _marks(snippet)]


def _marks(snippet: Snippet) -> list[tuple[int, int]]:
    return [(mark.start, mark.end) for mark in snippet.words]


def marked_label(hit: Hit, style: Style) -> str:
    """Return what the article is called, with the style's marks where the headline matched."""
    words = headline_words(hit) if hit.record.get("headline") else []
    return marked(label(hit.record), words, style)


def write_text(result: SearchResult, out: TextIO, style: Style) -> None:
    """Write one line per hit, its columns separated by tabs, the id first."""
    end = "\0" if style.null else "\n"
    clean = flat if style.raw else line
    for hit in result.hits:
        cells = [(name, clean(column(hit, name, style))) for name in style.fields or LINE]
        if style.color:
            cells = [(name, f"\x1b[{_COLORS.get(name, '0')}m{cell}\x1b[0m" if cell else "") for name, cell in cells]
        out.write("\t".join(cell for _, cell in cells) + end)


def write_ids(result: SearchResult, out: TextIO, style: Style) -> None:
    """Write the ids alone, for `morgue show` and the like; as they are, but made visible at a terminal."""
    end = "\0" if style.null else "\n"
    for hit in result.hits:
        out.write((line(hit.id) if style.terminal and not style.null else hit.id) + end)


def write_paths(result: SearchResult, out: TextIO, style: Style) -> None:
    """Write the files that the articles were read from, each once, in order of the hits."""
    end = "\0" if style.null else "\n"
    paths = dict.fromkeys(text(value(hit, "path")) for hit in result.hits)
    for path in paths:
        if path:
            out.write((line(path) if style.terminal and not style.null else path) + end)


def write_template(result: SearchResult, out: TextIO, style: Style) -> None:
    """Write the template once for each hit, with a line's end after each."""
    parts = template.parse(style.template, NAMES)
    end = "\0" if style.null else "\n"
    for hit in result.hits:

        def look_up(name: str, hit: Hit = hit) -> str:
            cell = column(hit, name, style)
            return cell if style.raw else visible(cell)

        out.write(template.fill(parts, look_up) + end)
