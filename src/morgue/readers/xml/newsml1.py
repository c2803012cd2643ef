"""NewsML 1.x: AFP, EFE, Kyodo, ANP, Belga, ANA, Business Wire. An article per text component with a headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from xml.etree.ElementTree import Element

from morgue.model import Claim, Draft, PlaceClaim, Rejected
from morgue.readers.fields import body_of
from morgue.readers.options import ReadOptions
from morgue.readers.story import claim, credit, set_body
from morgue.readers.xml import dom, nitf
from morgue.readers.xml.stories import Story, claim_each, read_as

if TYPE_CHECKING:
    from morgue.json_types import Json

_NO_STORY = frozenset(
    {
        "caption",
        "headline",
        "title",
        "slug",
        "byline",
        "dateline",
        "stylesheet",
        "logo",
        "thumbnail",
        "summary",
        "abstract",
        "photo",
        "picture",
        "graphic",
    }
    | {"quicklook", "preview", "highdef", "video", "audio", "image", "thumb", "icon", "related", "link", "sidebarlink"}
)
_MAIN = frozenset({"main", "body", "story", "text", "maintext", "article"})
_BEFORE = frozenset({"lead", "intro", "introduction", "standfirst", "chapeau"})
_MIN_FURTHER = 200  # characters that a further text of one item must have to count as an article of its own


class Part(NamedTuple):
    """A content item with the components around it, innermost first, and its text."""

    around: list[Element]
    body: str
    subheads: tuple[int, ...]
    nitf: Element | None


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` per article of each `NewsItem` of `stream`, called `name`, read as `options` say."""
    yield from read_as(stream, name, options, _stories)


def _stories(root: Element) -> list[Story] | str:
    items = list(root.iter("NewsItem"))
    drafts = [(item, draft) for item in items for draft in _articles(item, root)]
    return [
        (number if len(drafts) > 1 else 0, item, lambda draft=draft: draft)  # type: ignore[misc]
        for number, (item, draft) in enumerate(drafts, 1)
    ] or _without_text(root, items)


def _without_text(root: Element, items: list[Element]) -> str:
    if not items:
        return f"its first element is <{root.tag}>: no NewsItem in it"
    kinds = sorted({element.get("FormalName", "") for item in items for element in item.iter("MediaType")} - {""})
    return f"holds no text{': only ' + ', '.join(kinds) if kinds else ''}"


# --- finding the texts --------------------------------------------------------------------------------------------


def _articles(item: Element, root: Element) -> Iterator[Draft]:
    parts = _best(list(_parts(item, [])))
    seen: set[str] = set()
    for part in parts:
        draft = Draft(format="newsml1")
        _fill(draft, item, root, part)
        head = draft.headline[0].value if draft.headline else ""
        if not (draft.body or head) or head in seen or (seen and len(draft.body) < _MIN_FURTHER):
            continue
        if seen:  # a further story of one item: the item's identity is taken by the first
            draft.ids = [Claim(f"{found.value}#{len(seen) + 1}", found.how) for found in draft.ids]
        seen.add(head)
        yield draft
    if not seen and not any(element.get("FormalName", "").lower() in _NO_STORY for element in item.iter("MediaType")):
        draft = Draft(format="newsml1")
        components = list(item.iter("NewsComponent"))[:1]
        _fill(draft, item, root, Part(components, "", (), None))
        if draft.headline:
            yield draft


def _parts(element: Element, around: list[Element]) -> Iterator[Part]:
    """Content items with text below an element, in order; pictures' captions and the like are left out."""
    for child in element:
        if child.tag == "NewsComponent":
            if not _is_furniture(child) and len(around) < 40:
                yield from _parts(child, [child, *around])
        elif child.tag == "ContentItem" and (part := _part(child, around)):
            yield part


def _is_furniture(component: Element) -> bool:
    if _role(component) in _NO_STORY:
        return True
    kinds = {_formal(content, "MediaType").lower() for content in component.findall("ContentItem")}
    return bool(kinds) and not kinds & {"", "text", "complexdata", "html"}


def _part(content: Element, around: list[Element]) -> Part | None:
    kind = _formal(content, "MediaType").lower()
    mime = _formal(content, "MimeType").lower()
    data = dom.first(content, "DataContent", "Encoding/DataContent")
    if data is None or kind not in ("", "text", "complexdata", "html"):
        return None
    if mime and not re.search("text|html|xml|nitf", mime):
        return None
    if "css" in mime or content.find("Encoding[@Notation='base64']") is not None:
        return None
    inner = data.find(".//nitf")
    if inner is None and data.find(".//body.content") is not None:
        inner = data
    if inner is not None:
        probe = Draft(format="newsml1")
        nitf.fill(probe, inner)
        return Part(around, probe.body, probe.subheads, inner) if probe.body else None
    body, subheads = _content(data)
    return Part(around, body, subheads, None) if body else None


def _content(data: Element) -> tuple[str, tuple[int, ...]]:
    if not len(data):
        return body_of("".join(data.itertext()))
    body = data.find(".//body")
    return dom.paragraphs(body if body is not None else data)


def _best(parts: list[Part]) -> list[Part]:
    """Texts with a main role when there are any; of the same text in several formats the longest."""
    main = [_with_lead(part, parts) for part in parts if _roles(part) & _MAIN]
    chosen: dict[tuple[int, ...], Part] = {}
    for part in main or parts:
        group = next((part.around[n] for n, c in enumerate(part.around) if c.get("EquivalentsList") == "yes"), None)
        key = (id(group),) if group is not None else (id(part.body), len(chosen))
        if key not in chosen or len(part.body) > len(chosen[key].body):
            chosen[key] = part
    return list(chosen.values())


def _with_lead(part: Part, parts: list[Part]) -> Part:
    """A body with its lead in front, which is a component of its own beside it (Belga)."""
    parent = part.around[1:2]
    leads = [other for other in parts if parent and other.around[1:2] == parent and _role(other.around[0]) in _BEFORE]
    if not leads or part in leads:
        return part
    before = "\n\n".join(lead.body for lead in leads)
    shift = before.count("\n\n") + 1
    return part._replace(body=f"{before}\n\n{part.body}", subheads=tuple(number + shift for number in part.subheads))


def _role(component: Element) -> str:
    return _formal(component, "Role").lower().replace(" ", "")


def _roles(part: Part) -> set[str]:
    return {_role(component) for component in part.around[:2]}


def _formal(element: Element, path: str) -> str:
    found = element.find(path)
    return found.get("FormalName", "").strip() if found is not None else ""


# --- claims -------------------------------------------------------------------------------------------------------


def _fill(draft: Draft, item: Element, root: Element, part: Part) -> None:
    _identity(draft, item)
    _dates(draft, item, root)
    for component in part.around:
        lines = component.find("NewsLines")
        _lines(draft, lines)
        _places(draft, component)
        _metadata(draft, component)
    claim(draft.slug, dom.text_of(item.find("Identification/NameLabel")), "newsml1:NameLabel")
    claim(draft.language, item.get("lang"), "newsml1:lang")
    provider = dom.text_of(item.find("Identification/NewsIdentifier/ProviderId"))
    claim(draft.source, provider, "newsml1:ProviderId")
    if part.nitf is not None:
        nitf.fill(draft, part.nitf)
    for component in part.around:
        for beside in component.findall("NewsComponent"):
            if _role(beside) in ("title", "headline"):
                claim(draft.headline, dom.text_of(beside.find(".//DataContent")), "newsml1:Role=Title")
    set_body(draft, part.body, part.subheads)


def _identity(draft: Draft, item: Element) -> None:
    identifier = item.find("Identification/NewsIdentifier")
    revision = dom.first(identifier, "RevisionId")
    number = dom.text_of(revision)
    public = dom.text_of(dom.first(identifier, "PublicIdentifier"))
    update = revision.get("Update", "") if revision is not None else ""
    # The identifier ends in the revision (`…:FXW86:2N`, NewsML 1.2 section 5.3): without it all versions share an id.
    for ending in (f":{number}{update}", f":{number}"):
        if number and public.endswith(ending):
            public = public[: -len(ending)]
            break
    claim(draft.ids, public, "newsml1:PublicIdentifier")
    claim(draft.ids, dom.text_of(dom.first(identifier, "NewsItemId")), "newsml1:NewsItemId")
    claim(draft.version, number, "newsml1:RevisionId")
    management = item.find("NewsManagement")
    if management is not None:
        claim(draft.status, _formal(management, "Status"), "newsml1:Status")
        claim(draft.embargo, dom.text_of(management.find("StatusWillChange/DateAndTime")), "newsml1:StatusWillChange")
        for instruction in management.findall("Instruction"):
            text = dom.text_of(instruction) or instruction.get("FormalName")
            claim(draft.note, text, "newsml1:Instruction")


def _dates(draft: Draft, item: Element, root: Element) -> None:
    for path in ("FirstCreated", "ThisRevisionCreated"):
        claim(draft.published, dom.text_of(item.find(f"NewsManagement/{path}")), f"newsml1:{path}")
    for element in item.iter("DateLineDate"):
        claim(draft.published, dom.text_of(element), "newsml1:DateLineDate")
    claim(draft.published, dom.text_of(item.find("Identification/NewsIdentifier/DateId")), "newsml1:DateId")
    claim(draft.published, dom.text_of(root.find("NewsEnvelope/DateAndTime")), "newsml1:DateAndTime")
    claim(draft.updated, dom.text_of(item.find("NewsManagement/ThisRevisionCreated")), "newsml1:ThisRevisionCreated")


def _lines(draft: Draft, lines: Element | None) -> None:
    for tag, into in (
        ("HeadLine", draft.headline),
        ("DateLine", draft.dateline),
        ("CreditLine", draft.source),
        ("CopyrightLine", draft.rights),
        ("RightsLine", draft.rights),
        ("SlugLine", draft.slug),
        ("KeywordLine", draft.keywords),
    ):
        claim_each(into, dom.each(lines, tag), f"newsml1:{tag}")
    bylines = [text for element in dom.each(lines, "ByLine") if (text := dom.text_of(element))]
    title = dom.text_of(dom.first(lines, "ByLineTitle"))
    if len(bylines) == 1 and title and title not in bylines[0]:
        bylines = [f"{bylines[0]}, {title}"]
    credit(draft.byline, bylines, "newsml1:ByLine")
    subheads = [text for element in dom.each(lines, "SubHeadLine") if (text := dom.text_of(element))]
    if subheads:
        draft.extra.setdefault("subheadline", [*subheads])


def _places(draft: Draft, component: Element) -> None:
    meta = component.find("DescriptiveMetadata")
    for location in dom.each(meta, "Location"):
        # The place of the "Event" is not where it was filed; agencies that mark the origin call it so or leave it out.
        if location.get("HowPresent", "").lower() in ("", "origin", "dateline"):
            _place(draft, location, "newsml1:Location")
    if meta is not None and not draft.places:
        _place(draft, meta, "newsml1:Property")


def _place(draft: Draft, element: Element, how: str) -> None:
    values = {
        item.get("FormalName", "").lower(): item.get("Value", "").strip() or dom.text_of(item)
        for item in element.findall("Property")
    }
    city = values.get("city", "")
    region = next((values[key] for key in ("region", "countryarea", "province", "state") if values.get(key)), "")
    if city or (how.endswith("Location") and values.get("country")):
        found = PlaceClaim(how=how, city=city, region=region, country=values.get("country", ""))
        if found not in draft.places:
            draft.places.append(found)


def _metadata(draft: Draft, component: Element) -> None:
    for path in ("AdministrativeMetadata/Provider/Party", "AdministrativeMetadata/Source/Party"):
        for party in component.findall(path):
            claim(draft.source, party.get("FormalName"), f"newsml1:{path.split('/')[1]}")
    for element in component.findall("DescriptiveMetadata/Language"):
        claim(draft.language, element.get("FormalName", "").lower(), "newsml1:Language")
    for element in component.findall("DescriptiveMetadata/Property"):
        if element.get("FormalName", "").lower() in ("keyword", "keywords"):
            claim(draft.keywords, element.get("Value"), "newsml1:Keyword")
    subjects: list[Json] = [
        code
        for tag in ("Subject", "SubjectMatter", "SubjectDetail")
        for element in component.iterfind(f"DescriptiveMetadata/SubjectCode/{tag}")
        if (code := element.get("FormalName"))
    ]
    if subjects:
        draft.extra.setdefault("subjects", subjects)
