"""JSON that holds articles in another shape than a list of objects, made into one: tables by column, keyed records, Ghost.

Tables are those that pandas writes (`to_json` with orient `columns`, `index` and `split`, `to_dict("list")`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from morgue.readers.fields import ALIASES, normal, texts
from morgue.readers.names import name_set

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject

# Names by which a key is an article's headline or text.
_TELLING = frozenset(normal(alias) for field in ("headline", "body") for alias in ALIASES[field])
# Members of an object that is a value itself: {"title": {"rendered": "A"}, "content": {"rendered": "B"}}
_OF_VALUES = name_set("rendered value text html raw plain main protected name id en de fr es it pt")
# Keys that hold one thing, or a list of articles, and are not the keys of records.
_OUTER = name_set(
    "data item article articles items results docs documents stories posts entries response result content story document "
    "doc feed hits body headline meta metadata source _source fields"
)


def shaped(value: Json) -> Json:
    """The list of records that an object of another shape holds; the value itself when it is of none."""
    if not isinstance(value, dict) or not value:
        return value
    if "db" in value or "data" in value:
        found = _ghost(value) or _split(value)
        if found is not None:
            return found
    first = next(iter(value.values()))
    if isinstance(first, list):
        return _by_lists(value) or value
    return (_by_columns(value) or _keyed(value) or value) if isinstance(first, dict) else value


def _is_telling(keys: object) -> bool:
    return isinstance(keys, dict) and any(normal(key) in _TELLING for key in keys if isinstance(key, str))


def _split(value: JsonObject) -> list[Json] | None:
    names, rows = value.get("columns"), value.get("data")
    if not isinstance(names, list) or not isinstance(rows, list) or not rows:
        return None
    if not all(isinstance(name, str) for name in names) or not all(isinstance(row, list) for row in rows):
        return None
    return [dict(zip(names, row, strict=False)) for row in rows]  # type: ignore[arg-type]  # str and list, as seen


def _by_lists(value: JsonObject) -> list[Json] | None:
    columns = list(value.values())
    lengths = {len(column) if isinstance(column, list) else -1 for column in columns}
    if len(value) < 2 or len(lengths) != 1 or lengths & {0, -1} or not _is_telling(value):
        return None
    if any(isinstance(cell, dict | list) for column in columns for cell in column):  # type: ignore[union-attr]
        return None
    return [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)]  # type: ignore[arg-type]


def _by_columns(value: JsonObject) -> list[Json] | None:
    columns = [column for column in value.values() if isinstance(column, dict)]
    rows = list(columns[0])
    if len(value) < 2 or len(columns) < len(value) or not _is_telling(value) or {*rows} <= _OF_VALUES:
        return None
    if any(column.keys() != columns[0].keys() for column in columns):
        return None
    return [{name: column[row] for name, column in zip(value, columns, strict=True)} for row in rows]


def _keyed(value: JsonObject) -> list[Json] | None:
    """Records under a key each: a row's number, or the identifier of a database."""
    if not all(_is_telling(record) for record in value.values()) or _OUTER & value.keys():
        return None
    if any(normal(key) in _TELLING for key in value):
        return None
    return [
        record if key.isdigit() or "id" in record else {"id": key, **record}
        for key, record in value.items()
        if isinstance(record, dict)
    ]


# --- Ghost --------------------------------------------------------------------------------------------------------


def _ghost(value: JsonObject) -> list[Json] | None:
    """The posts of an export of Ghost, with their authors' and tags' names and a text."""
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
                found.append("".join(str(m[-1]) for m in item if isinstance(m, list) and m) if isinstance(item, list) else "")
    return "\n\n".join(text for text in found if text) or None
