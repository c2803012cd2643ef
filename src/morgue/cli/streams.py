"""stdout and stderr: UTF-8 in every locale, no error when the reader has closed them.

stdout is for data alone. Summaries, warnings and errors go to stderr through `say`, `warn` and `complain`.
"""

from __future__ import annotations

import codecs
import os
import sys
from typing import Any, TextIO

from morgue.render.safe import visible


def _keep_bytes(error: UnicodeError) -> tuple[str | bytes, int]:
    """Encoding error handler: writes bytes of a file name as they were, any other lone surrogate as `?`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    part = error.object[error.start : error.end]
    return bytes(ord(c) - 0xDC00 if 0xDC80 <= ord(c) <= 0xDCFF else 0x3F for c in part), error.end


def prepare() -> None:
    """Make stdout and stderr write UTF-8 with bare line feeds, even under LANG=C or a legacy code page."""
    codecs.register_error("morgue", _keep_bytes)
    for stream in (sys.stdout, sys.stderr):
        # a stream may be None (pythonw, closed by the caller) or replaced by a test
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="morgue", newline="\n" if not stream.isatty() else None)


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether the stream is a terminal; False for a closed one or None."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def abandon(stream: TextIO | None) -> None:
    """Redirect a stream whose reader has closed it to the null device, so that the last flush raises no error."""
    try:
        if stream is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):
        pass  # it has no descriptor to redirect


def flushed() -> None:
    """Let the reader of stdout have what was written; see `runtime.live.Idle`."""
    if sys.stdout is not None:
        sys.stdout.flush()


def print_json(values: Any, *, indent: int | None = None) -> None:
    """Print `values` on stdout as JSON, on one line or indented by `indent` spaces."""
    from morgue.render.as_json import dump

    sys.stdout.write(dump(values, indent=indent) + "\n")


class Voice:
    """Messages on stderr; `quiet` suppresses all but errors."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet

    def say(self, text: str) -> None:
        """Print a summary or an aside."""
        if not self.quiet:
            _write(text)

    def warn(self, message: str, hint: str = "") -> None:
        """Print a warning: `message`, then `hint` ("" for none)."""
        if not self.quiet:
            _write(_fitted(f"morgue: warning: {_sentence(message, hint)}"))

    def note(self, message: str, hint: str = "") -> None:
        """Print an aside about an answer, dimmed: `message`, then `hint` ("" for none)."""
        if not self.quiet:
            _write(_dimmed(_fitted(f"morgue: {_sentence(message, hint)}")))


def complain(message: str, hint: str = "") -> None:
    """Print an error, never suppressed: `message`, then `hint` ("" for none)."""
    _write(_fitted(f"morgue: {_sentence(message, hint)}"))


def continued(text: str) -> None:
    """Print a further line of an error, without the program's name."""
    _write(visible(text))


def _sentence(message: str, hint: str) -> str:
    return visible(f"{message}{' ' if message.endswith('?') else '; '}{hint}" if hint else message)


def _fitted(text: str) -> str:
    """Return `text` wrapped between words if stderr is a terminal, else as it is."""
    if not is_terminal(sys.stderr):
        return text
    from morgue.render.console import terminal_width

    width = terminal_width()
    if len(text) <= width or "\n" in text:
        return text
    from textwrap import wrap

    return "\n".join(wrap(text, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False))


def _dimmed(text: str) -> str:
    from morgue.render.console import wants_color

    return f"\x1b[2m{text}\x1b[0m" if wants_color("auto", is_terminal(sys.stderr)) else text


def _write(text: str) -> None:
    try:
        if sys.stderr is not None:
            sys.stderr.write(f"{text}\n")
            sys.stderr.flush()
    except (OSError, ValueError):
        abandon(sys.stderr)  # closed by its reader; the exit code still reports
