"""Markdown, with or without front matter: its text made readable, headings kept as sub-heads."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from morgue.model import Claim, Draft, Rejected
from morgue.readers.documents.frontmatter import BadFrontMatter, Split, split, without_comments
from morgue.readers.encoding import NotText, decode
from morgue.readers.fields import NoArticle, mapper
from morgue.readers.options import ReadOptions, TooLarge, read_whole
from morgue.readers.story import note_encoding

if TYPE_CHECKING:
    from morgue.json_types import JsonObject


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield the one article of the file `stream`, called `name`, read as `options` say, or why there is none."""
    try:
        data = read_whole(stream, options)
        decoded = decode(data, override=options.encoding)
        parts = split(decoded.text.replace("\r\n", "\n").replace("\r", "\n"))
        draft = _draft(parts, hashlib.sha256(data).hexdigest(), options)
        note_encoding(draft, decoded.problem)
        yield draft
    except (NotText, TooLarge, BadFrontMatter, NoArticle) as error:
        yield Rejected(name, 0, str(error))


def _draft(parts: Split, digest: str, options: ReadOptions) -> Draft:
    draft = Draft(format="markdown", digest=digest)
    story = to_text(parts.text)
    draft.body, draft.subheads = story.body, story.subheads
    if story.title:
        draft.headline.append(Claim(story.title, "markdown:h1"))
    if not parts.kind:
        if not draft.headline:
            draft.layout = "wire"
        if not draft.body and not draft.headline:
            raise NoArticle("holds no text")
        return draft
    h1, draft.headline = draft.headline, []
    mapper(options.field_map, "frontmatter").draft(_values(parts), draft)
    if not draft.headline:
        draft.headline = h1
    if parts.values.get("draft") is True:
        draft.status.append(Claim("withheld", "frontmatter:draft"))
    if not draft.body and not draft.headline:
        raise NoArticle("holds no headline and no text")
    return draft


def _values(parts: Split) -> JsonObject:
    """Front matter as a record: Hugo keeps an article's own fields under `params` and lists under `taxonomies`."""
    values = dict(parts.values)
    for group in ("params", "taxonomies", "extra"):
        inner = values.get(group)
        if isinstance(inner, dict) and not set(inner) & set(values):
            del values[group]
            values.update(inner)
    return values


class Story(NamedTuple):
    """A Markdown text made plain: `title` (its first heading, when that opens it), `body`, `subheads`."""

    title: str
    body: str
    subheads: tuple[int, ...]


_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,})$")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_SHORTCODE = re.compile(r"\{\{[<%][^{}]{0,600}[%>]\}\}|\{%[^{}]{0,600}%\}")
_REFERENCE = re.compile(r" {0,3}\[(?!\^)[^\]\n]{1,200}\]:[ \t]*\S")


def to_text(source: str) -> Story:
    """Markdown to paragraphs separated by a blank line."""
    if "<!--" in source:
        source = without_comments(source)
    if "{{" in source or "{%" in source:
        source = _SHORTCODE.sub("", source)
    blocks: list[tuple[str, int]] = []  # text, heading level (0 for a paragraph)
    for lines, level in _blocks(source.split("\n")):
        text = inline("\n".join(lines)) if level >= 0 else "\n".join(lines)
        if text.strip():
            blocks.append((text.strip(), max(level, 0)))
    title = ""
    if blocks and blocks[0][1] == 1:
        title = blocks.pop(0)[0]
    subheads = tuple(number for number, (_, level) in enumerate(blocks) if level)
    return Story(title, "\n\n".join(text for text, _ in blocks), subheads)


def _blocks(lines: list[str]) -> Iterator[tuple[list[str], int]]:
    """Blocks of lines with their level: 1–6 a heading, 0 a paragraph, -1 code that is left as it is."""
    held: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        heading = _HEADING.match(line)
        if held and (match := _SETEXT.match(line)):
            yield held, 1 if match.group(1)[0] == "=" else 2
            held = []
        elif _FENCE.match(line):
            end = next((n for n in range(at + 1, len(lines)) if _FENCE.match(lines[n])), len(lines))
            yield held, 0
            yield lines[at + 1 : end], -1
            held, at = [], end
        elif heading or not line.strip() or _RULE.match(line) or _REFERENCE.match(line):
            yield held, 0
            held = []
            if heading:
                yield [heading.group(2)], len(heading.group(1))
        else:
            held.append(line)
        at += 1
    yield held, 0


_IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\n]{0,600}\)(?:\{[^{}\n]{0,200}\})?")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\([^()\n]{0,600}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)")
_REFLINK = re.compile(r"\[([^\[\]\n]{1,300})\]\[[^\[\]\n]{0,200}\]")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]{1,60}\]:?")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,600})>")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,600}>")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,300}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_\\])([*_])(?=[^\s*_])([^*_\n]{1,300}?)(?<=[^\s*_])\1(?![\w*_])")
_CODE = re.compile(r"(`{1,3})([^`\n]{1,300})\1")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_QUOTE = re.compile(r"^ {0,3}>[ \t]?", re.MULTILINE)
_BREAK = re.compile(r"(?: {2,}|\\)\n")
_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+")


def inline(text: str) -> str:
    """One block's text without Markdown's marks; wrapped lines are joined, list items and hard breaks keep theirs."""
    text = _QUOTE.sub("", text)
    for pattern, by in ((_IMAGE, ""), (_LINK, r"\1"), (_REFLINK, r"\1"), (_FOOTNOTE, ""), (_AUTOLINK, r"\1")):
        if "[" in text or "<" in text:
            text = pattern.sub(by, text)
    if "<" in text:
        text = _TAG.sub("", text)
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
        text = _STRONG.sub(r"\2", text)
    if "`" in text:
        text = _CODE.sub(r"\2", text)
    if "\\" in text:
        text = _BREAK.sub("\n\n", text)
        text = _ESCAPE.sub(r"\1", text)
    if "&" in text:
        text = html.unescape(text)
    return _joined(_BREAK.sub("\n\n", text))


def _joined(text: str) -> str:
    """Wrapped lines made one; `\\n\\n` is a hard break."""
    out: list[str] = []
    for line in text.split("\n"):
        if not line.strip():
            out.append("")
        elif out and out[-1] and not _ITEM.match(line):
            out[-1] += " " + line.strip()
        else:
            out.append(line.strip())
    return "\n".join(line for line in out if line)
