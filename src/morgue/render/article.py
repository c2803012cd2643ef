"""Whole articles: for reading, as text, JSON, Markdown or HTML.

Every writer takes the articles, the stream, the style, the fields that JSON holds (names with commas between, "" for
all) and whether the readable formats add where each field came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TextIO

from morgue.render.article_parts import Words, below_lines, credit, paragraphs, place_line
from morgue.render.as_json import dump
from morgue.render.fields import choose, label, text
from morgue.render.safe import visible
from morgue.render.style import Style

if TYPE_CHECKING:
    from morgue.json_types import Record

    Shown = Iterable[tuple[Record, dict[str, Words]]]  # records, and what to mark in their fields


def write_json(shown: Shown, out: TextIO, _style: Style, fields: str, _provenance: bool) -> None:
    """Write `shown` to `out` as an object (several: an array) of `fields`; `style` and `provenance` are ignored."""
    values = [_chosen(record, fields) for record, _ in shown]
    out.write(dump(values[0] if len(values) == 1 else values, indent=2) + "\n")


def write_jsonl(shown: Shown, out: TextIO, _style: Style, fields: str, _provenance: bool) -> None:
    """Write `shown` to `out`, an object of `fields` a line; `style` and `provenance` are ignored."""
    for record, _ in shown:
        out.write(dump(_chosen(record, fields)) + "\n")


def _chosen(record: Record, fields: str) -> Mapping[str, object]:
    return {name: record.get(name) for name in choose(fields, record)} if fields else record


def write_text(shown: Shown, out: TextIO, style: Style, _fields: str, provenance: bool) -> None:
    """Write `shown` to `out` as text, unwrapped, as `style` and `provenance` say; `fields` is ignored."""
    clean = (lambda passage: passage) if style.raw else visible
    for number, (record, _) in enumerate(shown):
        if number:
            out.write("\n" + "-" * 8 + "\n\n")
        head = [text(record.get("headline")), credit(record), place_line(record)]
        blocks = ["\n".join(part for part in head if part), text(record.get("body"))]
        below = [f"{name}: {value}" for name, value in below_lines(record, provenance)]
        out.write(clean("\n\n".join(part for part in (*blocks, "\n".join(below)) if part)) + "\n")


def write_markdown(shown: Shown, out: TextIO, style: Style, _fields: str, provenance: bool) -> None:
    """Write `shown` to `out` as Markdown, as `style` and `provenance` say; `fields` is ignored."""
    from morgue.render.as_markup import markdown, markdown_text

    for number, (record, marks) in enumerate(shown):
        title = markdown(text(record.get("headline")) or label(record), marks.get("headline", []), style)
        out.write(("\n---\n\n" if number else "") + f"# {title}\n\n")
        about = [part for part in (credit(record), place_line(record)) if part]
        out.write("".join(f"*{markdown_text(part)}*  \n" for part in about) + ("\n" if about else ""))
        for paragraph, words, subhead in paragraphs(record, marks.get("body", [])):
            if paragraph:
                out.write(f"{'### ' if subhead else ''}{markdown(paragraph, words, style)}\n\n")
        rows = [f"- {name}: {markdown_text(value)}\n" for name, value in below_lines(record, provenance)]
        out.write("".join(rows))


def write_html(shown: Shown, out: TextIO, style: Style, _fields: str, provenance: bool) -> None:
    """Write `shown` to `out` as a page that loads nothing, as `style` and `provenance` say; `fields` is ignored."""
    from morgue.render.as_markup import escape_html, html_marks, page_top

    every = list(shown)
    out.write(page_top(label(every[0][0]) if len(every) == 1 else f"{len(every)} articles", ""))
    for record, marks in every:
        title = text(record.get("headline"))
        heading = html_marks(title, marks.get("headline", []), style) if title else escape_html(label(record))
        out.write(f"<article>\n<h1>{heading}</h1>\n")
        for part in (credit(record), place_line(record)):
            if part:
                out.write(f'<p class="about">{escape_html(part)}</p>\n')
        for paragraph, words, subhead in paragraphs(record, marks.get("body", [])):
            tag = "h3" if subhead else "p"
            out.write(f"<{tag}>{html_marks(paragraph, words, style)}</{tag}>\n")
        for name, value in below_lines(record, provenance):
            out.write(f'<p class="about">{escape_html(name)}: {escape_html(value)}</p>\n')
        out.write("</article>\n")
    out.write("</body>\n</html>\n")


def write_screen(shown: Shown, out: TextIO, style: Style, fields: str, provenance: bool) -> None:
    """Write `shown` to `out` for a terminal, as `style` and `provenance` say; `fields` is ignored.

    A style with neither a terminal nor colours gives plain text.
    """
    if not style.terminal and not style.color:
        write_text(shown, out, style, fields, provenance)
        return
    from morgue.render.as_screen import write_article

    for number, (record, marks) in enumerate(shown):
        write_article(record, marks, out, style, provenance=provenance, first=not number)
