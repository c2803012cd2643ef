"""Linked data in a page: the schema.org node (JSON-LD) that describes the article, however broken its JSON is."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject

    Node = JsonObject


_MAX_SCRIPT = 4 << 20  # characters of one script; articles' bodies are in it
_MAX_NODES = 5_000
_MAX_DEPTH = 12  # lists and graphs within each other
_TYPES = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting|Reportage|SocialMediaPosting|PressRelease)$")
_PAGES = frozenset({"WebPage", "ItemPage", "MedicalWebPage", "CreativeWork", "Review", "VideoObject", "Recipe"})
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_SALVAGED = ("headline", "datePublished", "dateModified", "dateCreated", "inLanguage", "articleSection")


def parse(scripts: Iterable[str]) -> list[Node]:
    """Every JSON-LD node of the scripts, outermost first, `@graph` and arrays opened, broken scripts salvaged."""
    nodes: list[Node] = []
    for script in scripts:
        if len(script) > _MAX_SCRIPT:
            continue
        value = _load(script)
        nodes.extend(_nodes(value) if value is not None else _salvage(script))
        if len(nodes) > _MAX_NODES:
            break
    return nodes[:_MAX_NODES]


def _load(script: str) -> Json:
    """The script's JSON value; None when it cannot be repaired (control characters in strings are allowed)."""
    text = _WRAPPING.sub("", script.strip().lstrip("\ufeff")).strip().rstrip(";")
    try:
        value: Json = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return _repaired(text)
    return value


def _repaired(text: str) -> Json:
    """The value of JSON with the mistakes that templates make, or None."""
    without_commas = _TRAILING_COMMA.sub(r"\1", text)
    attempts = [without_commas, _BAD_ESCAPE.sub(r"\\\\", without_commas)]
    if "&quot;" in text[:2000]:
        attempts.append(html.unescape(text))
    for attempt in attempts:
        try:
            value: Json = json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
        return value
    return _several(text)


def _several(text: str) -> Json:
    """Several values in one script, or None when there is not even one."""
    decoder = json.JSONDecoder(strict=False)
    found: list[Json] = []
    at = 0
    while at < len(text) and len(found) < 100:
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        found.append(value)
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
    return found or None


def _nodes(value: Json) -> Iterator[Node]:
    stack: list[tuple[Json, int]] = [(value, 0)]
    while stack:
        item, depth = stack.pop(0)
        if depth > _MAX_DEPTH:
            continue
        if isinstance(item, list):
            stack[:0] = [(part, depth + 1) for part in item[:1000]]
        elif isinstance(item, dict):
            yield item
            inner = [item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart") if key in item]
            stack[:0] = [(part, depth + 1) for part in inner if isinstance(part, list | dict)]


def _salvage(script: str) -> list[Node]:
    """Single fields of a script that is not JSON (a quote within the headline breaks the rest)."""
    if not re.search(r'"@type"\s*:\s*\[?\s*"[A-Za-z]*(?:Article|BlogPosting|Report)"', script):
        return []
    node: Node = {"@type": "NewsArticle", "@broken": True}
    for key in _SALVAGED:
        if match := re.search(rf'"{key}"\s*:\s*"([^\n]{{1,1000}}?)"\s*(?:,\s*(?:"|$)|\}}|$)', script, re.MULTILINE):
            node[key] = match.group(1)
    if match := re.search(r'"author"\s*:\s*[\[{]{0,2}[^\]}]{0,400}?"name"\s*:\s*"([^"\n]{1,200})"', script):
        node["author"] = {"name": match.group(1)}
    elif match := re.search(r'"author"\s*:\s*"([^"\n]{1,200})"', script):
        node["author"] = match.group(1)
    return [node] if len(node) > 2 else []


def _types(node: Node) -> tuple[str, ...]:
    """The node's types without namespace."""
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return tuple(name.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in names if isinstance(name, str))


def article(nodes: list[Node], titles: Iterable[str], urls: Iterable[str]) -> Node | None:
    """The node of `nodes` that describes the article: an article type, preferably with one of `titles` or `urls`."""
    known = {_key(title) for title in titles if title}
    places = {_address(url) for url in urls if url}
    best: tuple[int, Node] | None = None
    for node in nodes:
        points = _points(node, known, places)
        if points > 0 and (best is None or points > best[0]):
            best = (points, node)
    return best[1] if best else None


def _points(node: Node, titles: set[str], urls: set[str]) -> int:
    names = _types(node)
    if any(_TYPES.search(name) for name in names):
        points = 10
    elif any(name in _PAGES for name in names) and any(key in node for key in ("headline", "datePublished", "author")):
        points = 2
    else:
        return 0
    headline = _key(text(node.get("headline")) or text(node.get("name")))
    points += 6 if headline and headline in titles else 0
    addresses = {_address(url) for url in _addresses(node)}
    points += 5 if addresses & urls else 0
    points += sum(key in node for key in ("headline", "datePublished", "author")) - 2 * ("@broken" in node)
    return points


def _addresses(node: Node) -> Iterator[str]:
    for key in ("url", "@id", "mainEntityOfPage"):
        value = node.get(key)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str):
                yield item
            elif isinstance(item, dict):
                yield from (found for key in ("@id", "url") if isinstance(found := item.get(key), str))


def _address(url: str) -> str:
    return url.split("#")[0].split("?")[0].rstrip("/").removeprefix("https://").removeprefix("http://").lower()


def _key(title: str) -> str:
    return re.sub(r"\W+", " ", html.unescape(title)).strip().casefold()


def text(value: Json) -> str:
    """The text of a JSON-LD value: a string, a language map's value, the first of a list; "" for none."""
    for _ in range(4):
        if isinstance(value, list):
            value = value[0] if value else ""
        elif isinstance(value, dict):
            value = value.get("@value", value.get("name", ""))
        else:
            break
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return unescaped(str(value))


def unescaped(value: str) -> str:
    """Text without entities (they may be escaped twice) and tags, white space made single."""
    for _ in range(2):
        if "&" not in value:
            break
        value = html.unescape(value)
    if "<" in value:
        value = re.sub(r"</?[a-zA-Z][^<>]{0,500}>", "", value)
    return " ".join(value.split())


def texts(value: Json) -> tuple[str, ...]:
    """Every text of a value that may be a list, or a string with commas (keywords)."""
    if isinstance(value, str):
        return tuple(part.strip() for part in unescaped(value).split(",") if part.strip())
    if isinstance(value, list):
        return tuple(found for item in value[:500] if (found := text(item)))
    found = text(value)
    return (found,) if found else ()


def persons(node: Node, nodes: list[Node], key: str = "author") -> tuple[tuple[str, str], ...]:
    """(name, type) of each of `node`'s people under a `key`; `@id`s are looked up in `nodes`. Type: "" for strings."""
    by_id = {item["@id"]: item for item in nodes if isinstance(item.get("@id"), str) and "name" in item}
    value = node.get(key)
    found: list[tuple[str, str]] = []
    for item in (value if isinstance(value, list) else [value])[:50]:
        if isinstance(item, list):
            item = item[0] if item else None
        if isinstance(item, dict) and "name" not in item and isinstance(item.get("@id"), str):
            item = by_id.get(item["@id"], item)
        kind = (_types(item) or ("",))[0] if isinstance(item, dict) else ""
        names = item.get("name") if isinstance(item, dict) else item
        for name in names if isinstance(names, list) else [names]:
            if label := text(name):
                found.append((label, kind))
    return tuple(dict.fromkeys(found))
