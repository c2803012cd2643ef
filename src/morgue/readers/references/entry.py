"""What the formats of references share: the values of an entry to a draft."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from morgue.languages import code_of
from morgue.lexicon import MONTHS
from morgue.model import Claim, Draft, Remark
from morgue.readers.fields import body_of
from morgue.readers.story import claim, set_body

_MONTH = re.compile(rf"(?P<y>\d{{4}})[ /.-]+(?P<m>(?:{'|'.join(MONTHS)})[a-z]*)\.?(?:[ /.-]+(?P<d>\d{{1,2}}))?", re.I)
_SLASHED = re.compile(r"(?P<y>\d{4})/(?P<m>\d{0,2})(?:/(?P<d>\d{0,2}))?(?:/.*)?")
_PARTED = ("keywords",)
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\b\d{1,2}\b.*\d{4}|\d{4}.*\b\d{1,2}\b")


class Value(NamedTuple):
    """A value of an entry.

    Attributes:
        field: a list of `Draft`, `text` for the whole text, `abstract`, or "" for what is only kept.
        text: the value. how: where it stood, the name under which it is kept.
    """

    field: str
    text: str
    how: str


def draft(format_name: str, record: int, key: str, values: Iterable[Value]) -> Draft:
    """Return the draft of an entry.

    Args:
        format_name: of the format. record: number of the entry in its file. key: its digest.
        values: in the order of their worth.
    """
    made = Draft(format=format_name, record=record, digest=key)
    texts: dict[str, str] = {}
    kept: dict[str, list[str]] = {}
    for field, text, how in values:
        if not text.strip():
            continue
        where = f"{format_name}:{how}"
        if field in ("text", "abstract"):
            if len(text) > len(texts.get(field, "")):
                texts[field] = text
        elif not field:
            kept.setdefault(how, []).append(" ".join(text.split()))
        elif field == "published":
            claim(made.published, dated(text), where)
        elif field == "language":
            claim(made.language, code_of(text) or text, where)
        elif field in _PARTED:
            for part in re.split(r"\s*[;\n]\s*", text):
                claim(made.keywords, part, where)
        elif field == "url":
            made.url += [Claim(part, where) for part in text.split() if part.startswith(("http://", "https://"))]
        else:
            claim(getattr(made, field), text, where)
    made.published.sort(key=lambda stated: _DAY.search(stated.value) is None)  # the most exact first
    if not made.ids:
        made.ids += made.url[:1]
    for how, found in kept.items():
        made.extra[how] = found[0] if len(found) == 1 else [*found]
    _set_text(made, texts)
    return made


def dated(text: str) -> str:
    """A date as reference managers write it ("2018/03/11/", "2018///", "2018 Mar 11"), as others do."""
    text = " ".join(text.split())
    if found := _SLASHED.fullmatch(text):
        parts = [found["y"], *(part.zfill(2) for part in (found["m"], found["d"]) if part)]
        return "-".join(parts)
    if found := _MONTH.fullmatch(text):
        return " ".join(filter(None, (found["d"], found["m"], found["y"])))
    return text


def _set_text(made: Draft, texts: dict[str, str]) -> None:
    whole, abstract = texts.get("text", ""), texts.get("abstract", "")
    text, subheads = body_of(whole or abstract)
    if whole and abstract:
        made.extra["abstract"] = " ".join(abstract.split())
    elif abstract:
        why = "the text is a reference's abstract, which may be less than the article"
        made.problems.append(Remark(field="body", value="", why=why, how=f"{made.format}:abstract"))
    set_body(made, text, subheads)
