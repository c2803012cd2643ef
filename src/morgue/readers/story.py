"""How readers of structured formats fill a draft: claims without repeats, a body without the headline on top."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from morgue.lexicon import BY, either, spelled, words
from morgue.model import Claim, Draft, Rejected, Remark
from morgue.readers.markup import is_subhead


def claim(into: list[Claim], value: str | None, how: str) -> None:
    """Add `value`, found at `how`, to `into`, white space made single, unless it is empty or there already."""
    value = " ".join(value.split()) if value else ""
    if value and all(value != other.value for other in into):
        into.append(Claim(value, how))


# With French and Spanish "De"; not with "Da", as in "Da Silva".
_PREFIX = re.compile(rf"(?:{either(spelled(words(BY), str.title), ('De',))})\s+(?=\w)")


def credit(into: list[Claim], lines: list[str], how: str) -> None:
    """Add credit `lines`, found at `how` in elements of their own, to `into`: joined first, then one by one."""
    lines = list(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))
    if len(lines) > 1:
        claim(into, " and ".join([lines[0], *(_PREFIX.sub("", line, count=1) for line in lines[1:])]), how)
    for line in lines:
        claim(into, line, how)


def set_body(draft: Draft, body: str, subheads: tuple[int, ...] = ()) -> None:
    """Set a draft's body and `subheads` (paragraph numbers); paragraphs on top that repeat a headline are left out."""
    headlines = {_key(head.value) for head in draft.headline}
    while body and headlines:
        top, _, rest = body.partition("\n\n")
        if _key(top) not in headlines:
            break
        body, subheads = rest, tuple(number - 1 for number in subheads if number)
    draft.body, draft.subheads = body, subheads


def set_styled(draft: Draft, paragraphs: list[tuple[str, str]], how: str) -> None:
    """Set headline and body of a word processor's `paragraphs`.

    The title by its style, or a heading that opens the text; without either the text is read as wire copy.

    Args:
        draft: what is filled.
        paragraphs: (text, kind) of each that has text; kind is `title`, `subtitle`, `heading`, `bold` or "".
        how: of the claim for the headline.
    """
    title = next((text for text, kind in paragraphs if kind == "title"), "")
    if not title and len(paragraphs) > 1 and paragraphs[0][1] == "heading":
        title = paragraphs[0][0]
    claim(draft.headline, title, how)
    rest = [(text, kind) for text, kind in paragraphs if not (title and text == title)]
    body = "\n\n".join(text for text, _ in rest)
    if not title:
        draft.layout, draft.body = "wire", body
        return
    heads = [n for n, (text, kind) in enumerate(rest) if kind == "heading" or (kind == "bold" and is_subhead(text))]
    set_body(draft, body, tuple(heads))


def note_encoding(draft: Draft, problem: str) -> None:
    """Add the `problem` of a text's encoding, a sentence or "" for none, to the remarks of its `draft`."""
    draft.problems.extend(_doubts(problem))


def noted(items: Iterable[Draft | Rejected], problem: str) -> Iterator[Draft | Rejected]:
    """Yield `items`, each draft with the `problem` of the encoding as `note_encoding` adds it."""
    return remarked(items, _doubts(problem))


def remarked(items: Iterable[Draft | Rejected], remarks: tuple[Remark, ...]) -> Iterator[Draft | Rejected]:
    """Yield `items`, each draft with `remarks` added to its own."""
    for item in items:
        if isinstance(item, Draft):
            item.problems.extend(remarks)
        yield item


def _doubts(problem: str) -> tuple[Remark, ...]:
    return (Remark(field="body", value="", why=problem, how="encoding"),) if problem else ()


def _key(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
