"""Hits as Markdown and as a page of HTML."""

from __future__ import annotations

import re
from typing import TextIO

from morgue.model import Hit, SearchResult, Snippet
from morgue.render.as_lines import headline_words, relative
from morgue.render.fields import cut_marks, label, text, when
from morgue.render.safe import line, pieces, visible
from morgue.render.style import Style

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")
_SAFE_URL = re.compile(r"https?://[^\s<>\"'()\\\x00-\x20]+\Z", re.ASCII | re.IGNORECASE)

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 Georgia, serif; max-width: 46em; margin: 2em auto; padding: 0 1em; color: #222; }}
header, .about {{ font: 13px/1.5 system-ui, sans-serif; color: #666; }}
h2 {{ font-size: 1.15em; margin: 1.6em 0 0; }}
blockquote {{ margin: .4em 0; padding-left: .8em; border-left: 3px solid #ddd; }}
mark {{ background: #fff1a8; padding: 0 .1em; }}
@media (prefers-color-scheme: dark) {{
  body {{ background: #1b1b1b; color: #ddd; }}
  mark {{ background: #665c1e; color: #fff; }}
}}
</style>
</head>
<body>
<header>{header}</header>
"""


def _about(hit: Hit) -> list[str]:
    """Return date, place, credit and source of an article, as far as known."""
    record = hit.record
    parts = [when(record), text(record.get("location")), ", ".join(record.get("byline") or [])]
    return [line(part) for part in (*parts, text(record.get("source"))) if part]


def markdown_text(passage: str) -> str:
    """Return `passage` for Markdown on one line: markup escaped, control characters visible."""
    return _MARKDOWN.sub(r"\\\1", line(passage))


def markdown(passage: str, words: list[tuple[int, int]], style: Style) -> str:
    """Return `passage` for Markdown, its matched `words` (offsets) between the marks of `style`, else `**`."""
    opening = "**" if style.mark_open is None else style.mark_open
    closing = "**" if style.mark_close is None else style.mark_close
    out: list[str] = []
    for piece, matched in pieces(passage, words):
        blank = piece[: len(piece) - len(piece.lstrip())], piece[len(piece.rstrip()) :]
        inner = markdown_text(piece)
        # markdown_text strips a piece; a space at its ends separates words
        before, after = (" " if blank[0] else ""), (" " if blank[1] and inner else "")
        out.append(before + (f"{opening}{inner}{closing}" if matched else inner) + after)
    return "".join(out)


def write_markdown(result: SearchResult, out: TextIO, style: Style) -> None:
    """Write each hit of `result` to `out`: a heading, a line about it, quotations; `style` as for `markdown`."""
    for number, hit in enumerate(result.hits):
        words = headline_words(hit) if hit.record.get("headline") else []
        title = markdown(label(hit.record), words, style)
        url = text(hit.record.get("url"))
        if _SAFE_URL.match(url):
            title = f"[{title}](<{url}>)"
        out.write(("\n" if number else "") + f"## {hit.rank}. {title}\n\n")
        parts = [markdown_text(part) for part in (*_about(hit), hit.id)]
        out.write(" · ".join(parts) + "\n")
        for snippet in _passages(hit):
            before, after = cut_marks(hit, snippet)
            out.write(f"\n> {before}{markdown(snippet.text, relative(snippet), style)}{after}\n")


def _passages(hit: Hit) -> list[Snippet]:
    return [snippet for snippet in hit.snippets if snippet.field != "headline"]


def escape_html(passage: str) -> str:
    """Return `passage` for HTML: markup escaped, control characters visible."""
    clean = visible(passage)
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        clean = clean.replace(character, entity)
    return clean


def html_marks(passage: str, words: list[tuple[int, int]], style: Style) -> str:
    """Return `passage` for HTML, its matched `words` (offsets) between the marks of `style`, else in `<mark>`."""
    opening = "<mark>" if style.mark_open is None else escape_html(style.mark_open)
    closing = "</mark>" if style.mark_close is None else escape_html(style.mark_close)
    return "".join(
        f"{opening}{escape_html(piece)}{closing}" if matched else escape_html(piece)
        for piece, matched in pieces(passage, words)
    )


def page_top(title: str, header: str) -> str:
    """Return the start of a page that loads and runs nothing, up to its `header`; `title` and it are plain text."""
    return _PAGE.format(title=escape_html(title), header=escape_html(header))


def _link(url: str, inner: str) -> str:
    """Return `inner` (HTML) as a link to `url` if that is a plain http(s) address, else `inner`."""
    return f'<a href="{escape_html(url)}" rel="noreferrer">{inner}</a>' if _SAFE_URL.match(url) else inner


def write_html(result: SearchResult, out: TextIO, style: Style) -> None:
    """Write `result` to `out` as a page that loads and runs nothing; `style` as for `html_marks`."""
    title = f"{result.query or '*'} – morgue"
    out.write(page_top(title, f"{result.query or '*'}: {result.total} found, {len(result.hits)} shown"))
    for hit in result.hits:
        words = headline_words(hit) if hit.record.get("headline") else []
        heading = _link(text(hit.record.get("url")), html_marks(label(hit.record), words, style))
        out.write(f'<article>\n<h2>{hit.rank}. {heading}</h2>\n<p class="about">')
        out.write(escape_html(" · ".join([*_about(hit), line(hit.id)])) + "</p>\n")
        for snippet in _passages(hit):
            before, after = cut_marks(hit, snippet)
            quote = html_marks(snippet.text, relative(snippet), style)
            out.write(f"<blockquote>{before}{quote}{after}</blockquote>\n")
        out.write("</article>\n")
    out.write("</body>\n</html>\n")
