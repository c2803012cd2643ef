"""Files inside a record that are read by their own readers: the documents attached to a mail."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from morgue.model import Draft


class Embedded(NamedTuple):
    """A file that a reader found in its input, for `read_stream` to read.

    Attributes:
        path: as the user knows it: `a.eml!/release.pdf`. data: its bytes.
        complete: adds to each draft that comes of it what the record around it states.
    """

    path: str
    data: bytes
    complete: Callable[[Draft], None]
