"""Records with named values (JSON objects, table rows, front matter, vendor XML) to drafts: which key is which field.

The aliases are the names that content systems and news APIs use (IPTC ninjs, schema.org, NewsAPI, the Guardian's and
AP's APIs, crawlers, clippers and media monitors, WordPress, Hugo), and words of some forty languages; `--map`
overrides them. Names are compared without case, accents, `_`, `-` and spaces. What no field takes stays in
`Draft.extra` as it was.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from morgue.errors import UsageError
from morgue.fields import FIELDS, Field
from morgue.fields import names as names_of
from morgue.languages import code_of
from morgue.model import Claim, Draft, PlaceClaim, Remark
from morgue.readers import markup
from morgue.readers.names import name_set
from morgue.readers.paragraphs import plain_paragraphs

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject

    _Setter = Callable[[Draft, Json, str], bool]
    # Field, path, top key, provenance, setter (None: a part of the place).
    _Step = tuple[str, str, str, str, _Setter | None]

_FOREIGN = {field.attribute or field.name: tuple(field.foreign.split()) for field in FIELDS if field.foreign}
# Field, as `--map` names it -> keys and paths, best first.
ALIASES: dict[str, tuple[str, ...]] = {
    name: (*field.aliases.split(), *_FOREIGN.get(name, ()))
    for field in FIELDS
    if field.aliases
    for name in (field.attribute or field.name,)
}
# Exports with columns that mean something else than their names say: all the keys of one -> its own aliases.
_HOUSES: tuple[tuple[frozenset[str], dict[str, tuple[str, ...]]], ...] = (
    # Instapaper
    (name_set("url title selection folder timestamp"), {"published": (), "crawled": ("timestamp",)}),
    # Readwise: highlights, and Reader's list
    (name_set("highlight booktitle bookauthor locationtype location"), {"location": (), "note": ("note",)}),
    (name_set("title url documenttags readingprogress location"), {"location": (), "status": ()}),
    # Omnivore: when it stored the page again
    (name_set("slug savedat readingprogress"), {"updated": ()}),
    # Pocket
    (name_set("title url timeadded tags status"), {"status": ()}),
)
# Keys that state when somebody first saw an article, soon after it was published.
_SEEN = frozenset({"seendate"})
_SYNONYMS = {"title": "headline", "date": "published", "author": "byline", "authors": "byline", "text": "body"}
_SYNONYMS |= {"place": "location", "city": "location", "tags": "keywords", "contributor": "contributors"}

_TEXT_KEYS = (
    *("rendered", "value", "text", "html", "content", "name", "#text", "$t", "plain", "raw", "main", "title"),
    *("label", "webtitle"),
)
_NAME_KEYS = ("name", "original", "displayname", "fullname", "by", "byline", "title", "value", "#text", "$t")
_FIRST_NAMES, _LAST_NAMES = ("firstname", "givenname", "given"), ("lastname", "familyname", "family", "surname")
_MAX_PLANS = 256  # held by a mapper at a time
_MAX_DEPTH = 12  # lists and objects within each other


class NoArticle(ValueError):
    """A record that holds nothing to make an article of; its text is a reason for a `Rejected`."""


_LETTERS = str.maketrans("łøđıўґ", "lodiуг")  # letters with a stroke or the like, which have no accent to take off
_BETWEEN = re.compile(r"[^\w.\[\]=]+|_+")


def normal(key: str) -> str:
    """A key as it is compared: without case, accents, `_`, `-` and spaces."""
    if key.isascii():
        return key.lower().replace("_", "").replace("-", "").replace(" ", "") or key
    return _BETWEEN.sub("", unicodedata.normalize("NFKD", key.casefold().translate(_LETTERS))) or key


def checked_map(field_map: Mapping[str, str]) -> dict[str, str]:
    """The field map with the full names of fields; `UsageError` for an unknown field."""
    found = {}
    for field, path in field_map.items():
        name = normal(field)
        name = _SYNONYMS.get(name, name)
        if name not in ALIASES:
            near = difflib.get_close_matches(name, [*ALIASES, *_SYNONYMS], 1)
            hint = f"did you mean {near[0]!r}?" if near else ""
            raise UsageError(f"--map: unknown field {field!r} (known: {', '.join(ALIASES)})", hint=hint)
        found[name] = path
    return found


# --- paths --------------------------------------------------------------------------------------------------------

_STEP = re.compile(r"([^.\[\]]+)|\[([^\[\]]*)\]")


def resolve(record: JsonObject, path: str) -> list[Json]:
    """Values in `record` at `path`: `a.b`, `a[].b` (each), `a[0].b`, `a[role=main].value`; a literal key goes first."""
    if path in record:
        return [record[path]]
    values: list[Json] = [record]
    for name, selector in _STEP.findall(path):
        values = _members(values, name) if name else _selected(values, selector)
        if not values:
            break
    return values


def _members(values: list[Json], name: str) -> list[Json]:
    found = []
    for value in values:
        for item in value if isinstance(value, list) else (value,):
            if isinstance(item, dict):
                if name in item:
                    found.append(item[name])
                else:
                    wanted = normal(name)
                    found.extend(item[key] for key in item if isinstance(key, str) and normal(key) == wanted)
    return found


def _selected(values: list[Json], selector: str) -> list[Json]:
    found: list[Json] = []
    key, equals, wanted = selector.partition("=")
    for value in values:
        items = value if isinstance(value, list) else [value]
        if not selector:
            found.extend(items)
        elif equals:
            found.extend(item for item in items if isinstance(item, dict) and str(item.get(key, "")) == wanted)
        elif selector.isdigit() and int(selector) < len(items):
            found.append(items[int(selector)])
    return found


# --- values -------------------------------------------------------------------------------------------------------


def texts(value: Json, keys: tuple[str, ...] = _TEXT_KEYS, depth: int = 0) -> list[str]:
    """The texts of a value: itself, each of a list, or the first member of `keys`; `depth` counts the nesting."""
    if isinstance(value, str):
        value = value.strip()
        return [value] if value else []
    if value is None or isinstance(value, bool) or depth > _MAX_DEPTH:
        return []
    if isinstance(value, list):
        return [text for item in value for text in texts(item, keys, depth + 1)]
    if isinstance(value, dict):
        return _object_texts(value, keys, depth)
    return [str(value)]


def _object_texts(value: JsonObject, keys: tuple[str, ...], depth: int) -> list[str]:
    by_name = {normal(key): item for key, item in value.items() if isinstance(key, str)}
    if "$date" in by_name or "$oid" in by_name:  # MongoDB's extended JSON
        return texts(by_name.get("$date", by_name.get("$oid")), keys, depth + 1)
    for key in keys:
        if key in by_name and (found := texts(by_name[key], keys, depth + 1)):
            return found
    first, last = (
        texts(next((by_name[key] for key in names if by_name.get(key)), None), keys, depth + 1)
        for names in (_FIRST_NAMES, _LAST_NAMES)
    )
    return [" ".join(first + last)] if last else []


_OF_EPOCH = frozenset({10, 13, 16, 19})  # digits of seconds since 1970, and of their thousandths …


def _of_parts(value: Json) -> str:
    """The ISO date of year, month and day in a list, or of the first list of a list; "" when they are none."""
    while isinstance(value, list) and value and isinstance(value[0], list):
        value = value[0]
    parts = [str(part) for part in value[:3]] if isinstance(value, list) else []
    return "-".join(part.zfill(2) for part in parts) if parts and all(part.isdigit() for part in parts) else ""


def _moments(value: Json) -> list[str]:
    """Texts of a date value. Seconds since 1970 and parts of them, as numbers or digits, become ISO 8601 in UTC."""
    if isinstance(value, dict):
        if isinstance(value.get("$date"), int):
            value = value["$date"]
        elif "date-parts" in value:  # CSL JSON: {"date-parts": [[2018, 3, 11]]}
            value = _of_parts(value["date-parts"]) or value
    if isinstance(value, str) and value.isdigit() and value.isascii() and len(value) in _OF_EPOCH and value[0] == "1":
        value = int(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds: float = value
        while seconds > 1e11:  # milliseconds, microseconds, nanoseconds
            seconds /= 1000
        if 1e8 < seconds < 1e10:
            return [datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")]
    return texts(value)


_CITY = ("city", "addresslocality", "locality", "town", "name", "value", "raw", "displayname")
_REGION = ("region", "state", "province", "addressregion", "countryareaname", "countryarea")
_COUNTRY = ("countrycode", "country", "addresscountry", "countryname")


def places(value: Json, how: str) -> list[PlaceClaim]:
    """Places in a value found at `how`: a text, an object with city, region and country, or a list of either."""
    if isinstance(value, str):
        value = value.strip()
        return [PlaceClaim(how=how, raw=value)] if value else []
    if isinstance(value, list):
        return [claim for item in value[:50] for claim in places(item, how)]
    if not isinstance(value, dict):
        return [PlaceClaim(how=how, raw=text) for text in texts(value)]
    by_name = {normal(key): item for key, item in value.items() if isinstance(key, str)}
    inner = by_name.get("address")
    if isinstance(inner, dict):
        by_name |= {normal(key): item for key, item in inner.items() if isinstance(key, str)}
    city, region, country = (_first(by_name, keys) for keys in (_CITY, _REGION, _COUNTRY))
    raw = _first(by_name, ("raw", "displayname"))
    return [PlaceClaim(how=how, raw=raw, city=city, region=region, country=country)] if city or country else []


def _first(by_name: Mapping[str, Json], keys: tuple[str, ...]) -> str:
    return next((found[0] for key in keys if key in by_name and (found := texts(by_name[key]))), "")


def body_of(value: Json) -> tuple[str, tuple[int, ...]]:
    """The story that a value holds, paragraphs separated by a blank line, and the numbers of its sub-heads."""
    if isinstance(value, dict) and isinstance(sections := value.get("sections"), list):
        return _of_sections(sections)
    if isinstance(value, list):
        value = [item for item in value if not _is_beside(item)]
    parts = [value] if isinstance(value, str) else texts(value, _BODY_KEYS)
    text = parts[0] if len(parts) == 1 else "\n\n".join(parts)
    if ("<" in text or "&lt;" in text) and markup.is_markup(text):
        if len(parts) > 1:
            text = "".join(part if part.startswith("<p") else f"<p>{part}</p>" for part in parts)
        return markup.paragraphs(text)
    return plain_paragraphs(text), ()


def _of_sections(sections: list[Json]) -> tuple[str, tuple[int, ...]]:
    """The story of a list of sections, each with paragraphs and maybe a headline (fundus)."""
    found: list[str] = []
    heads: list[int] = []
    for section in sections:
        if isinstance(section, dict):
            for text in texts(section.get("headline")):
                heads.append(len(found))
                found.append(" ".join(text.split()))
            found += [" ".join(text.split()) for text in texts(section.get("paragraphs"))]
        else:
            found += texts(section)
    return "\n\n".join(found), tuple(heads)


def _is_beside(item: Json) -> bool:
    """True for a block of a list of blocks that is not part of the running text."""
    return isinstance(item, dict) and str(item.get("type", "")).lower() in _BESIDE


_BESIDE = name_set(
    "kicker title headline byline date dateline image video audio gallery tweet author_info pull_quote ad embed "
    "deck caption link interstitial_link related"
)
_BODY_KEYS = ("rendered", "value", "text", "html", "content", "body", "paragraphs", "blocks", "children", "data", "raw")


# --- records ------------------------------------------------------------------------------------------------------


def _add_texts(name: str, read: Callable[[Json], list[str]] = texts) -> _Setter:
    def add(draft: Draft, value: Json, how: str) -> bool:
        if type(value) is str and not value.isdigit():
            getattr(draft, name).append(Claim(value.strip(), how))
            return True
        found = read(value)
        getattr(draft, name).extend([Claim(text, how) for text in found])
        return bool(found)

    return add


def _add_headline(draft: Draft, value: Json, how: str) -> bool:
    found = [value.strip()] if type(value) is str else texts(value)
    if found:
        text = found[0]
        if "<" in text or "&" in text:
            text = markup.plain(text)
        draft.headline.append(Claim(text, how))
    return bool(found)


_LONGER = 1.1  # times the text of a better key: then a text is the story, and the other its summary
_PAGE = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype|html)\b", re.IGNORECASE)
# This news API cuts texts: "… told the board's [+2345 chars]"
_CUT = re.compile(r"\s*(?:…|\.\.\.)?\s*\[\+?(\d{1,9}) char(?:acter)?s\]\s*\Z")


def _add_body(draft: Draft, value: Json, how: str) -> bool:
    if draft.body:
        if not isinstance(value, str | list | dict) or (isinstance(value, str) and _PAGE.match(value)):
            return False
        found = [value] if isinstance(value, str) else texts(value, _BODY_KEYS)
        if sum(map(len, found)) <= _LONGER * len(draft.body):
            return False
    if isinstance(value, str) and value.startswith("ONLY AVAILABLE IN "):  # what a news API sells
        return False
    body, subheads = body_of(value)
    if len(body) <= _LONGER * len(draft.body):
        return False
    draft.body, draft.subheads = body, subheads
    if body.endswith("]") and (cut := _CUT.search(body)):
        draft.body = body[: cut.start()]
        why = f"the source gives only the beginning of the text: {cut[1]} characters are missing"
        draft.problems.append(Remark(field="body", value=cut[0].strip(), why=why, how=how))
    return True


def _add_crawled(draft: Draft, value: Json, _how: str) -> bool:
    if not draft.crawled and (found := _moments(value)):
        draft.crawled = found[0]
    return False  # a bound for the date alone: the value stays in `extra`


def _written(value: str) -> Json:
    """What a cell holds that a program wrote as its own literal: `['A', 'B']`, `{'id': None, 'name': 'A'}`."""
    if not value or value[0] not in "[{" or value[-1] not in "]}" or len(value) > _MAX_LITERAL:
        return value
    import ast

    try:
        found: Json = ast.literal_eval(value)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return value
    return found if isinstance(found, list | dict) else value


_MAX_LITERAL = 20_000  # characters


def _add_byline(draft: Draft, value: Json, how: str) -> bool:
    if isinstance(value, int | float):  # the number of a user in the system that it was exported from
        return False
    if type(value) is str:
        value = value.strip()
        if value[0] in "[{":
            value = _written(value)
    found = [value] if type(value) is str else texts(value, _NAME_KEYS)
    into = draft.byline if isinstance(value, str) else draft.people
    into.extend([Claim(text, how) for text in found])
    return bool(found)


def _add_source(draft: Draft, value: Json, how: str) -> bool:
    if type(value) is str:
        value = value.strip()
        if value[0] not in "[{":
            draft.source.append(Claim(value, how))
            return True
        value = _written(value)
    found = texts(value)[:1]
    draft.source.extend([Claim(text, how) for text in found])
    return bool(found)


def _add_place(draft: Draft, value: Json, how: str) -> bool:
    found = places(value, how)
    draft.places.extend(found)
    return bool(found)


def _add_keywords(draft: Draft, value: Json, how: str) -> bool:
    if type(value) is str and value[0] in "[{":
        value = _written(value.strip())
    if isinstance(value, list):  # numbers are keys of the system that it was exported from
        value = [item for item in value if not isinstance(item, int | float) and not _is_contributor(item)]
    found = texts(value)
    if len(found) == 1 and isinstance(value, str):
        found = [part.strip() for part in _KEYWORD_ENDS.split(value) if part.strip()]
    draft.keywords.extend([Claim(text, how) for text in found])
    return bool(found)


def _is_contributor(tag: Json) -> bool:
    return isinstance(tag, dict) and tag.get("type") == "contributor"


_KEYWORD_ENDS = re.compile(r"[;,|、،，；]")


def _add_language(draft: Draft, value: Json, how: str) -> bool:
    found = texts(value)[:1]
    draft.language.extend([Claim((code_of(text) if len(text) > 2 else "") or text, how) for text in found])
    return bool(found)


# Fields whose values are more than texts; region and country are parts of the place.
_SETTERS: dict[str, _Setter | None] = {
    "language": _add_language,
    "headline": _add_headline,
    "body": _add_body,
    "byline": _add_byline,
    "location": _add_place,
    "region": None,
    "country": None,
    "keywords": _add_keywords,
    "source": _add_source,
    "crawled": _add_crawled,
}


def _setter(field: Field) -> _Setter:
    if field.single:
        return _add_texts(field.claims, lambda value: texts(value)[:1])
    return _add_texts(field.claims, _moments if field.shape == "date" else texts)


for _field in FIELDS:
    if _field.aliases:
        _SETTERS.setdefault(_field.attribute or _field.name, _setter(_field) if _field.claims else None)
_SINGLE = frozenset(names_of(lambda field: field.single))


def _scalar(put: _Setter) -> _Setter:
    """The setter for a key that is a common word of another language: an object or a list means something else."""

    def add(draft: Draft, value: Json, how: str) -> bool:
        return not isinstance(value, dict | list) and put(draft, value, how)

    return add


_LISTED = frozenset({"byline", "keywords", "contributors", "body"})  # fields that may be lists under any name


def _index() -> dict[str, list[tuple[int, str, str, str]]]:
    """Normal name of a key -> the aliases that begin with it: number in the table, field, alias, rest of the path."""
    found: dict[str, list[tuple[int, str, str, str]]] = {}
    number = 0
    for field, aliases in ALIASES.items():
        for alias in aliases:
            number += 1
            found.setdefault(normal(alias), []).append((number, field, alias, ""))
            first = _STEP.match(alias)
            if first and first.end() < len(alias):
                rest = alias[first.end() :]
                found.setdefault(normal(first[0]), []).append((number, field, alias, rest))
    return found


_BY_NAME = _index()
_FIRST = {field: min(n for found in _BY_NAME.values() for n, of, _, _ in found if of == field) for field in ALIASES}
_IS_FOREIGN = frozenset((field, alias) for field, aliases in _FOREIGN.items() for alias in aliases)
# What programs write for a value that is missing.
_MISSING = frozenset({"None", "none", "null", "NULL", "NaN", "nan", "NaT", "<NA>", "N/A", "n/a", "#N/A", "undefined"})
_LONGEST_MISSING = 10  # characters


def bookmark(record: JsonObject) -> JsonObject:
    """A bookmark of Pinboard or Delicious by usual names: its `description` is a title, blanks part its tags."""
    renamed = {"description": "title", "extended": "summary", "time": "time_added", "hash": "id"}
    found = {renamed.get(key, key): item for key, item in record.items()}
    tags = found.pop("tag", None) or found.get("tags")
    found["tags"] = [*tags.split()] if isinstance(tags, str) else tags
    return found


class Mapper:
    """Turns records into drafts. Records with the same keys share one plan, so that a row costs little.

    Args:
        field_map: the user's `--map`, our field -> their path; raises `UsageError` for an unknown field.
        prefix: of the provenance of claims: `json`, `csv`, `frontmatter`.
    """

    def __init__(self, field_map: Mapping[str, str], prefix: str) -> None:
        self._map = checked_map(field_map)
        self._prefix = prefix
        self._plans: dict[tuple[str, ...], tuple[list[_Step], bool]] = {}

    def draft(self, record: JsonObject, draft: Draft) -> Draft:
        """Fill a draft from a record; `NoArticle` when there is neither headline nor text in it."""
        keys = tuple(record)
        found = self._plans.get(keys)
        if found is None:
            if len(self._plans) >= _MAX_PLANS:  # records that never repeat their keys must not fill the memory
                self._plans.clear()
            found = self._plans[keys] = self._plan(keys)
        plan, foreign = found
        used = self._fill(draft, record, plan)
        if "source_code" in record and "snippet" in record:
            _join_snapshot(draft, record)
        if draft.headline and draft.headline[0].value.startswith(_ADDRESS):  # a bookmark without a title
            address = draft.headline[0].value
            draft.headline[:] = [claim for claim in draft.headline if not claim.value.startswith(_ADDRESS)]
            if not draft.body and not draft.headline:
                raise NoArticle(f"is a link without a title: {address[:200]}")
        if len(used) < len(record):
            draft.extra = {str(key): value for key, value in record.items() if key not in used}
        if not draft.body and not draft.headline:
            raise NoArticle(_nothing(record))
        if foreign:
            draft.day_first = True  # only in English the month goes first
        if draft.source and any(claim.value.startswith(_ADDRESS) for claim in draft.source):
            _part_addresses(draft)
        if draft.url and draft.url[0].value.startswith(_ADDRESS):
            draft.ids.append(draft.url[0])
        return draft

    def _fill(self, draft: Draft, record: JsonObject, plan: list[_Step]) -> set[str]:
        """Run the plan; the keys whose values need not be kept beside the claims."""
        used: set[str] = set()
        parts: dict[str, str] = {}
        filled = source = ""
        for field, path, top, how, put in plan:
            value = record[top]
            if path is not top:
                if type(value) is str:
                    continue
                value = _whole(resolve(record, path))
            if type(value) is str:
                is_missing = not value or value.isspace() or (len(value) < _LONGEST_MISSING and value in _MISSING)
            else:
                is_missing = value is None or value == []
            if is_missing:
                if path is top:
                    used.add(top)
            elif put is None:
                # Only beside a place: a country of its own is as often the publisher's or the story's.
                if draft.places and field not in parts and (found := texts(value)):
                    parts[field] = found[0]
                    used.add(top)
            elif field == filled and top == source:
                continue  # the same key by another of its paths
            elif put(draft, value, how):
                # A second key for a field gives a claim but stays in `extra` too: it may well mean something else.
                if field == filled == "body":
                    used.discard(source)  # a summary, as a longer text shows
                    filled = ""
                if field != filled and path is top and (type(value) is str or _plain(field, value)):
                    used.add(top)
                filled, source = field, top
        if parts:
            _join_place(draft, parts)
        return used

    def _plan(self, keys: tuple[str, ...]) -> tuple[list[_Step], bool]:
        """The steps that fill a draft from a record with these keys, and whether its keys are not English."""
        named: dict[str, str] = {}
        for key in keys:
            if isinstance(key, str):
                named.setdefault(normal(key), key)
        named |= {key: key for key in keys if key in named}
        own: dict[str, tuple[str, ...]] = {}
        for wanted, aliases in _HOUSES:
            if wanted <= named.keys():
                own |= aliases
        own |= {field: (path,) for field, path in self._map.items()}
        steps = [
            (number, field, key, key + rest, alias)
            for name, key in named.items()
            for number, field, alias, rest in _BY_NAME.get(name, ())
            if field not in own
        ]
        for field in ALIASES:
            for path in own.get(field, ()):
                top, actual = _located(path, keys, named)
                if actual and path:
                    # Before the aliases of the fields that follow.
                    steps.append((_FIRST[field], field, top, actual, path))
        steps.sort(key=lambda step: step[0])
        return self._steps(steps)

    def _steps(self, found: list[tuple[int, str, str, str, str]]) -> tuple[list[_Step], bool]:
        plan: list[_Step] = []
        seen: set[tuple[str, str]] = set()
        taken: dict[str, str] = {}  # key -> the field that it fills first of all
        foreign = False
        for _, field, top, actual, alias in found:
            is_foreign = (field, alias) in _IS_FOREIGN and field not in self._map
            if (field, actual) in seen or (is_foreign and taken.get(top, field) != field):
                continue
            if all(field != other for other, _ in seen):
                taken.setdefault(top, field)
            seen.add((field, actual))
            how = f"{self._prefix}:{actual}"
            put = _SETTERS[field]
            if alias in _SEEN:
                how = "derived:" + how
            if is_foreign:
                foreign = True
                put = _scalar(put) if put and field not in _LISTED else put
            plan.append((field, top if actual == top else actual, top, how, put))
        return plan, foreign


_ADDRESS = ("http://", "https://")
_SITE = re.compile(r"https?://(?:www\.)?([^/?#\s]+)/?\s*\Z", re.IGNORECASE)


def _part_addresses(draft: Draft) -> None:
    """Move addresses among the claims of a source: a site's gives its name, a page's is the article's own."""
    names: list[Claim] = []
    for claim in draft.source:
        if site := _SITE.match(claim.value):
            names.append(Claim(site[1], claim.how))
        elif not claim.value.startswith(_ADDRESS):
            names.append(claim)
        elif not draft.url:
            draft.url.append(claim)
    draft.source[:] = names


def mapper(field_map: Mapping[str, str], prefix: str) -> Mapper:
    """The `Mapper` of `field_map` and `prefix`, shared by all files of a run so that their plans are made once."""
    return _mapper(tuple(sorted(field_map.items())), prefix)


@lru_cache(maxsize=16)
def _mapper(field_map: tuple[tuple[str, str], ...], prefix: str) -> Mapper:
    return Mapper(dict(field_map), prefix)


def _located(path: str, keys: tuple[str, ...], named: Mapping[str, str]) -> tuple[str, str]:
    """The record's key that a path starts at, and the path as spelled in the record; "" for a key it does not have."""
    if path in keys:
        return path, path
    if normal(path) in named:
        return named[normal(path)], named[normal(path)]
    match = _STEP.match(path)
    first = match.group(1) if match else None
    top = first if first in keys else named.get(normal(first or ""), "")
    return (top or "", top + path[len(first or "") :]) if top else ("", "")


def _whole(values: list[Json]) -> Json:
    return values[0] if len(values) == 1 else values


def _plain(field: str, value: Json) -> bool:
    """True when the claim holds all that the value held."""
    if isinstance(value, str) or not isinstance(value, dict | list):
        return True
    return isinstance(value, list) and field not in _SINGLE and all(isinstance(item, str) for item in value)


def _join_place(draft: Draft, parts: dict[str, str]) -> None:
    """Complete a city of one column with the region and country of others."""
    region, country = parts.get("region", ""), parts.get("country", "")
    for at, claim in enumerate(draft.places):
        if claim.raw and not claim.city:
            city = "" if "," in claim.raw else claim.raw
            draft.places[at] = PlaceClaim(how=claim.how, raw=claim.raw, city=city, region=region, country=country)


def _join_snapshot(draft: Draft, record: JsonObject) -> None:
    """A snapshot of Factiva has the first paragraphs of an article in one field and the others in a second."""
    begins, goes_on = record["snippet"], record.get("body") or ""
    if isinstance(begins, str) and isinstance(goes_on, str) and begins.strip() and not goes_on.startswith(begins):
        draft.body = plain_paragraphs("\n\n".join(filter(None, (begins.strip(), goes_on.strip()))))
    if isinstance(number := record.get("an"), str) and number:
        draft.ids.insert(0, Claim(number, "factiva:an"))


def _nothing(record: JsonObject) -> str:
    keys = ", ".join(str(key)[:40] for key in list(record)[:8])
    return f"no headline and no text found in its fields ({keys or 'none'}); name them with --map headline=… body=…"
