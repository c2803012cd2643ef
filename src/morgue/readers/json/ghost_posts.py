"""The posts of Ghost's export: a database in JSON, with tables that link posts with authors and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from morgue.readers.fields import texts

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject


def posts(value: JsonObject) -> list[Json] | None:
    """The posts of an export, with their authors' and tags' names and a text; None for another object."""
    outer = value.get("db")
    inner = outer[0] if isinstance(outer, list) and outer else value
    data = inner.get("data") if isinstance(inner, dict) else None
    if not isinstance(data, dict) or not isinstance(data.get("posts"), list) or not {"users", "tags"} & data.keys():
        return None
    people = _linked(data, "users", "posts_authors", "author_id")
    tags = _linked(data, "tags", "posts_tags", "tag_id")
    found: list[Json] = []
    for post in _objects(data["posts"]):
        key = str(post.get("id"))
        own = people.get(str(post.get("author_id")), [])
        links: JsonObject = {"authors": people.get("post " + key) or own or None, "tags": tags.get("post " + key)}
        text = next((post[name] for name in ("html", "plaintext", "markdown") if post.get(name)), None)
        body = text or _lexical(post.get("lexical")) or _mobiledoc(post.get("mobiledoc"))
        dropped = ("html", "plaintext", "markdown", "lexical", "mobiledoc", "author_id")
        found.append({"body": body, **links} | {name: cell for name, cell in post.items() if name not in dropped})
    return found


def _objects(value: Json) -> list[JsonObject]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _linked(data: JsonObject, kind: str, links: str, key: str) -> dict[str, list[Json]]:
    """Names by identifier, and by `post ` and the identifier of a post, in the order of the post."""
    names: dict[str, list[Json]] = {
        str(item.get("id")): [item["name"]] for item in _objects(data.get(kind)) if item.get("name")
    }
    ordered = sorted(_objects(data.get(links)), key=lambda link: (str(link.get("post_id")), _number(link)))
    for link in ordered:
        if name := names.get(str(link.get(key))):
            names.setdefault(f"post {link.get('post_id')}", []).extend(name)
    return names


def _number(link: JsonObject) -> int:
    order = link.get("sort_order")
    return order if isinstance(order, int) else 0


def _loaded(value: Json) -> Json:
    from morgue.readers.json.text import NotJson, parse

    try:
        return parse(value) if isinstance(value, str) and value[:1] == "{" else None
    except NotJson:
        return None


def _lexical(value: Json) -> str | None:
    """The paragraphs of an editor state of Lexical."""
    document = _loaded(value)
    root = document.get("root") if isinstance(document, dict) else None
    blocks = _objects(root.get("children")) if isinstance(root, dict) else []
    found = [_text_of(block) for block in blocks]
    return "\n\n".join(text for text in found if text) or None


def _text_of(node: JsonObject, depth: int = 0) -> str:
    if isinstance(node.get("text"), str):
        return str(node["text"])
    if node.get("type") == "linebreak":
        return "\n"
    parts = [_text_of(child, depth + 1) for child in _objects(node.get("children"))] if depth < 50 else []
    return ("\n\n" if node.get("type") == "list" else "").join(parts).strip(" ")


def _mobiledoc(value: Json) -> str | None:
    """The paragraphs of a Mobiledoc: sections of markers, and cards that hold Markdown or HTML."""
    document = _loaded(value)
    if not isinstance(document, dict):
        return None
    cards, found = document.get("cards"), []
    for section in document.get("sections") or []:  # type: ignore[union-attr]  # anything else is skipped below
        if not isinstance(section, list) or len(section) < 2:
            continue
        kind, markers = section[0], section[-1]
        if kind == 10 and isinstance(cards, list) and isinstance(markers, int) and 0 <= markers < len(cards):
            card = cards[markers]
            found += texts(card[1] if isinstance(card, list) and len(card) > 1 else None, ("markdown", "html"))
        elif kind == 1 and isinstance(markers, list):
            found.append("".join(str(mark[-1]) for mark in markers if isinstance(mark, list) and mark))
        elif kind == 3 and isinstance(markers, list):
            for item in markers:
                found.append(
                    "".join(str(m[-1]) for m in item if isinstance(m, list) and m) if isinstance(item, list) else ""
                )
    return "\n\n".join(text for text in found if text) or None
