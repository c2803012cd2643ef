"""Apple News Format: an article's document of components (`article.json`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from morgue.model import Draft, Rejected
from morgue.readers import markup
from morgue.readers.fields import NoArticle, body_of, texts
from morgue.readers.json.items import claim_all, read_as
from morgue.readers.names import name_set
from morgue.readers.options import ReadOptions
from morgue.readers.story import claim, set_body

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject

_TEXT = name_set("body intro quote")
_HEADS = name_set("heading heading1 heading2 heading3 heading4 heading5 heading6")
_GROUPS = name_set("container section chapter header article_thumbnail")
_MAX_DEPTH = 20  # components within each other
_CLAIMS = {
    "published": "datePublished dateCreated",
    "updated": "dateModified",
    "people": "authors",
    "url": "canonicalURL",
    "keywords": "keywords",
}
_TAKEN = frozenset({"identifier", "language", "title", "components", "metadata"})


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per document of `stream`, called `name`, read as `options` say."""
    yield from read_as(stream, name, options, _checked)


def _checked(value: Json, number: int, digest: str) -> Draft:
    if not isinstance(value, dict) or not is_item(value):
        raise NoArticle("is not an article's document: no components with roles")
    return draft_of(value, number, digest)


def is_item(value: JsonObject) -> bool:
    """True for an object with components, each of which has a role."""
    parts = value.get("components")
    return isinstance(parts, list) and bool(parts) and all(isinstance(part, dict) and "role" in part for part in parts)


def draft_of(value: JsonObject, number: int, digest: str) -> Draft:
    """A draft of the document `value` (record `number`, sha256 `digest`); `NoArticle` when it holds no story."""
    draft = Draft(format="applenews", record=number, digest=digest)
    found: list[tuple[str, bool]] = []
    shown: dict[str, list[str]] = {}
    _walk(value["components"], found, shown, 0)
    claim_all(draft, value, {"ids": "identifier", "language": "language", "headline": "title"}, "applenews")
    for text in shown.get("title", []):
        claim(draft.headline, text, "applenews:components")
    for text in (*shown.get("byline", []), *shown.get("author", [])):
        claim(draft.byline, text, "applenews:components")
    metadata = value.get("metadata")
    if isinstance(metadata, dict):
        claim_all(draft, metadata, _CLAIMS, "applenews")
        if rest := {key: item for key, item in metadata.items() if key not in " ".join(_CLAIMS.values()).split()}:
            draft.extra["metadata"] = rest
    draft.extra |= {key: item for key, item in value.items() if key not in _TAKEN and not key.endswith(_STYLES)}
    set_body(draft, "\n\n".join(text for text, _ in found), tuple(n for n, (_, head) in enumerate(found) if head))
    if not draft.body and not draft.headline:
        raise NoArticle("holds no headline and no text")
    return draft


_STYLES = ("Styles", "Style", "Layouts", "layout")


def _walk(parts: Json, found: list[tuple[str, bool]], shown: dict[str, list[str]], depth: int) -> None:
    """Add paragraphs of components to `found`, with whether they are sub-heads, and other roles' texts to `shown`."""
    if not isinstance(parts, list) or depth > _MAX_DEPTH:
        return
    for part in parts:
        role = str(part.get("role", "")) if isinstance(part, dict) else ""
        if not isinstance(part, dict) or not role:
            continue
        if role in _GROUPS:
            _walk(part.get("components"), found, shown, depth + 1)
        elif role in _TEXT or role in _HEADS:
            text, heads = _text(part)
            found += [
                (paragraph, role in _HEADS or number in heads)
                for number, paragraph in enumerate(text.split("\n\n"))
                if paragraph
            ]
        else:
            shown.setdefault(role, []).extend(markup.plain(text) for text in texts(part.get("text"))[:1])


def _text(part: JsonObject) -> tuple[str, tuple[int, ...]]:
    text = part.get("text")
    if not isinstance(text, str):
        return "", ()
    if part.get("format") == "markdown":
        from morgue.readers.documents import markdown

        story = markdown.to_text(text)
        if not story.title:
            return story.body, story.subheads
        return f"{story.title}\n\n{story.body}", (0, *(number + 1 for number in story.subheads))
    return body_of(text)
