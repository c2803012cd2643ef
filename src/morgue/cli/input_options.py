"""Options of the commands that read files, and the list of files itself."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

from morgue.cli.completion import input_formats
from morgue.cli.declaration import Opt, Options
from morgue.errors import UsageError

if TYPE_CHECKING:
    from morgue.config import Settings
    from morgue.ingestion.options import IngestOptions

FILES = "File selection"
COPY = "Parsing options"

Include = Annotated[
    list[str], Opt("--include", metavar="GLOB", help="Read only files matching GLOB (repeatable).", panel=FILES)
]
Exclude = Annotated[
    list[str], Opt("--exclude", metavar="GLOB", help="Skip files matching GLOB (repeatable).", panel=FILES)
]
FilesFrom = Annotated[
    str | None,
    Opt("--files-from", metavar="FILE", help="Read paths from FILE, one per line (- for stdin).", panel=FILES),
]
Null = Annotated[bool, Opt("--null", "-0", help="Paths from --files-from end with NUL.", panel=FILES)]
Date = Annotated[
    str | None, Opt("--date", metavar="DATE", help="Date of the articles: YYYY, YYYY-MM or YYYY-MM-DD.", panel=COPY)
]
Year = Annotated[str | None, Opt("--year", metavar="YEAR", help="Year of dates that have none (YYYY).", panel=COPY)]
Encoding = Annotated[
    str | None, Opt("--encoding", metavar="NAME", help="Character encoding (default: detected).", panel=COPY)
]
FormatIn = Annotated[
    str | None,
    Opt("--format-in", metavar="NAME", help="Input format (default: detected; see morgue formats).", panel=COPY,
        complete=input_formats),
]  # fmt: skip
Mapping = Annotated[
    list[str],
    Opt("--map", metavar="FIELD=KEY", help="Read FIELD from input key or column KEY (repeatable).", panel=COPY),
]
SourceName = Annotated[
    str | None, Opt("--source", metavar="NAME", help="Source of articles that state none.", panel=COPY)
]
Modified = Annotated[
    str,
    Opt("--modified", metavar="WHEN", choices=("auto", "always", "never"), panel=COPY,
        help="Date articles by file modification time: auto, always or never."),
]  # fmt: skip


class Files(Options):
    """Which files to read, besides those named."""

    include: Include = []  # noqa: RUF012  # a declaration: the list is replaced, never changed
    exclude: Exclude = []  # noqa: RUF012
    files_from: FilesFrom = None
    null: Null = False


class Copy(Options):
    """How the files are parsed."""

    date: Date = None
    year: Year = None
    encoding: Encoding = None
    format_in: FormatIn = None
    map_: Mapping = []  # noqa: RUF012
    source: SourceName = None
    modified: Modified = "auto"


def listed(paths: list[str], files: Files) -> list[str]:
    """Return `paths` and the names in the list of `files.files_from`.

    Raises:
        UsageError: the list cannot be read, stdin is named twice, or `files.null` is given without a list.
    """
    files_from = files.files_from
    if files_from is None:
        if files.null:
            raise UsageError("-0 needs --files-from")
        return list(paths)
    if files_from == "-" and "-" in paths:
        raise UsageError("stdin cannot be both the list of files and a file")
    try:
        if files_from == "-":
            data = sys.stdin.buffer.read()
        else:
            with open(files_from, "rb") as stream:
                data = stream.read()
    except OSError as error:
        raise UsageError(f"cannot read {files_from}: {error.strerror}") from None
    from os import fsdecode

    names = data.split(b"\0") if files.null else data.splitlines()
    # `-` in the list is a file of that name, never stdin
    return [*paths, *("./-" if name == b"-" else fsdecode(name) for name in names if name)]


def ingest_options(settings: "Settings", files: Files, copy: Copy, **more: Any) -> "IngestOptions":
    """Return the library's options from `files` and `copy`, defaults in `settings`, and `more` options by name.

    Raises:
        UsageError: an unknown format or encoding, an invalid `--date`, `--year` or `--map`, or `--date` with `--year`.
    """
    from morgue.ingestion.options import IngestOptions

    if copy.date and copy.year:
        raise UsageError("--date cannot be used with --year")
    if copy.year and not (copy.year.isascii() and copy.year.isdecimal() and len(copy.year) == 4):
        raise UsageError(f"invalid --year {copy.year!r}: expected YYYY")
    return IngestOptions(
        include=tuple(files.include),
        exclude=tuple(files.exclude),
        date=_date(copy.date) or copy.year or "",
        encoding=_encoding(settings.pick("encoding", copy.encoding)),
        format_in=_format(copy.format_in),
        field_map=dict(_pair(text) for text in copy.map_),
        source=copy.source or "",
        modified=copy.modified,
        **more,
    )


def _date(text: str | None) -> str:
    """Return a valid `--date` (`2026-01-13`, `2026-01`, `2026`), "" for none."""
    if not text:
        return ""
    from datetime import date

    parts = text.split("-")
    try:
        if not 1 <= len(parts) <= 3 or [len(part) for part in parts] != [4, 2, 2][: len(parts)]:
            raise ValueError
        date(*(int(part) for part in [*parts, "01", "01"][:3]))
    except ValueError:
        raise UsageError(f"invalid --date {text!r}: expected YYYY, YYYY-MM or YYYY-MM-DD") from None
    return text


def _encoding(name: str) -> str:
    if name:
        import codecs

        try:
            codecs.lookup(name)
        except LookupError:
            raise UsageError(f"unknown encoding {name!r}", hint="for example utf-8, latin-1, cp1252") from None
    return name


def _format(name: str | None) -> str:
    if not name:
        return ""
    from morgue.readers.formats import FORMATS

    if name not in FORMATS:
        from difflib import get_close_matches

        close = get_close_matches(name, FORMATS, 1)
        hint = f"did you mean {close[0]}? " if close else ""
        raise UsageError(f"unknown format {name!r}", hint=f"{hint}known: {', '.join(FORMATS)}")
    return name


def _pair(text: str) -> tuple[str, str]:
    field, equals, key = text.partition("=")
    if not equals or not field or not key:
        raise UsageError(f"invalid --map {text!r}: expected FIELD=KEY", hint="for example --map headline=title")
    return field.strip(), key.strip()
