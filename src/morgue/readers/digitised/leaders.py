"""The file that names the others of an issue: METS for its pages, DIDL for its articles' texts.

`is_led` is what the readers of the others ask; `located` is how the reader of the first finds them.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from morgue.readers.beside import Beside, Files
from morgue.readers.encoding import decode

METADATA = "_metadata.xml"  # what the name of a text's metadata ends in
_HARVESTED = re.compile(r"\d{8}-\d+-\d+\.txt")
_FOLDERS = (".", "..", "../..")  # where an issue's file is looked for, from a page's folder
_MAX_CANDIDATES = 200  # XML files of a folder without a telling name that are looked into
_HEAD = 4_096  # bytes that show the first element
_MAX_LEADER = 64 << 20  # bytes
_TOLD = re.compile(r"mets|didl", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(mets|DIDL)[\s>]")
_ADDRESS = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]+):(?://)?)?(.*)", re.DOTALL)
_HREF = re.compile(r"""(?:href|ref)\s*=\s*["']([^"']{1,1000})["']""")
_ARTICLE = re.compile(r"\b(?:[A-Za-z]{2,12}[:_])?(\d{6,12})[:_]mpeg21[:_]a(\d{4})", re.IGNORECASE)
_TEXT_FILE = re.compile(r"(\d{6,12})(?:[_:]mpeg21)?[_:]a?(\d{4})(?:[_.]|$)")


class Leader(NamedTuple):
    """What a file says of others: `paths` of those that it names and that are there; `articles`, as (issue, number) of
    the KB's identifiers."""

    paths: frozenset[str]
    articles: frozenset[tuple[str, str]]


def is_led(beside: Beside | None) -> bool:
    """Whether a file near the input reads it as a part of its issue."""
    if beside is None:
        return False
    own = beside.path(beside.name)
    article = text_file(own)
    for folder in _FOLDERS:
        path = beside.path(folder)
        if path.startswith(".."):
            break
        for leader in _leaders(beside.files, "" if path == "." else path):
            if own in leader.paths or (article and article in leader.articles):
                beside.used = True
                return True
            if leader.articles and own.lower().endswith("alto.xml") and _has_texts(beside, leader):
                beside.used = True
                return True
        if path == ".":
            break
    return False


def has_metadata(beside: Beside | None) -> bool:
    """Whether the input is a text of alto2txt whose metadata will be read, with the text."""
    if beside is None or not beside.name.endswith(".txt") or not beside.has(beside.name[:-4] + METADATA):
        return False
    beside.used = True
    return True


def has_layout(beside: Beside | None) -> bool:
    """Whether the input is a page's text of which the ALTO will be read too (the Library of Congress has both)."""
    if beside is None or beside.name != "ocr.txt" or not beside.has("ocr.xml"):
        return False
    beside.used = True
    return True


def is_harvested(beside: Beside | None) -> bool:
    """Whether the input is the text of an article that the table of a harvest of Trove names."""
    if beside is None or not _HARVESTED.fullmatch(beside.name):
        return False
    for folder in (".", ".."):
        table = f"{folder}/results.csv"
        if beside.has(table):
            path = beside.path(table)
            named: frozenset[str] = beside.files.known(("harvest", path), lambda table=table: _harvested(beside, table))  # type: ignore[misc]
            if beside.name in named:
                beside.used = True
                return True
    return False


def _harvested(beside: Beside, table: str) -> frozenset[str]:
    stream = beside.open(table)
    if stream is None:
        return frozenset()
    with stream:
        try:
            return frozenset(_HARVESTED.findall(stream.read(_MAX_LEADER).decode("utf-8", "replace")))
        except OSError:
            return frozenset()


def text_file(path: str) -> tuple[str, str] | None:
    """(issue, article) in the name of a file with the text of an article of the KB, or None."""
    name = path.rpartition("/")[2].lower()
    if not name.endswith(".xml") or name.endswith("alto.xml"):
        return None
    found = _TEXT_FILE.search(name)
    return (found[1], found[2]) if found else None


def _has_texts(beside: Beside, leader: Leader) -> bool:
    near = (name for folder in _FOLDERS[:2] for name in beside.listed(folder))
    return any(text_file(name) in leader.articles for name in near)


def _leaders(files: Files, folder: str) -> list[Leader]:
    return files.known(("leaders", folder), lambda: _find(files, folder))


def _find(files: Files, folder: str) -> list[Leader]:
    names = [name for name in files.folder(folder) if name.lower().endswith(".xml")]
    told = [name for name in names if _TOLD.search(name.rpartition("/")[2])]
    candidates = told or (names if len(names) <= _MAX_CANDIDATES else [])
    return [leader for name in candidates if (leader := _leader(Beside(files, name)))]


def _leader(beside: Beside) -> Leader | None:
    stream = beside.open(beside.name)
    if stream is None:
        return None
    with stream:
        try:
            head = stream.read(_HEAD)
            if not _ROOT.search(head):
                return None
            text = decode(head + stream.read(_MAX_LEADER)).text
        except (OSError, ValueError):
            return None
    hrefs = dict.fromkeys(_HREF.findall(text))
    paths = {beside.path(name) for href in hrefs if (name := located(beside, href))}
    return Leader(frozenset(paths), frozenset(_ARTICLE.findall(text)))


def located(beside: Beside, href: str) -> str:
    """The name, relative to the folder of `beside`, of the file that an address `href` means; "" when it is not there.

    Addresses are relative paths, also behind `file://`; of others the last part counts.
    """
    scheme, path = _ADDRESS.fullmatch(unquote(href.strip())).groups("")  # type: ignore[union-attr]
    path = path.lstrip("/")
    for name in (path, f"{path}.gz") if scheme.lower() in ("", "file") and path else ():
        if beside.has(name) or _is_there(beside, name):
            return name
    base = path.rpartition("/")[2].rpartition("\\")[2]
    below = f"{beside.folder}/" if beside.folder else ""
    names: dict[str, list[str]] = beside.files.known("by base name", lambda: _by_base_name(beside.files))
    for name in (*names.get(base, ()), *names.get(f"{base}.gz", ())):
        if name.startswith(below):
            return str(name[len(below) :])
    return ""


def _is_there(beside: Beside, path: str) -> bool:
    stream = beside.open(path)
    if stream is not None:
        stream.close()
    return stream is not None


def _by_base_name(files: Files) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted(files.names):
        found.setdefault(name.rpartition("/")[2], []).append(name)
    return found
