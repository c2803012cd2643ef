"""Notices that come with an answer: warnings, and asides, which do not mean that the query has a mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from morgue.cli.streams import Voice

if TYPE_CHECKING:
    from morgue.model import Notice

ASIDES = ("unpublished-hidden", "date-uncertain", "did-you-mean", "would-find", "other-field", "expanded", "corrected")


def report(notices: tuple[Notice, ...], voice: Voice, query: str) -> None:
    """Print `notices`, which came with the answer to `query`, through `voice`: warnings, then asides."""
    warn(notices, voice, query)
    remark(notices, voice)


def remark(notices: tuple[Notice, ...], voice: Voice) -> None:
    """Print the asides among `notices` through `voice`."""
    for notice in notices:
        if notice.code in ASIDES:
            voice.note(notice.message, notice.hint)


def warn(notices: tuple[Notice, ...], voice: Voice, query: str) -> None:
    """Print the warnings among `notices` through `voice`, carets under the place in `query` that each is about."""
    for notice in notices:
        if notice.code in ASIDES:
            continue
        voice.warn(notice.message, notice.hint)
        if notice.start >= 0 and not voice.quiet:
            from morgue.render.query_error import caret_lines

            for text in caret_lines(query, notice.start, notice.end):
                voice.say(text)
