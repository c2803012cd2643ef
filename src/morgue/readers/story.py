"""What readers of structured formats put into a draft: claims without repeats, a body without the headline on top."""

from __future__ import annotations

from morgue.model import Claim, Draft


def claim(into: list[Claim], value: str | None, how: str) -> None:
    """Add a claim with white space made single, unless the value is empty or claimed already."""
    value = " ".join(value.split()) if value else ""
    if value and all(value != other.value for other in into):
        into.append(Claim(value, how))


def put(draft: Draft, body: str, subheads: tuple[int, ...] = ()) -> None:
    """Set a draft's body; paragraphs at its top that only repeat a headline are left out."""
    headlines = {_key(head.value) for head in draft.headline}
    while body and headlines:
        top, _, rest = body.partition("\n\n")
        if _key(top) not in headlines:
            break
        body, subheads = rest, tuple(number - 1 for number in subheads if number)
    draft.body, draft.subheads = body, subheads


def _key(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
