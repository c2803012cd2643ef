"""Turns what a command raises into a message on stderr and an exit code; no other module does."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Mapping

from morgue.cli.streams import abandon, complain, continued
from morgue.errors import BUG, FOUND, INDEX_PROBLEM, INTERRUPTED, USAGE, MorgueError, QueryError

# Of a disk that is full, over quota or read-only.
_UNWRITABLE = (errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC, errno.EROFS)


def perform(function: Callable[..., int], values: Mapping[str, object]) -> int:
    """Call `function` with the keyword arguments `values`; return the exit code, also when it raises an exception.

    A pipe closed by its reader gives 0, an unforeseen exception (a bug) 70.
    """
    try:
        code = function(**values)
        _flush()
        return code
    except BrokenPipeError:
        return _leave_quietly()
    except QueryError as error:
        _point_at(error)
        return error.exit_code
    except MorgueError as error:
        complain(error.message, error.hint)
        return error.exit_code
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except MemoryError:
        complain("out of memory", "request fewer hits or passages, or ingest with a smaller --memory or --batch")
        return INDEX_PROBLEM
    except OSError as error:
        return _explain(error)
    except Exception as error:  # Python would exit with 1, which means "nothing found"
        return _own_up(error)


def _flush() -> None:
    if sys.stdout is not None and not sys.stdout.closed:
        sys.stdout.flush()


def _leave_quietly() -> int:
    abandon(sys.stdout)
    return FOUND


def _explain(error: OSError) -> int:
    """Report an error of the operating system (full disk, missing rights, vanished file) without a traceback."""
    if error.errno == errno.EINVAL and sys.platform == "win32":
        return _leave_quietly()  # how Windows reports a closed pipe
    name = f"{error.filename}: " if error.filename else ""
    complain(f"{name}{error.strerror or error}")
    if error.errno == errno.EIO or not error.filename:
        abandon(sys.stdout)
    return INDEX_PROBLEM if error.errno in _UNWRITABLE or error.filename else USAGE


def _own_up(error: Exception) -> int:
    import platform
    import traceback

    from morgue.version import __version__

    trace = "".join(traceback.format_exception(error))
    complain(f"this is a bug in morgue {__version__}: {type(error).__name__}: {error}")
    complain("please report it (README, Reporting a bug) with the command line and the lines below")
    complain(f"Python {platform.python_version()} on {platform.platform()}\n{trace}".rstrip())
    return BUG


def _point_at(error: QueryError) -> None:
    """Print the message, the query with carets under the place, suggestions and the hint."""
    from morgue.render.query_error import caret_lines

    complain(error.message)
    for text in caret_lines(error.query, error.start, error.end):
        continued(text)
    for suggestion in error.suggestions[:3]:
        continued(f"  did you mean: {suggestion}")
    if error.hint:
        continued(f"  {error.hint}")
