"""NewsML-G2: news items alone, in a newsMessage, or as fragments; their text as XHTML, NITF, HTML or plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, BinaryIO
from xml.etree.ElementTree import Element

from morgue.lexicon import AUTHOR_ROLES, either
from morgue.model import Draft, PlaceClaim, Rejected
from morgue.readers import story
from morgue.readers.fields import body_of
from morgue.readers.options import ReadOptions
from morgue.readers.story import claim, credit
from morgue.readers.xml import dom, nitf
from morgue.readers.xml.stories import Story, claim_each, each_made, read_as

if TYPE_CHECKING:
    from morgue.json_types import Json, JsonObject

_OTHER_ITEMS = {
    "packageItem": "a package of references",
    "conceptItem": "a concept",
    "knowledgeItem": "a vocabulary",
    "planningItem": "a planning item",
    "catalogItem": "a catalogue",
    "catalog": "a catalogue",
}
_MAX_KEYWORDS = 100
_AUTHOR_ROLE = re.compile(either(AUTHOR_ROLES), re.IGNORECASE)
_OTHER_ROLE = re.compile(r"sub|kicker|overline|short|sms|catch|seo|web|mobile|alternat|trans", re.IGNORECASE)


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` per text item of `stream`, called `name`, read as `options` say.

    Pictures and packages beside texts are passed over; alone they are rejected.
    """
    yield from read_as(stream, name, options, _stories)


def _stories(root: Element) -> list[Story] | str:
    items = [root] if root.tag == "contentSet" else list(root.iter("newsItem"))
    texts = [made for made in each_made(items, partial(_draft, root)) if _is_text(made[1])]
    return texts or _without_text(root, items)


def _draft(root: Element, item: Element) -> Draft:
    draft = Draft(format="newsmlg2")
    _fill(draft, item)
    claim(draft.source, dom.text_of(dom.first(root, "header/sender", "Header/sender")), "newsmlg2:header/sender")
    if not draft.published:  # the message's own time, for items that state none
        claim(draft.published, dom.text_of(dom.first(root, "header/sent", "Header/Sent")), "newsmlg2:header/sent")
    return draft


def _is_text(item: Element) -> bool:
    """True for an item that carries a story, or is called a text and has a headline."""
    if _inline(item, "inlineXML"):
        return True
    inline = [data for data in _inline(item, "inlineData") if dom.text_of(data)]
    kind = _item_class(item)
    if inline and not any(data.get("encoding") for data in inline):
        return kind in ("", "text", "composite") or any(
            data.get("contenttype", "text").startswith("text") for data in inline
        )
    return kind == "text" and item.find("contentMeta/headline") is not None


def _inline(item: Element, tag: str) -> list[Element]:
    """Inline renditions of an item, or of a content set by itself."""
    return item.findall(tag if item.tag == "contentSet" else f"contentSet/{tag}")


def _item_class(item: Element) -> str:
    element = item.find("itemMeta/itemClass")
    code = (element.get("qcode") or element.get("uri") or "") if element is not None else ""
    return re.split(r"[:/]", code)[-1].lower()


def _without_text(root: Element, items: list[Element]) -> str:
    if items:
        kinds = sorted({_item_class(item) or "unknown" for item in items})
        return f"holds no text: {len(items)} item{'s' if len(items) > 1 else ''} of class {', '.join(kinds)}"
    for tag, title in _OTHER_ITEMS.items():
        if root.tag == tag or root.find(f".//{tag}") is not None:
            return f"is {title}, not a story"
    return f"its first element is <{root.tag}>: no news item in it"


def _name_of(element: Element) -> str:
    """A party's or place's name: its `<name>` (a display name first), else its literal."""
    names = [name for name in element.findall("name") if dom.text_of(name)]
    full = [name for name in names if re.search("display|full", name.get("role", ""))] or names
    return dom.text_of(full[0]) if full else element.get("literal", "").strip()


def _fill(draft: Draft, item: Element) -> None:
    item_meta, meta = item.find("itemMeta"), item.find("contentMeta")
    claim(draft.ids, item.get("guid"), "newsmlg2:guid")
    claim(draft.version, item.get("version"), "newsmlg2:version")
    _management(draft, item_meta)
    _dates(draft, item_meta, meta)
    _headlines(draft, item, meta)
    _sources(draft, item, item_meta, meta)
    _credits(draft, meta)
    _places(draft, item, item_meta, meta)
    _description(draft, item, meta)
    _content(draft, item)
    # The item's own title is a name for its handling; it replaces a headline only where no text has one.
    claim(draft.headline, dom.text_of(dom.first(item_meta, "title")), "newsmlg2:itemMeta/title")


def _management(draft: Draft, item_meta: Element | None) -> None:
    for element in dom.each(item_meta, "pubStatus"):
        code = element.get("qcode") or element.get("uri") or dom.text_of(element)
        claim(draft.status, re.split(r"[:/]", code)[-1], "newsmlg2:pubStatus")
    claim_each(draft.embargo, dom.each(item_meta, "embargoed"), "newsmlg2:embargoed")
    for element in dom.each(item_meta, "edNote", "ednote"):
        if "nonpublic" not in element.get("pubconstraint", ""):
            claim(draft.note, dom.text_of(element), "newsmlg2:edNote")


def _dates(draft: Draft, item_meta: Element | None, meta: Element | None) -> None:
    for path in ("firstCreated", "versionCreated"):
        for element in dom.each(item_meta, path):
            claim(draft.published, dom.text_of(element), f"newsmlg2:{path}")
    claim_each(draft.published, dom.each(meta, "contentCreated"), "newsmlg2:contentCreated")
    claim_each(draft.updated, dom.each(item_meta, "versionCreated"), "newsmlg2:versionCreated")
    claim_each(draft.updated, dom.each(meta, "contentModified"), "newsmlg2:contentModified")


def _headlines(draft: Draft, item: Element, meta: Element | None) -> None:
    found = [element for element in dom.each(meta, "headline") if dom.text_of(element)]
    language = (item.get("lang") or "")[:2]
    main = [element for element in found if not _OTHER_ROLE.search(element.get("role", ""))]
    main.sort(key=lambda element: bool(element.get("lang")) and not element.get("lang", "").startswith(language))
    for element in main:
        claim(draft.headline, dom.text_of(element), "newsmlg2:headline")
    others: list[Json] = [dom.text_of(element) for element in found if element not in main]
    if others:
        draft.extra["subheadline"] = others


def _credits(draft: Draft, meta: Element | None) -> None:
    credit(draft.byline, [dom.text_of(element) for element in dom.each(meta, "by")], "newsmlg2:by")
    parties = {found.value.casefold() for found in draft.source}
    for element in dom.each(meta, "creator", "contributor"):
        role = element.get("role", "")
        if element.tag == "creator" and re.search("source|prov|editor|desk", role, re.IGNORECASE):
            continue
        if element.tag == "contributor" and not _AUTHOR_ROLE.search(role):
            continue
        if re.search("organi[sz]ation", element.get("type", ""), re.IGNORECASE):
            continue
        name = dom.text_of(dom.first(element, "name")) or element.get("literal", "")
        # A literal of one word is a code or a log-in; an item's source is often its creator too.
        if " " in name.strip() and name.casefold() not in parties:
            claim(draft.people, name, f"newsmlg2:{element.tag}")


def _places(draft: Draft, item: Element, item_meta: Element | None, meta: Element | None) -> None:
    claim_each(draft.dateline, dom.each(meta, "dateline"), "newsmlg2:dateline")
    names = {element.get("qcode"): _name_of(element) for element in dom.each(item, "assert") if element.get("qcode")}
    for element in [*dom.each(meta, "located"), *dom.each(item_meta, "located")]:
        if place := _place(element, names):
            draft.places.append(place)


def _place(element: Element, names: dict[str | None, str]) -> PlaceClaim | None:
    own = _name_of(element) or names.get(element.get("qcode"), "")
    region = country = ""
    for broader in element.iter("broader"):
        kind, name = broader.get("type", "").lower(), _name_of(broader)
        code = re.fullmatch(r"(?:iso3166-1a\d|N2|geo|country):([A-Z]{2,3})", broader.get("qcode", ""))
        if "country" in kind or kind.endswith(":5"):
            country = country or name or (code.group(1) if code else "")
        elif "statprov" in kind or "region" in kind or "admin" in kind:
            region = region or name
    kind = element.get("type", "").lower()
    if kind.endswith("country"):
        own, country = "", own or country
    if not own and not country:
        return None
    return PlaceClaim(how="newsmlg2:located", city=own, region=region if region != own else "", country=country)


def _sources(draft: Draft, item: Element, item_meta: Element | None, meta: Element | None) -> None:
    for element in dom.each(meta, "infoSource"):
        claim(draft.source, _name_of(element), "newsmlg2:infoSource")
    for element in dom.each(meta, "creditline"):
        claim(draft.source, dom.text_of(element).rstrip("–- "), "newsmlg2:creditline")
    for element in dom.each(item_meta, "provider"):
        code = element.get("qcode", "").partition(":")[2]
        claim(draft.source, _name_of(element) or code, "newsmlg2:provider")
    for element in dom.each(item, "rightsInfo/copyrightHolder"):
        claim(draft.source, _name_of(element), "newsmlg2:copyrightHolder")
    claim_each(draft.rights, dom.each(item, "rightsInfo/copyrightNotice"), "newsmlg2:copyrightNotice")


def _description(draft: Draft, item: Element, meta: Element | None) -> None:
    claim_each(draft.language, dom.each(meta, "language"), "newsmlg2:language", "tag")
    claim(draft.language, item.get("lang"), "newsmlg2:lang")
    claim_each(draft.slug, dom.each(meta, "slugline"), "newsmlg2:slugline")
    for element in dom.each(meta, "keyword", "subject/name"):
        if len(draft.keywords) < _MAX_KEYWORDS:
            claim(draft.keywords, dom.text_of(element), f"newsmlg2:{element.tag}")
    extra: JsonObject = {
        "urgency": dom.text_of(dom.first(meta, "urgency")),
        "subjects": [code for element in dom.each(meta, "subject") if (code := element.get("qcode"))],
        "genres": [code for element in dom.each(meta, "genre") if (code := element.get("qcode") or _name_of(element))],
        "signals": [code for element in dom.each(item, "itemMeta/signal") if (code := element.get("qcode"))],
        "descriptions": [text for element in dom.each(meta, "description") if (text := dom.text_of(element))],
        "alt_ids": {e.get("type", ""): dom.text_of(e) for e in dom.each(meta, "altId") if dom.text_of(e)},
    }
    draft.extra.update({key: value for key, value in extra.items() if value})


def _content(draft: Draft, item: Element) -> None:
    """Take the story from the best of the inline renditions: structured XML, then HTML or plain text."""
    for element in _inline(item, "inlineXML"):
        inner = element if element.tag == "nitf" else dom.first(element, "nitf", ".//nitf")
        if inner is not None:
            nitf.fill(draft, inner)
        elif not draft.body:
            _xhtml(draft, element)
        if draft.body:
            return
    for element in _inline(item, "inlineData"):
        text = "".join(element.itertext()).strip()
        if text and not element.get("encoding"):
            if not len(element):
                story.set_body(draft, *body_of(text))
            else:
                story.set_body(draft, *dom.paragraphs(element))
        if draft.body:
            return


def _xhtml(draft: Draft, element: Element) -> None:
    body = dom.first(element, ".//body")
    body = body if body is not None else element
    heading = dom.text_of(dom.first(body, ".//h1"))
    claim(draft.headline, heading, "newsmlg2:h1")
    story.set_body(draft, *dom.paragraphs(body))
