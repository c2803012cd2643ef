"""A whole article at a terminal, with Rich."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TextIO

from rich.text import Text

from morgue.render.article_parts import Words, below_lines, credit, paragraphs, place_line
from morgue.render.as_table import ABOUT, PEOPLE, PLACE, TITLE, marked
from morgue.render.console import console
from morgue.render.fields import label, text
from morgue.render.safe import line
from morgue.render.style import Style

if TYPE_CHECKING:
    from rich.console import Console

    from morgue.json_types import Record

_TEXT_COLUMNS = 88  # at most


def write_article(
    record: Record,
    marks: Mapping[str, Words],
    out: TextIO,
    style: Style,
    *,
    provenance: bool,
    first: bool,
) -> None:
    """Write one article to `out`.

    Args:
        record: the article. marks: matched words in its `headline` and `body`, as offsets. style: width and colours.
        provenance: whether to add where each field came from. first: False draws a line above.
    """
    screen = console(
        out, color=style.color, width=min(style.width or _TEXT_COLUMNS, _TEXT_COLUMNS), terminal=style.terminal
    )
    if not first:
        screen.print(Text("─" * screen.width, ABOUT))
    headline = text(record.get("headline"))
    title = (
        marked(headline, list(marks.get("headline", [])), TITLE) if headline else Text(line(label(record)), "italic")
    )
    _put(screen, title)
    for part, color in ((credit(record), PEOPLE), (place_line(record), PLACE)):
        if part:
            _put(screen, Text(line(part), color))
    for paragraph, words, subhead in paragraphs(record, list(marks.get("body", []))):
        screen.print()
        _put(screen, marked(paragraph, words, TITLE if subhead else ""))
    screen.print()
    for name, value in below_lines(record, provenance):
        _put(screen, Text(f"{name}: {line(value)}", ABOUT))


def _put(screen: Console, content: Text) -> None:
    for row in content.wrap(screen, screen.width):
        row.rstrip()
        screen.print(row, soft_wrap=True)
