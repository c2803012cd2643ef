"""`morgue match`."""

import sys
import tempfile
from typing import TYPE_CHECKING, Annotated

from morgue.cli import input_options as r
from morgue.cli import options as o
from morgue.cli.declaration import Arg, Opt
from morgue.cli.streams import Voice, flushed, print_json
from morgue.config import Settings
from morgue.errors import FOUND, INTERRUPTED, NOTHING_FOUND, SOME_REJECTED, USAGE, QueryError, UsageError

if TYPE_CHECKING:
    from morgue.archive import Archive
    from morgue.json_types import Record
    from morgue.model import Article, Hit, SearchOptions, Snippet

_BATCH_ARTICLES = 1000  # matched together when they come faster than they are read


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
    from morgue.ingestion.ingest import parse
    from morgue.model import Rejected
    from morgue.saved import texts

    settings = Settings()
    voice = Voice(quiet=settings.pick("quiet", quiet))
    wanted = r.listed(paths, files) or ["-"]
    options = o.search_options(settings, o.Filters(), reading, ["@"], unpublished=unpublished, limit=None, snippets=1)
    matching = _Matching(_chosen(names, texts(settings)), options, voice, jsonl=jsonl)
    stdin = sys.stdin.buffer if "-" in wanted else None
    rejected = interrupted = False
    try:
        for item in parse(wanted, r.ingest_options(settings, files, copy), stdin=stdin, idle=matching.answer):
            if isinstance(item, Rejected):
                rejected = True
                voice.warn(f"{item.where}: {item.why}")
            else:
                matching.add(item)
    except KeyboardInterrupt:
        interrupted = True
    matching.answer()
    if interrupted:
        return INTERRUPTED
    if matching.broken:
        return USAGE
    if rejected:
        return SOME_REJECTED
    return FOUND if matching.found else NOTHING_FOUND


class _Matching:
    """Articles that wait to be matched against saved queries, and how many were found.

    They are put into a small archive of their own: what matches is then by definition what a search would find.
    """

    def __init__(self, names: list[str], options: "SearchOptions", voice: Voice, *, jsonl: bool) -> None:
        self.found = self.broken = 0
        self._names = names
        self._options = options
        self._voice = voice
        self._jsonl = jsonl
        self._waiting: dict[str, Article] = {}
        self._ready = False

    def add(self, article: "Article") -> None:
        """Add an article; it replaces one with its id that still waits."""
        self._waiting[article.id] = article
        if len(self._waiting) >= _BATCH_ARTICLES:
            self.answer()

    def answer(self) -> None:
        """Print which of the waiting articles match, in the order of their arrival.

        Without any the first time, what will be needed is loaded, so that the first article is answered at once.
        """
        if not self._waiting and self._ready:
            return
        self._ready = True
        from morgue import schema
        from morgue.archive import Archive
        from morgue.engines import engine_of

        found: dict[str, tuple[Record, list[str], list[Snippet]]] = {}
        with tempfile.TemporaryDirectory(prefix="morgue-match-") as folder:
            with engine_of(folder).open_writer(folder, wait=0, settings=schema.settings()) as writer:
                for article in self._waiting.values():
                    writer.add(schema.document(article))
            with Archive.open(folder) as archive:
                for name in list(self._names):
                    for hit in self._search(archive, name):
                        _, saved, snippets = found.setdefault(hit.id, (hit.record, [], []))
                        saved.append(name)
                        snippets.extend(hit.snippets)
        for identity in self._waiting:
            if identity in found:
                _write(*found[identity], jsonl=self._jsonl)
        self.found += len(found)
        self._waiting = {}
        flushed()

    def _search(self, archive: "Archive", name: str) -> "tuple[Hit, ...]":
        """Return the hits of a saved query; one that is broken is named once and left out from then on."""
        try:
            return archive.search(f"@{name}", self._options).hits
        except QueryError as error:
            self.broken += 1
            self._names.remove(name)
            self._voice.warn(f"@{name}: {error.message}", error.hint)
            return ()


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
