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
    """Return the field `name` of `hit` as text, its matched words between the marks of `style`, if it has any."""
    if style.mark_open or style.mark_close:
        if name == "snippet":
            passages = [snippet for snippet in hit.snippets if snippet.field != "headline"]
            return " … ".join(_marked(snippet.text, relative(snippet), style) for snippet in passages)
        if name in ("headline", "label"):
            return _marked_label(hit, style) if name == "label" or hit.record.get("headline") else ""
    return text(value(hit, name))


def relative(snippet: Snippet) -> list[tuple[int, int]]:
    """Return a snippet's matched words as offsets in its own text."""
    start = snippet.start
    return [(mark.start - start, mark.end - start) for mark in snippet.words]


def _marked(passage: str, words: list[tuple[int, int]], style: Style) -> str:
    """Return `passage` with the marks of `style` around its matched `words`, offsets in it."""
    opening, closing = style.mark_open or "", style.mark_close or ""
    return "".join(f"{opening}{piece}{closing}" if matched else piece for piece, matched in pieces(passage, words))


def headline_words(hit: Hit) -> list[tuple[int, int]]:
    """Return the matched words of the headline as offsets in it."""
    return [word for snippet in hit.snippets if snippet.field == "headline" for word in _marks(snippet)]


def _marks(snippet: Snippet) -> list[tuple[int, int]]:
    return [(mark.start, mark.end) for mark in snippet.words]


def _marked_label(hit: Hit, style: Style) -> str:
    """Return the label of the article, with the style's marks where the headline matched."""
    words = headline_words(hit) if hit.record.get("headline") else []
    return _marked(label(hit.record), words, style)


def write_text(result: SearchResult, out: TextIO, style: Style) -> None:
    """Write each hit of `result` to `out` as a line: the fields of `style`, else `LINE`, with tabs between."""
    end = "\0" if style.null else "\n"
    clean = flat if style.raw else line
    for hit in result.hits:
        cells = [(name, clean(column(hit, name, style))) for name in style.fields or LINE]
        if style.color:
            cells = [(name, f"\x1b[{_COLORS.get(name, '0')}m{cell}\x1b[0m" if cell else "") for name, cell in cells]
        out.write("\t".join(cell for _, cell in cells) + end)


def write_ids(result: SearchResult, out: TextIO, style: Style) -> None:
    """Write the ids in `result` to `out`, exactly, unless `style` is for a terminal: there controls become visible."""
    end = "\0" if style.null else "\n"
    for hit in result.hits:
        out.write((line(hit.id) if style.terminal and not style.null else hit.id) + end)


def write_paths(result: SearchResult, out: TextIO, style: Style) -> None:
    """Write the paths of the files in `result` to `out`, each once, in order of the hits; `style` as for ids."""
    end = "\0" if style.null else "\n"
    paths = dict.fromkeys(text(value(hit, "path")) for hit in result.hits)
    for path in paths:
        if path:
            out.write((line(path) if style.terminal and not style.null else path) + end)


def write_template(result: SearchResult, out: TextIO, style: Style) -> None:
    """Write the template of `style` to `out`, filled for each hit of `result`, on lines of their own."""
    parts = template.parse(style.template, NAMES)
    end = "\0" if style.null else "\n"
    for hit in result.hits:

        def look_up(name: str, hit: Hit = hit) -> str:
            cell = column(hit, name, style)
            return cell if style.raw else visible(cell)

        out.write(template.fill(parts, look_up) + end)
