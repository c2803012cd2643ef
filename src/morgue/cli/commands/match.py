"""`morgue match`."""

import sys
import tempfile
from typing import TYPE_CHECKING, Annotated

from morgue.cli import input_options as r
from morgue.cli import options as o
from morgue.cli.declaration import Arg, Opt
from morgue.cli.streams import Voice, print_json
from morgue.config import Settings
from morgue.errors import FOUND, INTERRUPTED, NOTHING_FOUND, SOME_REJECTED, UsageError

if TYPE_CHECKING:
    from morgue.json_types import Record
    from morgue.model import Snippet


def match(
    paths: Annotated[
        list[str], Arg(metavar="PATH", help="Files or folders to read, or - for stdin (default: stdin).")
    ] = [],  # noqa: B006
    *,
    names: Annotated[
        list[str], Opt("--saved", metavar="NAME", help="Match saved query NAME (repeatable; default: all).")
    ] = [],  # noqa: B006
    files: r.Files,
    copy: r.Copy,
    reading: o.Reading,
    unpublished: o.Unpublished = False,
    jsonl: Annotated[bool, Opt("--jsonl", help="Print one JSON object per article.", panel=o.OUTPUT)] = False,
    quiet: o.Quiet = False,
) -> int:
    """Match new articles against saved queries. The archive is neither read nor changed.

    Print one line per matching article: id, date, query names and headline, separated by tabs.

    Examples:
    cat new.jsonl | morgue match --saved @desk
    morgue match incoming --jsonl | jq -r '[.id, .saved[]] | @tsv'
    """
    from morgue.archive import Archive
    from morgue.ingestion.ingest import ingest
    from morgue.saved import texts

    settings = Settings()
    voice = Voice(quiet=settings.pick("quiet", quiet))
    wanted = r.listed(paths, files) or ["-"]
    chosen = _chosen(names, texts(settings))
    options = o.search_options(settings, o.Filters(), reading, ["@"], unpublished=unpublished, limit=None, snippets=1)
    # A small archive of the new articles alone: what matches is then by definition what a search would find.
    with tempfile.TemporaryDirectory(prefix="morgue-match-") as folder:
        stdin = sys.stdin.buffer if "-" in wanted else None
        done = ingest(wanted, folder, r.ingest_options(settings, files, copy, jobs=1), stdin=stdin)
        for item in done.rejected:
            voice.warn(f"{item.where}: {item.why}")
        found: dict[str, tuple[Record, list[str], list[Snippet]]] = {}
        with Archive.open(folder) as archive:
            for name in chosen:
                for hit in archive.search(f"@{name}", options).hits:
                    _, saved, snippets = found.setdefault(hit.id, (hit.record, [], []))
                    saved.append(name)
                    snippets.extend(hit.snippets)
            order = [record["id"] for record in archive.records()]
    for identity in order:
        if identity in found:
            _write(*found[identity], jsonl=jsonl)
    if done.interrupted:
        return INTERRUPTED
    if done.rejected_count:
        return SOME_REJECTED
    return FOUND if found else NOTHING_FOUND


def _chosen(names: list[str], known: dict[str, str]) -> list[str]:
    """Return the saved queries of these names, all for none.

    Raises:
        UsageError: a name is not in `known`, or that is empty.
    """
    wanted = list(dict.fromkeys(name.removeprefix("@") for name in names))
    for name in wanted:
        if name not in known:
            raise UsageError(f"no such saved query: @{name}", hint="morgue saved list shows them")
    if not known:
        raise UsageError("no saved queries", hint="make one with: morgue saved add NAME QUERY")
    return wanted or list(known)


def _write(record: "Record", saved: list[str], snippets: "list[Snippet]", *, jsonl: bool) -> None:
    from morgue.render.fields import label

    if jsonl:
        from morgue.render.fields import snippet_values

        head = {key: record.get(key) for key in ("id", "date", "headline")}
        quotes = [snippet_values(each) for each in snippets]
        print_json({**head, "saved": saved, "snippets": quotes})
        return
    from morgue.render.safe import line

    row = (record["id"], record.get("date") or "", ",".join(saved), label(record))
    sys.stdout.write("\t".join(map(line, row)) + "\n")
