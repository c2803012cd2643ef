"""The progress bar of an ingest."""

from __future__ import annotations

from contextlib import suppress
from types import TracebackType
from typing import TextIO, cast

from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text

from morgue.render.console import console, terminal_width
from morgue.render.safe import line


class _Rate(ProgressColumn):
    """Articles so far, and per second."""

    def render(self, task: Task) -> Text:
        articles = int(task.fields["articles"])
        seconds = task.elapsed or 0.0
        rate = f"{articles / seconds:,.0f}/s" if seconds > 0.2 else "…"
        return Text(f"{articles:,} articles  {rate}", "cyan")


class _Forgiving:
    """A stream that ignores errors of writing, so that the work goes on when the reader closes it."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def __getattr__(self, name: str) -> object:
        return getattr(self._out, name)

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._out.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._out.flush()


class Bar:
    """A progress bar for `ingest(progress=…)`, drawn while the `with` block lasts."""

    def __init__(self, out: TextIO, *, color: bool) -> None:
        self._progress = Progress(
            TextColumn("{task.fields[name]}", markup=False, style="bright_black"),
            BarColumn(bar_width=None),
            TextColumn("{task.percentage:>3.0f}%", markup=False),
            _Rate(),
            TimeRemainingColumn(compact=True),
            console=console(cast(TextIO, _Forgiving(out)), color=color, width=terminal_width()),
            transient=True,
            expand=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Bar:
        self._progress.start()
        self._task = self._progress.add_task("", total=None, name="", articles=0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def __call__(self, *, done_bytes: int, total_bytes: int, articles: int, path: str, committed: int) -> None:
        """Show how far the ingest is; `committed` is not shown, as it follows `articles` closely."""
        del committed
        if self._task is not None:
            name = line(path)
            self._progress.update(
                self._task,
                completed=done_bytes,
                total=total_bytes or None,
                articles=articles,
                name=name if len(name) <= 32 else f"…{name[-31:]}",
            )
