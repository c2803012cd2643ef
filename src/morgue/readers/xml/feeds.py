"""Feeds: RSS 0.9x, 1.0 and 2.0, Atom, and WordPress exports (WXR). An article an entry, read as the file streams in.

A feed is cut into its entries before any of it is parsed: one broken entry costs that entry, a truncated file its last
one, and a WordPress export of any size is read in constant memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from morgue.model import Draft, Rejected
from morgue.readers import markup, paragraphs
from morgue.readers.encoding import NotText, decode
from morgue.readers.options import ReadOptions
from morgue.readers.story import claim, note_encoding
from morgue.readers.xml import dom
from morgue.readers.xml.feed_entries import Channel, Entries, Entry

_SKIPPED_POSTS = frozenset(  # what WordPress keeps beside its posts and pages
    {"attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache", "wp_block"}
    | {"wp_global_styles", "wp_navigation", "wp_template", "wp_template_part", "acf-field", "acf-field-group"}
)


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per entry of `stream`, called `name`, read as `options` say; records from 1."""
    try:
        entries = Entries(stream, options)
        number = 0
        for number, piece in enumerate(entries, start=1):
            item = _entry(piece, entries.channel, name, number, options)
            if item is not None:
                yield item
        if entries.refused:
            yield Rejected(name, number + 1 if number else 0, entries.refused)
    except NotText as error:
        yield Rejected(name, 0, str(error))


def _entry(piece: bytes, channel: Channel, name: str, number: int, options: ReadOptions) -> Draft | Rejected | None:
    try:
        decoded = decode(piece, declared=channel.declared, override=options.encoding)
        entry = Entry(dom.parse_text(channel.wrapped(decoded.text), keep_namespaces=True)[0])
    except (NotText, dom.BadXml, IndexError) as error:
        return Rejected(name, number, str(error) or "an empty entry")
    if entry.text("wp:post_type") in _SKIPPED_POSTS:
        return None
    draft = Draft(format=channel.format, record=number, digest=hashlib.sha256(piece).hexdigest())
    _set_identity(draft, entry, channel)
    _set_dates(draft, entry)
    _set_credits(draft, entry, channel)
    _set_rest(draft, entry, channel)
    _set_body(draft, entry)
    note_encoding(draft, decoded.problem)
    if not draft.headline and not draft.body:
        return Rejected(name, number, "an entry without title and text")
    return draft


def _set_identity(draft: Draft, entry: Entry, channel: Channel) -> None:
    source = entry.source()
    for name in ("title", "media:title"):
        title = markup.plain(entry.text(name))
        # News searches print the paper behind the title.
        claim(draft.headline, title.removesuffix(f" - {source}") if source else title, name)
    for link in entry.links(channel.base):
        claim(draft.url, link, "link")
    guid = entry.text("guid")
    if guid.startswith(("http://", "https://")) and entry.attribute("guid", "isPermaLink") != "false":
        claim(draft.url, guid, "guid")
    for name, value in (("guid", guid), ("id", entry.text("id")), ("rdf:about", entry.own("about"))):
        claim(draft.ids, value, name)
    if not draft.ids and draft.url:
        draft.ids.append(draft.url[0])


def _set_dates(draft: Draft, entry: Entry) -> None:
    gmt = entry.text("wp:post_date_gmt")
    names = ("pubDate", "published", "issued", "dc:date", "dcterms:issued", "dcterms:created", "created", "date")
    for name in names:
        claim(draft.published, entry.text(name), name)
    if gmt and not gmt.startswith("0000"):
        claim(draft.published, gmt.replace(" ", "T") + "Z", "wp:post_date_gmt")
    local = entry.text("wp:post_date")
    claim(draft.published, "" if local.startswith("0000") else local, "wp:post_date")
    for name in ("updated", "modified", "dcterms:modified", "lastBuildDate"):
        claim(draft.updated, entry.text(name), name)
    changed = entry.text("wp:post_modified_gmt")
    if changed and not changed.startswith("0000"):
        claim(draft.updated, changed.replace(" ", "T") + "Z", "wp:post_modified_gmt")
    if not draft.published and draft.updated:  # Atom demands only the time of the last change
        draft.published.append(draft.updated[0])


def _set_credits(draft: Draft, entry: Entry, channel: Channel) -> None:
    for value in entry.texts("dc:creator"):
        claim(draft.people, channel.people.get(value, value), "dc:creator")
    for value in entry.names("author"):
        claim(draft.people, value, "author")
    for value in entry.names("itunes:author") if not draft.people else ():
        claim(draft.people, value, "itunes:author")
    for value in channel.authors if not draft.people else ():
        claim(draft.people, value, "feed:author")
    for value in entry.names("contributor"):
        claim(draft.contributors, value, "contributor")
    claim(draft.byline, entry.text("media:credit") if not draft.people else "", "media:credit")


def _set_rest(draft: Draft, entry: Entry, channel: Channel) -> None:
    for value in entry.categories():
        claim(draft.keywords, value, "category")
    for name in ("dc:subject", "media:keywords"):
        for value in entry.text(name).split(","):
            claim(draft.keywords, value, name)
    claim(draft.language, entry.own("lang") or entry.text("dc:language"), "entry")
    claim(draft.language, channel.language, "channel:language")
    claim(draft.source, entry.source() or entry.text("dc:publisher"), "source")
    claim(draft.source, markup.plain(channel.title), "channel:title")
    for name in ("dc:rights", "rights", "media:copyright"):
        claim(draft.rights, markup.plain(entry.text(name)), name)
    claim(draft.rights, markup.plain(channel.rights), "channel:rights")
    status = entry.text("wp:status")
    claim(draft.status, "trash (deleted)" if status == "trash" else status, "wp:status")
    claim(draft.slug, entry.text("wp:post_name"), "wp:post_name")


def _set_body(draft: Draft, entry: Entry) -> None:
    """The fullest text that the entry has; its summary is kept beside it."""
    found: list[tuple[str, tuple[int, ...]]] = []
    for name in ("content:encoded", "content", "encoded", "body", "description", "summary", "media:description"):
        if (value := entry.content(name)) is not None:
            found.append(_paragraphs(value))
    found = [item for item in found if item[0]]
    if not found:
        return
    titles = {_key(claim.value + source) for claim in draft.headline for source in ("", entry.source())}
    found = [item for item in found if _key(item[0]) not in titles]
    if not found:
        return
    draft.body, draft.subheads = found[0] if len(found[0][0]) >= 200 else max(found, key=lambda item: len(item[0]))
    summary = next((text for text, _ in reversed(found) if text != draft.body), "")
    if summary and len(summary) < 2_000:
        draft.extra["summary"] = summary


def _key(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _paragraphs(value: str | Element) -> tuple[str, tuple[int, ...]]:
    if not isinstance(value, str):
        return dom.paragraphs(value)
    if "<" in value or "&" in value:
        return markup.paragraphs(value.replace("\n\n", "<p>") if "<p" not in value and "<br" not in value else value)
    return paragraphs.plain_paragraphs(value), ()
