"""What comments of browsers and web archives say of a saved page: its address and when it was taken."""

from __future__ import annotations

import re

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{4}\)(https?://[^\s>]{1,2000})")
_SINGLE_FILE = re.compile(r"Page saved with SingleFile\s+url:\s*(https?://\S{1,2000})")
_SAVED_AT = re.compile(r"saved date:\s*\w{3} (\w{3}) (\d{1,2}) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d\d)(\d\d)")
_ARCHIVED_AT = re.compile(r"FILE ARCHIVED ON (\d{1,2}:\d\d:\d\d) (\w{3})\w* (\d{1,2}), (\d{4})")
_HEAD = 8_000  # characters of a page's beginning in which browsers leave their comment
_TAIL = 4_000  # characters of its end in which archives leave theirs
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def saved_from(text: str) -> str:
    """The address that a browser notes in a page, `text`, which it saves; "" for none."""
    head = text[:_HEAD]
    found = _SAVED_FROM.search(head) or _SINGLE_FILE.search(head)
    return found.group(1) if found else ""


def archived_at(text: str) -> str:
    """When an archive or a browser took a page, `text`: ISO 8601, "" for unknown."""
    if (found := _ARCHIVED_AT.search(text, max(0, len(text) - _TAIL))) and found.group(2) in _MONTHS:
        month = _MONTHS.index(found.group(2)) + 1
        return f"{found.group(4)}-{month:02}-{int(found.group(3)):02}T{found.group(1).zfill(8)}Z"
    if (found := _SAVED_AT.search(text, 0, _HEAD)) and found.group(1) in _MONTHS:
        month = _MONTHS.index(found.group(1)) + 1
        clock = f"{found.group(4)}{found.group(5)}:{found.group(6)}"
        return f"{found.group(3)}-{month:02}-{int(found.group(2)):02}T{clock}"
    return ""
