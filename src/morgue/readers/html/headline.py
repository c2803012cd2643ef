"""The headline among a page's titles: without the site's name, and the printed one before that of the metadata."""

from __future__ import annotations

import re

_SEPARATOR = re.compile(
    r"\s+[|\-–—·•»«:/~⋆>‹›]+\s+|\s*[|｜»：]\s*|\s+::\s+|\s*[-–—]\s*(?=\S+\.(?:com|net|org|[a-z]{2})\s*$)|_"
)
_SITE_FIRST = re.compile(r"(?:\s[|\-–—·•»«:/~>‹›]+\s|:\s|\|\s?)$")
_WORDS = re.compile(r"\w+")


def key(title: str) -> str:
    """A title for comparing: words alone, case folded."""
    return " ".join(_WORDS.findall(title.casefold()))


def without_site(title: str, sites: tuple[str, ...], headings: tuple[str, ...] = ()) -> str:
    """A `<title>` or og:title without the site's name and section at its ends.

    Parts at separators are dropped from the ends of `title` when they are one of `sites`, the site's names, or when
    what is left is one of `headings`, those of the page. Nothing is guessed from length alone.
    """
    title = " ".join(title.split())
    known = {key(heading) for heading in headings if heading}
    names = {key(site).replace(" ", "") for site in sites if key(site)}
    cuts = list(_SEPARATOR.finditer(title))
    if not cuts or key(title) in known:
        return title
    for cut in cuts:
        if key(title[: cut.start()]) in known:
            return title[: cut.start()].strip()
        if key(title[cut.end() :]) in known:
            return title[cut.end() :].strip()
    return _trimmed(title, cuts, names)


def _trimmed(title: str, cuts: list[re.Match[str]], names: set[str]) -> str:
    start, end = 0, len(title)
    for number, cut in enumerate(cuts):  # the first part that is the site's name ends the headline
        if cut.start() > 0 and _is_site(_SEPARATOR.split(title[cut.end() :])[0], names):
            end = cut.start()
            if number and _is_section(title[: cuts[number - 1].start()], title[cuts[number - 1].end() : end]):
                end = cuts[number - 1].start()
            break
    for cut in reversed(cuts):
        if cut.start() < end and _is_site(title[: cut.start()], names):
            start = cut.end()
            break
    kept = title[start:end].strip()
    return kept if key(kept) else title


def _is_section(headline: str, part: str) -> bool:
    """True for the one or two words that name a section between a headline and the site's name."""
    return 0 < len(part.split()) <= 2 and len(headline.split()) >= 4


def _is_site(part: str, names: set[str]) -> bool:
    squeezed = key(part).replace(" ", "")
    if not squeezed:
        return False
    return squeezed in names or any(
        len(name) >= 4 and len(squeezed) >= 4 and (squeezed.startswith(name) or name.startswith(squeezed))
        for name in names
    )


def ranked(claims: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Title claims (text, how), most trusted first.

    The page's own heading comes first when another source confirms it: it is the headline as printed. Otherwise the
    stated headline comes first. A heading that nothing confirms may be the site's logo, so it goes last.
    """
    kept = [(text, how) for text, how in claims if key(text)]
    keys = [(key(text), how.split("[")[0]) for text, how in kept]
    confirmed, others, lone = [], [], []
    for claim, (own, how) in zip(kept, keys, strict=True):
        if how != "h1":
            others.append(claim)
        elif any(own == other or within(own, other) for other, by in keys if by != "h1"):
            confirmed.append(claim)
        else:
            lone.append(claim)
    return list(dict.fromkeys(confirmed[:1] + others + confirmed[1:] + lone))


def is_titled(title: str, heading: str) -> bool:
    """True when a title is a heading of some words and, at a separator, at most the names of a section and a site."""
    title, heading = " ".join(title.split()), " ".join(heading.split())
    if len(title) - len(heading) > 60 or (len(heading) < 10 and heading.isascii()) or not key(heading):
        return False
    if title.casefold().startswith(heading.casefold()):
        rest = title[len(heading) :]
        return not rest or bool(_SEPARATOR.match(rest))
    return title.casefold().endswith(heading.casefold()) and bool(_SITE_FIRST.search(title[: -len(heading)]))


def within(one: str, other: str) -> bool:
    """True when one of two titles, if long enough to be a headline, is contained in the other."""
    return (is_long(one) and f" {one} " in f" {other} ") or (is_long(other) and f" {other} " in f" {one} ")


def is_long(title: str) -> bool:
    return len(title) > 20 or (len(title) > 6 and " " not in title and not title.isascii())
