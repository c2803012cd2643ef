"""NITF 2 and 3 (News Industry Text Format): the agencies' XML for one story, and the body of other formats' stories."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO
from xml.etree.ElementTree import Element

from morgue.model import Draft, PlaceClaim, Rejected
from morgue.readers.options import ReadOptions
from morgue.readers.story import claim, credit, set_body
from morgue.readers.xml import dom
from morgue.readers.xml.stories import Story, claim_each, each_made, read_as

if TYPE_CHECKING:
    from morgue.json_types import JsonObject

_SLUG_METAS = ("slug", "slugline", "anpa-keyword", "NTBStikkord")
_MAX_TITLE_WORDS = 8


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` per `<nitf>` element of `stream`, called `name`, read as `options` say, or why there is none."""
    yield from read_as(stream, name, options, _stories)


def _stories(root: Element) -> list[Story] | str:
    stories = [root] if root.tag == "nitf" else list(root.iter("nitf"))
    return each_made(stories, _draft) if stories else f"its first element is <{root.tag}>: no NITF story in it"


def _draft(story: Element) -> Draft:
    draft = Draft(format="nitf")
    fill(draft, story)
    return draft


def fill(draft: Draft, story: Element) -> None:
    """Add what `story`, an `<nitf>` element, says to a draft; claims that are there already keep their precedence."""
    head, body = story.find("head"), story.find("body")
    body_head = dom.first(story, "body/body.head", "body.head")
    _identity(draft, story, head)
    _dates(draft, head, body_head)
    _headline(draft, head, body_head)
    _credits(draft, body_head)
    _dateline(draft, body_head)
    _description(draft, story, head, body_head)
    if not draft.body:
        _text(draft, body if body is not None else story, body_head)


def _identity(draft: Draft, story: Element, head: Element | None) -> None:
    claim_each(draft.ids, dom.each(head, ".//doc-id"), "nitf:doc-id", "id-string")
    claim_each(draft.status, dom.each(head, ".//docdata"), "nitf:docdata/management-status", "management-status")
    claim_each(draft.version, dom.each(head, ".//du-key"), "nitf:du-key", "version")
    claim(draft.language, story.get("baselang") or story.get("lang"), "nitf:baselang")
    content = story.find(".//body.content")
    claim(draft.language, content.get("lang") if content is not None else None, "nitf:body.content")


def _dates(draft: Draft, head: Element | None, body_head: Element | None) -> None:
    for element in dom.each(head, ".//date.issue"):
        claim(draft.published, element.get("norm") or dom.text_of(element), "nitf:date.issue")
    for element in dom.each(body_head, ".//story.date"):
        claim(draft.published, element.get("norm") or dom.text_of(element), "nitf:story.date")
    for element in dom.each(head, ".//pubdata"):
        claim(draft.published, element.get("date.publication"), "nitf:pubdata")
        claim(draft.url, element.get("ex-ref"), "nitf:pubdata/ex-ref")
    metas = _metas(head)
    claim(draft.published, metas.get("timestamp"), "nitf:meta/timestamp")
    for element in dom.each(head, ".//date.release"):
        release = element.get("norm") or dom.text_of(element)
        # Most agencies repeat the date of issue here; only another moment says that the story is held back.
        if all(release != issue.value for issue in draft.published):
            claim(draft.embargo, release, "nitf:date.release")


def _headline(draft: Draft, head: Element | None, body_head: Element | None) -> None:
    claim_each(draft.headline, dom.each(body_head, ".//hl1", "headline/hl1"), "nitf:hl1")
    for element in dom.each(body_head, "hedline", "headline"):
        if not len(element):
            claim(draft.headline, dom.text_of(element), "nitf:hedline")
    claim(draft.headline, dom.text_of(dom.first(head, "title")), "nitf:title")


def _credits(draft: Draft, body_head: Element | None) -> None:
    lines = list(dom.each(body_head, "byline", "bylines/byline"))
    if any(line.get("class") for line in lines):  # the same credit as printed and as normalised
        for line in lines:
            claim(draft.byline, _byline_of(line), "nitf:byline")
    else:
        credit(draft.byline, [_byline_of(line) for line in lines], "nitf:byline")
    claim_each(draft.source, dom.each(body_head, "distributor"), "nitf:distributor")


def _byline_of(element: Element) -> str:
    """A `<byline>` as a line: the names, then the title or paper of `<byttl>` after a comma."""
    titles = [dom.text_of(title) for title in element.iter("byttl")]
    parts: list[str] = []
    _names(element, parts)
    line = " ".join("".join(parts).split())
    title = ", ".join(title for title in titles if title and len(title.split()) <= _MAX_TITLE_WORDS)
    if not title or title in line:
        return line
    return f"{line.rstrip(',')}, {title}" if line else f"By {title}"


def _names(element: Element, parts: list[str]) -> None:
    parts.append(element.text or "")
    for child in element:
        if child.tag != "byttl":
            # A space keeps `By<person>Name` apart; white space is made single afterwards.
            parts.append(" ")
            _names(child, parts)
        parts.append(" " + (child.tail or ""))


def _dateline(draft: Draft, body_head: Element | None) -> None:
    for element in dom.each(body_head, "dateline"):
        for location in element.iter("location"):
            if place := _place_of(location, "nitf:dateline/location"):
                draft.places.append(place)
        for dated in list(element.findall("story.date")):
            dated.text = ""
        if not any(len(location) for location in element.iter("location")):
            claim(draft.dateline, dom.text_of(element), "nitf:dateline")


def _printed(location: Element) -> str:
    """The text of a `<location>`; "" where its parts run on without a separator, so that they are joined as prose."""
    if any((part.tail or "").strip() for part in location) or (location.text or "").strip() or len(location) < 2:
        return dom.text_of(location)
    return ""


def _place_of(location: Element, how: str) -> PlaceClaim | None:
    """A `<location>` with parts as a place; None for one of text alone."""
    city, region, country = (
        dom.text_of(dom.first(location, *names))
        for names in (("city",), ("state", "region"), ("country",))
    )  # fmt: skip
    if not city and not country:
        return None
    if not country and (element := location.find("country")) is not None:
        country = element.get("iso-cc", "")
    return PlaceClaim(how=how, raw=_printed(location), city=city, region=region, country=country)


def _metas(head: Element | None) -> dict[str, str]:
    return {
        element.get("name", ""): element.get("content", "")
        for element in dom.each(head, ".//meta")
        if element.get("name")
    }


def _description(draft: Draft, story: Element, head: Element | None, body_head: Element | None) -> None:
    claim_each(draft.source, dom.each(head, ".//pubdata"), "nitf:pubdata/name", "name")
    for element in dom.each(head, ".//doc.copyright"):
        claim(draft.source, element.get("holder"), "nitf:doc.copyright")
        words = ("Copyright", element.get("year", ""), element.get("holder", ""))
        claim(draft.rights, " ".join(word for word in words if word), "nitf:doc.copyright")
    claim_each(draft.rights, dom.each(body_head, "rights"), "nitf:rights")
    for element in dom.each(head, ".//key-list/keyword"):
        claim(draft.keywords, element.get("key") or dom.text_of(element), "nitf:keyword")
    for element in dom.each(head, ".//ed-msg"):
        claim(draft.note, element.get("info") or dom.text_of(element), "nitf:ed-msg")
    claim_each(draft.note, dom.each(head, ".//correction"), "nitf:correction", "info")
    claim_each(draft.note, dom.each(body_head, "note"), "nitf:note")
    metas = _metas(head)
    for name in _SLUG_METAS:
        claim(draft.slug, metas.get(name), f"nitf:meta/{name}")
    extra: JsonObject = {"meta": {name: value for name, value in metas.items() if value}}
    extra["subjects"] = [dict(item.attrib) for item in story.iter("tobject.subject") if item.attrib]
    extra["event_location"] = [dict(item.attrib) for item in story.iter("evloc") if item.attrib]
    extra["abstract"] = dom.text_of(dom.first(body_head, "abstract"))
    extra["subheadline"] = [text for item in dom.each(body_head, ".//hl2") if (text := dom.text_of(item))]
    draft.extra.update({key: value for key, value in extra.items() if value})


def _text(draft: Draft, body: Element, body_head: Element | None) -> None:
    contents = list(dom.each(body, "body.content", ".//body.content"))
    content = contents[0] if contents else None
    if content is not None:
        # The New York Times' corpus gives the first paragraphs in a block of their own and again in the full text.
        full = [block for block in content.findall("block") if block.get("class") == "full_text"]
        set_body(draft, *dom.paragraphs(full[0] if full else content))
    elif body_head is None and len(body):
        set_body(draft, *dom.paragraphs(body))
    if not draft.body:
        abstract = dom.first(body_head, "abstract")
        if abstract is not None:
            set_body(draft, *dom.paragraphs(abstract))
    for element in dom.each(body, "body.end/tagline"):
        if text := dom.text_of(element):
            draft.body = f"{draft.body}\n\n{text}" if draft.body else text
