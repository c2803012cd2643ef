"""Plain text to paragraphs: blank lines, indents, a paragraph a line, and lines that a machine wrapped."""

from __future__ import annotations

import re

_BLANK = re.compile(r"\n[ \t\xa0]*\n\s*")
_INDENT = re.compile(r"\n(?=[ \t]{2,}\S|\t)")
_MARGIN = re.compile(r"\n[^\s]")


def plain_paragraphs(text: str) -> str:
    """Text with a blank line between paragraphs, whether it was wrapped, indented or had a paragraph a line."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.strip()
    if "\n" not in text:
        return text
    if _BLANK.search(text):
        return "\n\n".join([paragraph for block in _BLANK.split(text) for paragraph in _of_block(block)])
    parts = _INDENT.split(text)
    if len(parts) == 1:
        return _one_block(text.split("\n"))
    if _MARGIN.search(text):  # the commonest form of old wire copy: it must cost little
        return "\n\n".join([part.strip().replace("\n", " ") for part in parts])
    return "\n\n".join(_of_block(text))


def _of_block(block: str) -> list[str]:
    """Paragraphs of text between blank lines: an indented line begins one unless the block was wrapped so."""
    if "\n" not in block:
        return [block.strip()]
    if _INDENT.search(block) and _MARGIN.search(block):
        return [" ".join(part.split()) for part in _INDENT.split(block)]
    together = joined([stripped for line in block.split("\n") if (stripped := line.strip())])
    if "\n" in together and _INDENT.search(block) and not block[0].isspace():
        return together.split("\n")
    return [together]


def _one_block(lines: list[str]) -> str:
    """Text without blank lines or indents: a paragraph a line, or one paragraph that was wrapped."""
    lines = [stripped for line in lines if (stripped := line.strip())]
    if max(map(len, lines)) > 120 or sum(1 for line in lines if ends(line)) > 0.8 * len(lines):
        return "\n\n".join(lines)
    return joined(lines)


def unwrapped(lines: list[str]) -> str:
    """Printed lines without blank ones to paragraphs: one ends on a line that the next word would have fitted on."""
    widths = sorted(map(len, lines))
    full = widths[int(0.8 * (len(widths) - 1))] if widths else 0
    text = ""
    for number, line in enumerate(lines):
        text += line
        if number + 1 < len(lines):
            fitted = len(line) + 1 + len(lines[number + 1].split(maxsplit=1)[0])
            short = (fitted < 0.9 * full and ends(line)) or fitted < 0.7 * full
            text += "\n\n" if short else " "
    return text


def ends(line: str) -> bool:
    """True for a line that ends a sentence."""
    return line[-1:] in ".!?:\"'”’»"


def has_margin(lines: list[str]) -> bool:
    """True when indents mark paragraphs: some lines are indented and others start at the margin."""
    indented = sum(1 for line in lines[1:] if line[:2] in ("  ", " \t") or line[:1] == "\t")
    at_margin = sum(1 for line in lines[1:] if line[:1] not in (" ", "\t", ""))
    return indented > 0 and at_margin > 0


def joined(lines: list[str]) -> str:
    """Lines of one paragraph: those that a machine wrapped are joined by spaces, others kept apart."""
    if len(lines) < 3:
        return "\n".join(lines)
    wrapped = [line for line in lines[:-1] if 40 <= len(line) <= 95]
    ended = sum(1 for line in wrapped if line[-1] in ".!?:;")
    if len(wrapped) >= 0.8 * (len(lines) - 1) and ended < 0.5 * len(wrapped):
        return " ".join(lines)
    return "\n".join(lines)
