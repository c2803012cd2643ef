"""Rich Text Format: releases from word processors, and downloads of press databases.

The dates of the properties are those of the document, not of publication: none is claimed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from morgue.model import Draft, Rejected, Remark
from morgue.readers import exports
from morgue.readers.documents import rtf_text
from morgue.readers.options import ReadOptions, read_whole
from morgue.readers.story import set_styled


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield the article of the RTF file `stream`, called `name`, or the articles of the download that it is.

    Raises:
        TooLarge: when the file is larger than `options.max_bytes`; the caller makes a `Rejected` of it.
    """
    data = read_whole(stream, options)
    rtf = rtf_text.parsed(data)
    cut = Remark(field="body", value="rtf", why="the file ends within a group: it seems cut", how="rtf")
    problems = (cut,) if rtf.cut else ()
    text = "\n\n".join(paragraph.text for paragraph in rtf.paragraphs)
    if not text.strip():
        yield Rejected(name, 0, "an RTF file without text" + (": it ends within a group" if rtf.cut else ""))
        return
    if articles := exports.taken_apart(text, name, options, problems):
        yield from articles
        return
    draft = Draft(format="rtf", digest=hashlib.sha256(data).hexdigest(), problems=list(problems))
    set_styled(draft, [(item.text, _kind(item)) for item in rtf.paragraphs if item.text], "rtf:title")
    draft.extra.update(rtf.info)
    yield draft


def _kind(paragraph: rtf_text.Paragraph) -> str:
    """`title`, `subtitle`, `heading`, `bold` or ""."""
    if paragraph.style in ("title", "subtitle"):
        return paragraph.style
    return "heading" if paragraph.style.startswith("heading") else "bold" if paragraph.bold else ""
