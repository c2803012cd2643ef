"""The British Library's newspapers in XML of their own: `<BL_newspaper>` (JISC) and `<UKP>` (NCBP), an article each.

Words are elements; the lines of the print are not kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from morgue.model import Draft, Rejected
from morgue.readers.digitised.pages import remark_confidence
from morgue.readers.hyphens import Joiner, is_broken
from morgue.readers.options import ReadOptions
from morgue.readers.story import claim, set_body
from morgue.readers.xml import dom
from morgue.readers.xml.stories import Story, each_made, read_as


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected]:
    """Yield a `Draft` or `Rejected` per article of `stream`, called `name`, read as `options` say."""
    yield from read_as(stream, name, options, _stories)


def _stories(root: Element) -> list[Story] | str:
    if root.tag == "BL_newspaper":
        articles = list(root.iter("BL_article"))
        return each_made(articles, lambda article: _jisc(root, article)) or "a page of a newspaper without articles"
    issues = [(issue, article) for issue in root.iter("issue") for article in issue.iter("article")]
    by_article = {id(article): issue for issue, article in issues}
    made = each_made([article for _, article in issues], lambda article: _ncbp(by_article[id(article)], article))
    return made or "an issue of a newspaper without articles"


def _jisc(root: Element, article: Element) -> Draft:
    draft = Draft(format="blnewspaper")
    description = article.find("article_metadata")
    claim(draft.headline, dom.text_of(dom.first(description, ".//Title", ".//title")), "bl:dc:Title")
    for creator in dom.each(description, ".//Creator", ".//creator"):
        claim(draft.byline, dom.text_of(creator), "bl:dc:Creator")
    whole = (article, root)
    for into, path, how in (
        (draft.source, "title_metadata/title", "bl:title"),
        (draft.published, "issue_metadata/normalisedDate", "bl:normalisedDate"),
        (draft.published, "issue_metadata/printedDate", "bl:printedDate"),
        (draft.edition, "issue_metadata/issueNumber", "bl:issueNumber"),
        (draft.section, "section_metadata/sectionTitle", "bl:sectionTitle"),
        (draft.page, ".//pageLabel", "bl:pageLabel"),
        (draft.page, ".//pageSequence", "bl:pageSequence"),
        (draft.ids, ".//articleId", "bl:articleId"),
        (draft.ids, ".//dcIdentifier", "bl:identifier"),
    ):
        for parent in whole:
            for element in dom.each(parent, path, f".//{path}" if not path.startswith(".") else path):
                claim(
                    into, dom.text_of(element).replace(".", "-") if "normalised" in how else dom.text_of(element), how
                )
    kind = dom.text_of(dom.first(description, ".//Type", ".//type", ".//articleType"))
    if kind and kind.lower() not in ("article", "text", "news"):
        claim(draft.keywords, kind, "bl:Type")
    place = dom.text_of(dom.first(root, ".//placeOfPublication"))
    if place:
        draft.extra["place_of_publication"] = place
    set_body(draft, "\n\n".join(text for part in article.iter("articleText") if (text := _words(part, "articleWord"))))
    return draft


def _ncbp(issue: Element, article: Element) -> Draft:
    draft = Draft(format="blnewspaper")
    claim(draft.ids, dom.text_of(article.find("id")), "bl:id")
    claim(draft.headline, dom.text_of(article.find("ti")), "bl:ti")
    for author in article.iterfind("au"):
        claim(draft.byline, dom.text_of(author), "bl:au")
    kind = dom.text_of(article.find("ct"))
    if kind.lower() not in ("", "news", "article"):
        claim(draft.section, kind, "bl:ct")
    claim(draft.page, dom.text_of(article.find("pi")) or dom.text_of(article.find("pa")), "bl:pi")
    information = (issue, issue.find("metadatainfo"), issue.find("metadataInfo"))
    for part in information:
        claim(draft.source, dom.text_of(dom.first(part, "jn", "PSMID/jn", "title")), "bl:jn")
        claim(draft.published, dom.text_of(dom.first(part, "pf")), "bl:pf")
        claim(draft.published, dom.text_of(dom.first(part, "da")), "bl:da")
        claim(draft.edition, dom.text_of(dom.first(part, "is")), "bl:is")
        if paper := dom.text_of(dom.first(part, "newspaperID", "newspaperId")):
            draft.extra["newspaper"] = paper
    text = article.find("text")
    paragraphs = [_words(part, "wd") for part in text.iter("p")] if text is not None else []
    set_body(draft, "\n\n".join(part for part in paragraphs if part))
    try:
        quality = float(dom.text_of(article.find("ocr")) or "-1")
    except ValueError:
        quality = -1.0
    remark_confidence(draft, quality / 100 if quality > 1 else quality, "bl:ocr")
    return draft


def _words(parent: Element, tag: str) -> str:
    """The words of an element, those that a line's end broke joined."""
    words = [text for element in parent.iter(tag) if (text := dom.text_of(element))]
    if not words:
        return dom.text_of(parent)
    joiner = Joiner([" ".join(words)])
    found: list[str] = []
    for word in words:
        if found and is_broken(found[-1]) and word[0].islower():
            found[-1] = joiner.join(found[-1], word)
        else:
            found.append(word)
    return " ".join(found)
