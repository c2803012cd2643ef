"""Kindle's `My Clippings.txt`: highlights, notes and clipped articles, whatever language the device speaks.

An entry is a title with the author in brackets, a line that begins with a dash (what, where, when), a blank line and
the text; a rule of equals signs ends it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import BinaryIO

from morgue.model import Draft, Rejected
from morgue.readers.encoding import NotText, decode
from morgue.readers.options import ReadOptions, TooLarge, read_whole
from morgue.readers.paragraphs import plain_paragraphs
from morgue.readers.story import claim, note_encoding

_RULE = re.compile(r"^={10}[ \t]*$", re.MULTILINE)
_AUTHOR = re.compile(r"\s*[(（]((?:[^()（）]|\([^()]*\))+)[)）]\s*$")
# "Added on", "Hinzugefügt am", "Ajouté le": words before the first weekday or number of the last part of the line.
_ADDED = re.compile(
    r"(?:added on|hinzugefügt am|ajouté le|añadido el|adicionado (?:em|a)|adicionado:|aggiunto (?:in data|il)"
    r"|toegevoegd op|tillagd|добавлено:?|作成日[:：]?|追加日[:：]?|添加于|추가됨?:?|добавлен[ао]?:?)\s*",
    re.IGNORECASE,
)


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per clipping of `stream`, called `name`, read as `options` say; records from 1."""
    try:
        decoded = decode(read_whole(stream, options), override=options.encoding)
    except (NotText, TooLarge) as error:
        yield Rejected(name, 0, str(error))
        return
    number = 0
    for entry in _RULE.split(decoded.text.replace("\r\n", "\n")):
        lines = entry.replace("\ufeff", "").strip("\n \t").split("\n")
        if not any(lines):
            continue
        number += 1
        item = _clipping(lines, name, number)
        if isinstance(item, Draft):
            note_encoding(item, decoded.problem)
        yield item
    if not number:
        yield Rejected(name, 0, "holds no clippings")


def _clipping(lines: list[str], name: str, number: int) -> Draft | Rejected:
    about = lines[1].strip() if len(lines) > 1 else ""
    if not about.startswith(("-", "–")):
        return Rejected(name, number, "is not a clipping: its second line does not say what was clipped")
    text = "\n".join(lines[2:]).strip()
    if not text:
        return Rejected(name, number, "is a bookmark, without text")
    digest = hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
    draft = Draft(format="kindle", record=number, digest=digest, body=plain_paragraphs(text))
    title = lines[0].strip()
    if author := _AUTHOR.search(title):
        title = title[: author.start()]
        for writer in author[1].split(";"):
            claim(draft.people, writer, "kindle:author")
    claim(draft.headline, title, "kindle:title")
    draft.extra["clipping"] = about.lstrip("-– ")
    _, bar, last = about.rpartition("|")
    if bar and (added := _ADDED.match(last.strip())):
        draft.crawled = last.strip()[added.end() :]
    return draft
