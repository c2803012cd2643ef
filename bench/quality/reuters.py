"""Score plain wire text against the tags of Reuters-21578: headline, byline, dateline, country, end mark, ablations.

    python -m bench.quality.reuters [--data ../shared/data/reuters-sgm.tar.xz] [--odd] [-v] [--limit N]

Each document is rebuilt as plain text (title, author line, dateline and body, without tags) and read and settled like
any text file. Even NEWIDs are the gate; `--odd` takes the odd ones, for development. A DATELINE tag that was itself cut
wrongly by machine (no month and day, or words of the story in it) is not scored. `country` is the agreement with PLACES
where a country was found, `located` how often one was found; PLACES leave out the dateline's country now and then.
"""

from __future__ import annotations

import argparse
import contextlib
import html
import io
import re
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from morgue.model import Article, Context, Draft
from morgue.readers.options import ReadOptions
from morgue.readers.text import read
from morgue.wire import resolve_draft
from morgue.wire.calendar import month
from morgue.wire.gazetteer import places

DEFAULT = Path("../shared/data/reuters-sgm.tar.xz")
FLOORS = {
    "headline": 0.998,
    "people": 0.99,
    "place and date": 0.995,
    "country": 0.985,
    "located": 0.99,
    "end mark": 0.98,
}
_DOCUMENT = re.compile(r"<REUTERS [^>]*NEWID=\"(\d+)\">(.*?)</REUTERS>", re.DOTALL)
_DATELINE = re.compile(
    r"(?:\*+|RPT\s*--?)?\s*(?P<place>[A-Z][^\d]*?),?\s+(?P<month>[A-Z][a-z]+)\.?\s+(?P<day>\d{1,2})\s*-*\s*$"
)


@dataclass(frozen=True)
class Story:
    """A document's tags as text ("" where absent), the countries that its PLACES name, and the day of its DATE."""

    number: int
    title: str
    author: str
    dateline: str
    body: str
    countries: frozenset[str]
    day: str = ""


def _tag(name: str, text: str) -> str:
    found = re.search(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
    return html.unescape(re.sub(r"&#\d+;", "", found[1])) if found else ""


def stories(path: Path) -> Iterator[Story]:
    """Yield the documents that have a title and a body."""
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            extracted = archive.extractfile(member)
            if not extracted:
                continue
            for number, content in _DOCUMENT.findall(extracted.read().decode("latin-1")):
                named = re.search(r"<PLACES>(.*?)</PLACES>", content)
                codes = (
                    {places.country(d.replace("-", " ")) for d in re.findall(r"<D>(.*?)</D>", named[1])}
                    if named
                    else set()
                )
                body = re.sub(r"\n&#3;?\s*$", "", _tag("BODY", content)).rstrip()
                if body:
                    countries = frozenset(code for code in codes if code)
                    day = _tag("DATE", content).split()
                    yield Story(
                        int(number), _tag("TITLE", content), _tag("AUTHOR", content), _tag("DATELINE", content), body,
                        countries, day[0] if day else "",
                    )  # fmt: skip


def rebuilt(story: Story) -> str:
    """Return the document as a plain text file."""
    author = story.author.strip()
    head = [" ".join(story.title.split())] if story.title else []
    head += [f"    {author}"] if author else []
    return "\n".join([*head, f"{story.dateline}{story.body}"]) + "\n"


def titleless(story: Story) -> str:
    """Return the text without its title: the headline must stay missing."""
    return rebuilt(replace(story, title=""))


def joined(story: Story) -> str:
    """Return the text with the lines of each paragraph joined."""
    body = re.sub(r"\n(?! {2,})", " ", f"{story.dateline}{story.body}")
    return "\n".join(part for part in (" ".join(story.title.split()), story.author.strip(), body) if part) + "\n"


def agency_dash(story: Story) -> str:
    """Return the text with ` (Reuters) - ` after the dateline."""
    return rebuilt(replace(story, dateline=re.sub(r"\s*-\s*$", " (Reuters) - ", story.dateline)))


def long_dash(story: Story) -> str:
    """Return the text with a long dash after the dateline."""
    return rebuilt(replace(story, dateline=re.sub(r"\s*-\s*$", " — ", story.dateline)))


def capitals(story: Story) -> str:
    """Return the whole text in capitals."""
    return rebuilt(story).upper()


ABLATIONS: dict[str, Callable[[Story], str]] = {
    "as it is": rebuilt,
    "title dropped": titleless,
    "upper-cased": capitals,
    "lines joined": joined,
    "(Reuters) -": agency_dash,
    "long dash": long_dash,
}


def _plain(text: str | None) -> str:
    return re.sub(r"[\W_]+", " ", text or "").strip().casefold()


def _names(author: str) -> list[str]:
    """Return the names in an AUTHOR tag by a rule of its own: words after "By" up to the employer, split at "and"."""
    text = " ".join(author.split())
    text = re.sub(r"^by\s+", "", text, flags=re.IGNORECASE)
    text = re.sub(r",?\s*reuters?\b.*$", "", text, flags=re.IGNORECASE)
    return [name.strip(" ,.") for name in re.split(r",|\band\b", text, flags=re.IGNORECASE) if name.strip(" ,.")]


def article(text: str) -> Article | None:
    """Return the article that a text file makes."""
    for draft in read(io.BytesIO(text.encode()), "a.txt", ReadOptions()):
        if isinstance(draft, Draft):
            settled = resolve_draft(draft, Context(path="a.txt", now=time.time()))
            return settled if isinstance(settled, Article) else None
    return None


def score(story: Story, text: str, counts: Counter[str], wrong: list[str], *, title: bool) -> None:
    """Count what is right of one document."""

    def count(name: str, right: bool, found: object, wanted: object) -> None:
        counts[f"{name} of"] += 1
        counts[name] += right
        if not right:
            wrong.append(f"{story.number} {name}: {found!r}, not {wanted!r}")

    got = article(text)
    if got is None:
        counts["rejected"] += 1
        return
    wanted_title = _plain(story.title) if title else ""
    count("headline", _plain(got.headline) == wanted_title, got.headline, story.title)
    names = [person.name for person in got.byline]
    if story.author:
        count("people", [_plain(n) for n in names] == [_plain(n) for n in _names(story.author)], names, story.author)
    else:
        counts["without author"] += 1
        if names or got.byline_raw:
            counts["false bylines"] += 1
            wrong.append(f"{story.number} false byline: {got.byline_raw!r}")
    _score_dateline(story, got, count)
    if re.search(r"\n ?reuter\s*$", story.body, re.IGNORECASE):
        count("end mark", not re.search(r"\breuter\s*$", got.body, re.IGNORECASE), got.body[-40:], "none")


def _score_dateline(story: Story, got: Article, count: Callable[[str, bool, object, object], None]) -> None:
    tag = " ".join(story.dateline.split())
    clean = _DATELINE.fullmatch(tag)
    if (
        not clean
        or not month(clean["month"])
        or re.search(r"[a-z]{3,} [a-z]", clean["place"])
        or int(clean["day"]) > 31
    ):
        return
    wanted = (_plain(clean["place"]), month(clean["month"]), int(clean["day"]))
    if not any(c.isupper() for c in clean["place"]):
        return
    value = got.published.value[-5:] if got.published else ""
    found = (
        _plain(got.location.raw if got.location else ""),
        *(int(part) for part in value.split("-") if part.isdigit()),
    )
    joint = ", ".join(p.raw for p in (got.location, *got.other_locations) if p)
    ok = found[1:] == wanted[1:] and wanted[0] in (found[0], _plain(joint), _plain(_dateline_place(got)))
    count("place and date", ok, found, tag)
    if story.countries and ok:
        code = got.location.country if got.location else None
        if wanted[0] != "united nations":
            count("located", bool(code), tag, "a country")
        if code:
            count("country", code in story.countries, (code, tag), sorted(story.countries))


def _dateline_place(got: Article) -> str:
    raw = next((text for kind, text in got.furniture if kind == "dateline"), "")
    found = _DATELINE.fullmatch(" ".join(re.sub(r"\(Reuters\)|[—*]", "-", raw, flags=re.IGNORECASE).split()))
    return found["place"] if found else ""


def years(chosen: list[Story], offsets: tuple[int, ...] = (0, 1, 5, 20, 200)) -> dict[int, float]:
    """Return how often the year of a dateline is made out from a modification time so many days after the story's date.

    The texts name no year; the DATE tag is the truth. A story's own date may differ from the dateline's by a day.
    """
    right: Counter[int] = Counter()
    dated = [story for story in chosen if story.day and _DATELINE.fullmatch(" ".join(story.dateline.split()))]
    for story in dated:
        true = datetime.strptime(story.day, "%d-%b-%Y").replace(tzinfo=UTC)
        for offset in offsets:
            draft = next(iter(read(io.BytesIO(rebuilt(story).encode()), "a.txt", ReadOptions())))
            assert isinstance(draft, Draft)
            settled = resolve_draft(
                draft, Context(path="a.txt", now=time.time(), modified=true.timestamp() + offset * 86400)
            )
            value = settled.published.value if isinstance(settled, Article) and settled.published else ""
            with contextlib.suppress(ValueError):
                right[offset] += abs((datetime.fromisoformat(f"{value}T00:00:00+00:00") - true).days) <= 2
    return {offset: right[offset] / max(len(dated), 1) for offset in offsets}


def main() -> int:
    """Print a table of shares for the text as it is and each ablation; status 1 below a floor."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=DEFAULT)
    parser.add_argument("--odd", action="store_true")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--only", choices=ABLATIONS)
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    if not options.data.exists():
        print(f"{options.data} is absent: nothing scored", file=sys.stderr)
        return 0
    chosen = [story for story in stories(options.data) if story.number % 2 == options.odd]
    chosen = chosen[: options.limit or None]
    failed = False
    base: dict[str, float] = {}
    for name, build in ABLATIONS.items():
        if options.only and name != options.only:
            continue
        counts: Counter[str] = Counter()
        wrong: list[str] = []
        texts = [build(story) for story in chosen]
        began = time.process_time()
        for story, text in zip(chosen, texts, strict=True):
            score(story, text, counts, wrong, title=name != "title dropped")
        spent = time.process_time() - began
        shares = {key: counts[key] / max(counts[f"{key} of"], 1) for key in FLOORS}
        base = base or shares
        line = "  ".join(f"{key} {share:.2%} of {counts[f'{key} of']}" for key, share in shares.items())
        false = f"false bylines {counts['false bylines']} of {counts['without author']}"
        print(f"{name:14} {line}  {false}  {spent / len(chosen) * 1e3:.2f} ms")
        failed |= any(
            share < (FLOORS[key] if name == "as it is" else base[key] - 0.01) for key, share in shares.items()
        )
        failed |= counts["false bylines"] > 0
        if options.verbose:
            print("\n".join(f"    {text}" for text in wrong))
    if not options.only:
        shares_of_years = years(chosen[:: max(len(chosen) // 1000, 1)])
        print("year from a modification time, days later:", {k: f"{v:.1%}" for k, v in shares_of_years.items()})
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
