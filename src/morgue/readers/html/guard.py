"""Pages that would take too long to parse, found before they are parsed.

An HTML parser looks through the stack of open elements at most tags and compares each attribute with those before it,
so deep nesting and tags of very many attributes cost the square of their number: a megabyte can take hours. Ordinary
pages pass a test that only counts brackets; the rest are scanned tag by tag, in time linear in their length.
"""

from __future__ import annotations

import re

from morgue.readers.names import name_set

_MAX_TAGS = 1_000_000
_MAX_STEPS = 300_000_000  # visits of elements or attributes: a few seconds
_UNCHECKED_TAGS = 12_000  # cost a second at most, however they nest
_UNCHECKED_ATTRIBUTES = 75_000  # in one tag: a few seconds
_UNCHECKED_CHARACTERS = 1 << 20  # characters; a longer page is always checked

_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)"""
_ATTRIBUTE = rf"=?[^\s/>=]++(?:\s*+=\s*+{_VALUE}?+)?+"
_OPEN = re.compile(r"<(?:(/?)([a-zA-Z][^\s/>]{0,100})|!--)")
_REST = re.compile(rf"(?:[\s/]++|{_ATTRIBUTE}|=)*+>")
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
# Void elements, and those whose end is implied by the next of their kind.
_UNCOUNTED = name_set(
    "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot "
    "option optgroup colgroup rp rt html head body"
)


def too_costly(text: str, data: bytes) -> str:
    """Why a page must not be parsed, as a reason for a `Rejected`; "" when it may.

    Args:
        text: the page. data: the bytes it was decoded from (counting is quicker in them).
    """
    if (
        len(text) <= _UNCHECKED_CHARACTERS
        and data.count(b"<") <= _UNCHECKED_TAGS
        and _separators(data) <= _UNCHECKED_ATTRIBUTES
    ):
        return ""
    return _scan(text)


def _separators(data: bytes) -> int:
    """An upper bound for the number of attributes in a page: one needs white space, a slash or a quote before it."""
    return len(data) - len(data.translate(None, b" \t\n\r\f/\"'"))


def _scan(text: str) -> str:
    """Add up what each tag costs the parser."""
    open_tags: dict[str, int] = {}
    depth = steps = tags = at = 0
    while (match := _OPEN.search(text, at)) is not None:
        tags += 1
        name = (match.group(2) or "").lower()
        if not name:
            at = text.find("-->", match.end())
            if at < 0:
                break
            continue
        rest = _REST.match(text, match.end())
        at = rest.end() if rest else len(text)  # a tag that never ends takes the rest of the page with it
        if at - match.end() > 500:
            count = sum(1 for _ in _ATTRIBUTES.finditer(text, match.end(), at))
            steps += count * count if count > 50 else 0
        if name not in _UNCOUNTED:
            change = _depth_change(open_tags, name, closing=bool(match.group(1)))
            depth += change
        steps += depth
        if steps > _MAX_STEPS or tags > _MAX_TAGS:
            return _reason(tags)
        if name in _RAW and not match.group(1):
            found = re.compile(rf"</{name}", re.IGNORECASE).search(text, at)
            if found is None:
                break
            at = found.start()
    return ""


def _depth_change(open_tags: dict[str, int], name: str, *, closing: bool) -> int:
    count = open_tags.get(name, 0)
    if closing and not count:
        return 0
    open_tags[name] = count - 1 if closing else count + 1
    return -1 if closing else 1


def _reason(tags: int) -> str:
    if tags > _MAX_TAGS:
        return f"HTML of more than {_MAX_TAGS:,} tags"
    return "HTML nested too deeply, or with too many attributes in a tag, to parse in reasonable time"
