"""Notices that come with an answer: warnings, and asides, which do not mean that the query has a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from morgue.cli.streams import Voice

if TYPE_CHECKING:
    from morgue.model import Notice

ASIDES = ("unpublished-hidden", "date-uncertain", "did-you-mean", "would-find", "other-field", "expanded", "corrected")


def report(notices: tuple[Notice, ...], voice: Voice, query: str) -> None:
    """Print the warnings and asides of an answer to `query` on stderr."""
    warn(notices, voice, query)
    remark(notices, voice)


def remark(notices: tuple[Notice, ...], voice: Voice) -> None:
    """Print the asides of an answer on stderr."""
    for notice in notices:
        if notice.code in ASIDES:
            voice.note(notice.message, notice.hint)


def warn(notices: tuple[Notice, ...], voice: Voice, query: str) -> None:
    """Print the warnings of an answer on stderr, with a caret line under the place in `query`."""
    for notice in notices:
        if notice.code in ASIDES:
            continue
        voice.warn(notice.message, notice.hint)
        if notice.start >= 0 and not voice.quiet:
            from morgue.render.query_error import caret_lines

            for text in caret_lines(query, notice.start, notice.end):
                voice.say(text)
