"""IPTC 7901 transmissions (dpa, ats, KNA and others): header line, keywords, headline up to `=`, text, date.

Source: IPTC 7901, The Text Transmission Format (1995), and files as sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from morgue import lexicon
from morgue.lexicon import BY, BY_OR_NAME, either, spelled, words
from morgue.model import Claim, Draft, Rejected
from morgue.readers.options import ReadOptions
from morgue.readers.transmissions import messages
from morgue.readers.transmissions.messages import Format, Message

_HEADER = re.compile(
    r"\s*(?P<source>[A-Za-z]{2,4})\s?(?P<number>\d{3,5})\s+(?P<priority>\d)\s+(?P<category>[A-Za-z]{1,4})"
    r"\s+(?P<words>\d{1,5})(?P<rest>[^\n]*)"
)
_AGENCY = re.compile(r"\b([A-Za-z]{2,6})(?:-[a-z]{1,5})?\s+\d{1,5}\s*$")
_HEAD_LINES = 14  # lines that are searched for the `=` above the text
_NTH = rf"\d{{1,2}}(?:{either(spelled(lexicon.ORDINAL_ENDINGS, str.upper))})"
_ORDINALS = spelled(words(lexicon.ORDINALS), str.upper)
_VERSIONS = spelled((*lexicon.VERSIONS, *lexicon.VERSIONS_DE), str.upper)
_KICKERS = spelled((*words(lexicon.KICKERS), *words(lexicon.HEAD_KICKERS)), str.upper)
_KICKER = re.compile(
    rf"\(.{{1,120}}\)$|(?:{_NTH}|{either(_ORDINALS)})\s+(?:{either(_VERSIONS)})\b.*$"
    rf"|(?:\d{{1,2}}\. )?(?:{either(_KICKERS)})(?: \d{{1,2}})?[:!]?$"
)
_VERSION = re.compile(
    rf"{_NTH}\s+\w+|{either(words(lexicon.VERSION_KICKERS))}|(?:{either(lexicon.NUMBERED)})(?: \d+)?", re.IGNORECASE
)
_BYLINE = re.compile(
    rf"(?:{either(spelled(words(BY), str.title, str.upper), spelled(words(BY_OR_NAME), str.title))})\s+[^\W\d_]"
)
# From here on the text speaks to editors: dpa's notebook, contacts, "not for publication".
_NOTEBOOK = re.compile(
    rf"^(?:#{{1,3}}\s*(?:dpa\W{{0,3}})?(?:{either(words(lexicon.EDITORS_SECTIONS))})\b.*"
    rf"|\W{{0,8}}(?:{either(words(lexicon.NOT_FOR_PUBLICATION))}"
    rf"|(?:{either(lexicon.NOT_FOR_PUBLICATION_DE)}) (?:{either(lexicon.FOR_PUBLICATION_DE)}).*)"
    r"\W{0,4})$",
    re.IGNORECASE | re.MULTILINE,
)
_STARS = re.compile(r"\s*(?:\*[ \t]*){3,}\s*$")
_SIGNATURE = re.compile(rf"\n\s*(?:{either(lexicon.SIGNED_7901)})(?:[ /][a-z0-9]{{1,5}}){{1,7}}\s*$")
_TRAILER = re.compile(r"\d{6}\s*(?:GMT|UTC|Z)?\s*[^\W\d_]{3,10}\.?\s*(?:\d\d)?")


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a draft for each transmission of the stream, called `name`, read as `options` say."""
    return messages.drafts(stream, name, options, Format("iptc7901", _fill))


def _fill(draft: Draft, message: Message) -> None:
    head, text = _split(message.text)
    text, notebook = _without_notebook(text)
    _set_header(draft, message.header)
    _set_head(draft, head)
    draft.layout = "story" if head else "wire"
    draft.body = "\n\n".join(_paragraphs(text))
    if notebook:
        draft.extra["not_for_publication"] = notebook
    if trailer := _TRAILER.search(" ".join(message.trailer.split())):
        draft.published.append(Claim(trailer.group().strip(), "iptc7901:trailer"))
        if sent := draft.extra.get("transmission"):
            draft.ids.append(Claim(f"iptc7901:{sent}/{'_'.join(trailer.group().split())}", "iptc7901:header"))


def _split(text: str) -> tuple[list[str], str]:
    """The lines of the head, which ends with `=`, and the text below; no lines when no such end is found."""
    lines = text.split("\n")
    for index, line in enumerate(lines[:_HEAD_LINES]):
        if line.rstrip().endswith("=") and line.strip("= \t"):
            head = [stripped for raw in lines[: index + 1] if (stripped := raw.strip().rstrip("=").strip())]
            return head, "\n".join(lines[index + 1 :])
    return [], text


def _paragraphs(text: str) -> Iterator[str]:
    """Paragraphs between blank lines. Lines are cut at 69 characters, so they are joined, but for those of tables."""
    for block in re.split(r"\n[ \t]*\n", text):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        table = sum(1 for line in lines if "  " in line or len(line) < 35) > max(1, len(lines) // 2)
        if lines:
            yield ("\n" if table else " ").join(lines)


def _without_notebook(text: str) -> tuple[str, str]:
    """The story, and what follows it for editors alone."""
    found = _NOTEBOOK.search(text)
    story, notebook = (text[: found.start()], text[found.start() :]) if found else (text, "")
    return _SIGNATURE.sub("", _STARS.sub("", story).rstrip()), notebook.strip()


def _set_header(draft: Draft, header: str) -> None:
    found = _HEADER.match(header)
    if found:
        draft.extra["transmission"] = found["source"] + found["number"]
        draft.extra.update(priority=found["priority"], category=found["category"])
        if agency := _AGENCY.search(found["rest"]):
            draft.source.append(Claim(agency.group(1), "iptc7901:header"))
    rest = header[found.end() :] if found else header.partition("\n")[2]
    slug = " ".join(rest.split()).strip("/ ")
    if slug:
        draft.slug.append(Claim(slug, "iptc7901:keywords"))
        draft.keywords += [Claim(part.strip(), "iptc7901:keywords") for part in slug.split("/") if part.strip()]


def _set_head(draft: Draft, lines: list[str]) -> None:
    """File the lines above the text: kickers, the headline (over several lines), the byline."""
    title: list[str] = []
    for line in lines:
        if not title and _KICKER.match(line):
            draft.note.append(Claim(line.strip("()"), "iptc7901:kicker"))
            if found := _VERSION.search(line):
                draft.version.append(Claim(found.group(), "iptc7901:kicker"))
        elif title and _BYLINE.match(line):
            draft.byline.append(Claim(line, "iptc7901:byline"))
        elif draft.byline:
            last = draft.byline.pop()
            draft.byline.append(Claim(f"{last.value} {line}", last.how))
        else:
            title.append(line)
    if title:
        draft.headline.append(Claim(" ".join(title), "iptc7901:headline"))
