"""Pages that a list beside them describes: Substack's posts, Omnivore's saved pages; and Medium's lists of pages.

The reader of the list takes the text of a page from here; the reader of pages learns here that a page is read with its
list, or is a list itself and not an article.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

from morgue.readers.encoding import NotText, decode

if TYPE_CHECKING:
    from morgue.json_types import JsonObject
    from morgue.readers.beside import Beside

_MAX_PAGE = 1 << 24  # bytes
_MAX_LIST = 1 << 26  # bytes
_OMNIVORE = re.compile(r"metadata_\d+_to_\d+\.json$")
_MEDIUM = "profile/profile.html"


def page(beside: Beside | None, name: str) -> str:
    """The text of the page `name`, to which a list in the folder of `beside` points; "" where there is none."""
    data = _read(beside, name, _MAX_PAGE) if beside else b""
    try:
        return decode(data).text
    except NotText:
        return ""


def elsewhere(beside: Beside) -> bool:
    """Whether the file of `beside`, a page or a table, is read with a list, or is itself a list of no articles."""
    _, _, folder = beside.folder.rpartition("/")
    if beside.name.endswith(".csv"):  # who got and opened a post of Substack's
        lists_people = (folder == "posts" and beside.has("../posts.csv")) or (
            beside.name.startswith("email_list") and beside.has("posts.csv")
        )
        beside.used |= lists_people
        return lists_people
    if folder == "posts" and beside.has("../posts.csv"):
        return _is_listed(beside, ["../posts.csv"], _substack)
    if folder == "content" and (lists := [name for name in beside.listed("..") if _OMNIVORE.search(name)]):
        return _is_listed(beside, lists, _omnivore)
    is_medium = (
        beside.has(_MEDIUM) if beside.name == "README.html" else folder != "posts" and beside.has("../" + _MEDIUM)
    )
    beside.used |= is_medium
    return is_medium


def _is_listed(beside: Beside, lists: list[str], names: object) -> bool:
    known = beside.files.known(
        (beside.folder, "listed"),
        lambda: frozenset(key for name in lists for key in names(_read(beside, name, _MAX_LIST))),  # type: ignore[operator]
    )
    beside.used = True
    return beside.name.removesuffix(".html") in known


def _read(beside: Beside, name: str, limit: int) -> bytes:
    stream = beside.open(name)
    if stream is None:
        return b""
    with stream:
        try:
            return stream.read(limit)
        except OSError:
            return b""


def substack_rows(data: bytes) -> list[dict[str, str]]:
    """The posts that Substack's `posts.csv` lists; raises `NotText` and `csv.Error`."""
    rows = csv.DictReader(io.StringIO(decode(data).text, newline=""))
    return [{key: value or "" for key, value in row.items() if isinstance(key, str)} for row in rows]


def _substack(data: bytes) -> list[str]:
    try:
        return [row.get("post_id", "") for row in substack_rows(data)]
    except (NotText, csv.Error):
        return []


def _omnivore(data: bytes) -> list[str]:
    try:
        items = json.loads(data)
    except (ValueError, RecursionError):
        return []
    return [str(item["slug"]) for item in items if is_omnivore(item)] if isinstance(items, list) else []


def is_omnivore(item: JsonObject) -> bool:
    """True for an object that describes a page saved by Omnivore."""
    return isinstance(item, dict) and all(key in item for key in ("slug", "savedAt", "readingProgress"))
