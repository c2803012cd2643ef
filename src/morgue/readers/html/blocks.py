"""A page as a list of text blocks in boxes: what the choice of the article's body is made from."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from morgue.readers.names import name_set, names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

SKIPPED = name_set(
    "script style noscript template svg math iframe object embed audio video canvas map form button input select "
    "textarea datalist nav footer aside figure figcaption picture menu dialog head title meta link base frameset img "
    "source"
)
_SKIPPED_LENIENTLY = SKIPPED - {"form", "aside"}
_BLOCKS = name_set(
    "address article aside blockquote body caption center dd details div dl dt fieldset form h1 h2 h3 h4 h5 h6 header "
    "figure hgroup hr li main ol p pre section summary table tbody td tfoot th thead tr ul"
)
_APART = frozenset({"figure", "aside", "form", "nav", "iframe"})
HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]{2,}(?![a-z])")
_JUNK = name_set(
    "ad ads adv advert advertisement advertising adslot advertorial anzeige werbung publicidad publicite pub sponsor "
    "sponsored share shares sharing sharebar sharetools social socials follow newsletter newsletters related relateds "
    "relacionadas relacionados promo promos promotion promoted recirc recirculation recommended recommendation "
    "recommendations recommend trending popular mostread mostpopular comment comments disqus kommentare cookie "
    "cookies consent gdpr onetrust breadcrumb breadcrumbs navigation nav navbar menu sidebar footer tags taglist "
    "tagcloud caption captions figcaption credit credits legende copyright byline bylines authorbox bio timestamp "
    "subscribe subscription signup login register modal popup overlay tooltip toolbar carousel slideshow gallery poll "
    "quiz survey donate donation donations widget widgets outbrain taboola dianomi teads hidden visuallyhidden "
    "readmore teaserlist teasers jobs bookmark print audio player video videos podcast podcasts skip feedback rating "
    "correlati correlate artikelen gerelateerd similar mehr weiterlesen tambien leia mais lireaussi alsoread readalso "
    "inread interstitial infobox factbox notification banner paywalloverlay piano regwall app apps crosslinks "
    "crosslink relatedarticles relatedlinks morefrom moreon nextarticle upnext latest newsfeed ticker livefeed "
    "metadata image images img photo photos foto fotos picture pictures bild imagen thumbnail thumb lightbox "
    "authorprofile collections hide offscreen sronly signin"
)
# Those of them that frameworks also give to boxes around the text (`elementor-widget-container`, `overflow-hidden`), or
# that occur in generated names (`elementor-element-eefe4ad`).
_VAGUE = name_set(
    "ad ads adv app apps audio banner bild carousel collections factbox foto fotos gallery hidden hide image imagen "
    "images img infobox interstitial lightbox metadata modal offscreen overlay paywalloverlay photo photos piano "
    "picture pictures player podcast podcasts popup print regwall sidebar skip slideshow sronly thumb thumbnail "
    "toolbar tooltip video videos visuallyhidden widget widgets"
)
# Boxes with these names are not the article however much prose they hold.
_NEVER = frozenset({"cookie", "cookies", "consent", "gdpr", "onetrust", "comment", "comments", "disqus", "kommentare"})
_TEXTUAL = frozenset({"text", "content", "body", "paragraph", "copy", "texte", "texto", "testo"})
_PLACE = frozenset(
    {"location", "place", "lieu", "lugar", "ubicacion", "luogo", "ort", "plaats", "sted", "ciudad", "city"}
)
# With one of them, a name that says "place" means where the article was filed.
_PLACED = name_set(
    "author autor auteur autore byline article artikel articulo story news entry post reporter writer nota filed"
)
_LAYOUT = frozenset({"has", "with", "no", "is", "not", "without", "js"})
# Pairs of tokens at the end of a name that hold the text: `article-body`, `entry_content`, `artikelText`.
_GOOD = frozenset(
    one + two
    for one in names("article story entry post news body detail artikel nota noticia notizia articolo articulo page")
    for two in names("body text content copy conts main inhalt texto testo cuerpo corpo")
) | name_set("richtext wysiwyg prose corpsarticle articlecorps textonoticia testoarticolo cuerponoticia")
_INNER = name_set("wrapper inner container content text body main paragraph paragraphs html")
_CREDIT = name_set(
    "byline bylines authorname articleauthor author authors auteur auteurs autor autores autorin autoren redattore "
    "penulis yazar journalist forfatter skribent författare firma reporter"
)
_JUNK_NAME, _GOOD_NAME, _HIDDEN_NAME, CREDIT_NAME, _CLEAR_JUNK_NAME, _NEVER_NAME, _TEXT_NAME, _PLACE_NAME = (
    1,
    2,
    4,
    8,
    16,
    32,
    64,
    128,
)
_ENDS = frozenset('.!?…。！？:：|•·–—-/”"»)]©')
_MAX_HEADS = 8  # headings whose surroundings are never furniture by a vague name alone
# What web archives put around a page: Wayback Machine, pywb and archives like them.
_ARCHIVE_BAR = ("wm-ipp", "wm-toolbar", "donato", "_wb_", "wb-", "ukwa", "__wb", "archiveit")
_MEDIA = "img,picture,svg,video,audio,iframe,canvas,object,embed,figcaption p"
_MAX_PARAGRAPHS = 20  # paragraphs of a hidden element that are looked at
_MAX_WRAPPERS = 3  # inline elements around an inline element
_UNSEEN = "\u200b\u00ad\ufeff"  # zero width space, soft hyphen, byte order mark


class Block:
    """A run of text without a block-level element within it.

    Attributes:
        text: white space made single; line ends from `<br>` kept. tag: of its element.
        box: index of the box around it. linked: characters that are links. junk: index of the innermost box that is
            furniture and holds it, or -1. bold: all of it is strong.
    """

    __slots__ = ("bold", "box", "junk", "linked", "tag", "text")

    def __init__(self, text: str, tag: str, box: int, linked: int, junk: int, bold: bool) -> None:
        self.text, self.tag, self.box, self.linked, self.junk, self.bold = text, tag, box, linked, junk, bold


class Box:
    """A block-level element.

    Attributes:
        parent: index of the box around it. tag: its element's name.
        junk: index of the innermost box that is furniture and holds it (itself among them), or -1.
        marked: 2 when microdata say that it is the article's body, 1 when its names do. head: the heading or list item
            around it, or "".
    """

    __slots__ = ("head", "junk", "marked", "parent", "tag")

    def __init__(self, parent: int, tag: str, junk: int, marked: int, head: str) -> None:
        self.parent, self.tag, self.junk, self.marked, self.head = parent, tag, junk, marked, head


class Page:
    """The blocks of a page in order, and their boxes (parents come before their children).

    Args:
        root: the element to walk. lenient: also walk `form`, and `aside` or hidden elements that seem to hold the
            article; only clear names mark furniture. For pages that put their text into such elements.
    """

    def __init__(self, root: LexborNode | None, *, lenient: bool = False) -> None:
        self.lenient = lenient
        self._entered = False  # an element that holds an `h1` although it is an `aside` or hidden
        self._junk_name = _CLEAR_JUNK_NAME if lenient else _JUNK_NAME
        self.blocks: list[Block] = []
        self.credits: list[LexborNode] = []  # elements whose names say that they print the authors
        self.places: list[LexborNode] = []  # those whose names say that they print where it was filed
        self.boxes: list[Box] = [Box(-1, "body", -1, 0, "")]
        self._parts: list[str] = []
        self._linked = self._bold = self._plain = 0
        self.unpardonable: set[int] = set()  # boxes of furniture that hold comments or notices
        self.quotations: set[int] = set()  # boxes in a figure or a block quotation
        self._vague: set[int] = set()  # boxes of furniture by a vague name
        self._around_heads: set[int] = set()
        if root is not None:
            for head in root.css("h1")[:_MAX_HEADS]:
                self._around_heads.update(_around(head))
            self._walk(root)

    def outer_junk(self, junk: int) -> int:
        """The next box of furniture around one, or -1."""
        parent = self.boxes[junk].parent
        return self.boxes[parent].junk if parent >= 0 else -1

    def _walk(self, root: LexborNode) -> None:
        # (next sibling, box, tag of the block, inside a link, inside bold)
        stack: list[tuple[LexborNode | None, int, str, bool, bool]] = []
        node, box, tag, link, bold = root.child, 0, "body", False, False
        parts = self._parts
        skipped = _SKIPPED_LENIENTLY if self.lenient else SKIPPED
        while True:
            if node is None:
                if not stack:
                    break
                node, outer, outer_tag, link, bold = stack.pop()
                if outer != box:
                    if parts:
                        self._flush(tag, box)
                    box, tag = outer, outer_tag
                continue
            name = node.tag or ""
            following = node.next
            if name == "-text":
                self._text(node.text_content or "", link, bold)
            elif name == "br":
                self._break(tag, box)
            elif (name in skipped and not (name == "figure" and _is_quotation(node))) or name[:1] in "-_!":
                if parts and name in _APART:
                    self._flush(tag, box)
            elif name in _BLOCKS:
                if parts:
                    self._flush(tag, box)
                inner = self._enter(node, name, box)
                if inner >= 0:
                    stack.append((following, box, tag, link, bold))
                    node, box, tag, bold = node.child, inner, name, False
                    continue
            elif not self._inline_junk(node):
                stack.append((following, box, tag, link, bold))
                node, link, bold = node.child, link or name == "a", bold or name == "b" or name == "strong"
                continue
            node = following
        if parts:
            self._flush(tag, box)

    def _enter(self, node: LexborNode, name: str, box: int) -> int:
        """The index of a new box for an element; -1 when it is hidden."""
        parent = self.boxes[box]
        junk, marked, head = parent.junk, parent.marked, parent.head
        attributes = node.attributes
        if "id" in attributes and (attributes["id"] or "").startswith(_ARCHIVE_BAR):
            return -1
        if (
            name == "aside" or "hidden" in attributes or attributes.get("aria-hidden") == "true"
        ) and not self._holds_article(node, attributes.get("id") or "", box):
            return -1
        style = attributes.get("style")
        if (
            style
            and "display" in style
            and re.search(r"display\s*:\s*none", style)
            and not _classified(attributes.get("class") or "") & _GOOD_NAME
        ):
            return -1
        index = len(self.boxes)
        if box in self.quotations or name in ("blockquote", "figure"):
            self.quotations.add(index)
        if not attributes:
            self.boxes.append(Box(box, name, junk, marked, head or (name if name in HEADS or name == "li" else "")))
            return index
        label = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if len(label) > 1 and (bits := _classified(label)):
            if bits & CREDIT_NAME:
                self.credits.append(node)
            if bits & _PLACE_NAME:
                self.places.append(node)
            if bits & _GOOD_NAME:
                marked = max(marked, 1)
                while junk in self._vague:
                    junk = self.outer_junk(junk)
            if (
                bits & self._junk_name
                and name not in ("h1", "body", "main", "article")
                and (
                    bits & (_HIDDEN_NAME | _CLEAR_JUNK_NAME)
                    or (name not in HEADS and node.mem_id not in self._around_heads)
                )
            ):
                if not bits & (_HIDDEN_NAME | _CLEAR_JUNK_NAME):
                    self._vague.add(index)
                if bits & _NEVER_NAME and node.mem_id not in self._around_heads:
                    self.unpardonable.add(index)
                junk = index
        if name == "header" and junk < 0 and not self._in_article(box) and node.mem_id not in self._around_heads:
            junk = index
        if "itemprop" in attributes and "articleBody" in (attributes["itemprop"] or ""):
            marked = 2
        if attributes.get("role") in ("navigation", "complementary", "contentinfo", "dialog") and junk < 0:
            junk = index
        self.boxes.append(Box(box, name, junk, marked, head or (name if name in HEADS or name == "li" else "")))
        return index

    def _holds_article(self, node: LexborNode, name: str, box: int) -> bool:
        """For the lenient walk: the first element with an `h1`, or text that React streams (id `S:0`) for a script."""
        if "hidden" in node.attributes and self._in_article(box) and _holds_prose(node):
            return True  # shown by a script to subscribers
        if self.lenient and not name.startswith("S:"):
            if self._entered or node.mem_id not in self._around_heads:
                return False
            self._entered = True
        return self.lenient

    def _in_article(self, box: int) -> bool:
        while box > 0:
            if self.boxes[box].tag in ("article", "main"):
                return True
            box = self.boxes[box].parent
        return False

    def _inline_junk(self, node: LexborNode) -> bool:
        attributes = node.attributes
        if not attributes:
            return False
        if "hidden" in attributes:
            return True
        label = attributes.get("class")
        bits = _classified(label) if label else 0
        if bits & CREDIT_NAME or attributes.get("rel") == "author" or attributes.get("itemprop") == "author":
            self.credits.append(node)
        if bits & _PLACE_NAME:
            self.places.append(node)
        return bool(bits & self._junk_name) and (bool(bits & _HIDDEN_NAME) or not _within_sentence(node))

    def _text(self, text: str, link: bool, bold: bool) -> None:
        self._parts.append(text.replace("\n", " ") if "\n" in text else text)
        size = len(text) if not text.isspace() else 0
        self._linked += size if link else 0
        if bold:
            self._bold += size
        else:
            self._plain += size

    def _break(self, tag: str, box: int) -> None:
        parts = self._parts
        if not parts:
            return
        if parts[-1] == "\n" or (len(parts) > 1 and parts[-2] == "\n" and parts[-1].isspace()):
            self._flush(tag, box)
        else:
            parts.append("\n")

    def _flush(self, tag: str, box: int) -> None:
        """End the block that the collected text makes."""
        joined = "".join(self._parts)
        self._parts.clear()
        linked, bold = self._linked, self._bold > 0 and self._plain <= 1
        self._linked = self._bold = self._plain = 0
        if not joined or joined.isspace():
            return
        for char in () if joined.isascii() else _UNSEEN:
            if char in joined:
                joined = joined.replace(char, "")
        if "\n" in joined:
            lines = [" ".join(line.split()) for line in joined.split("\n")]
            text = "\n".join(line for line in lines if line)
        else:
            text = " ".join(joined.split())
        if text:
            own = self.boxes[box]
            self.blocks.append(Block(text, own.head or tag, box, min(linked, len(text)), own.junk, bold))


def _is_quotation(figure: LexborNode) -> bool:
    """Whether a figure holds text alone: a quotation, a list or a table."""
    return figure.css_first(_MEDIA) is None and figure.css_first("p,blockquote,li,td") is not None


def _holds_prose(node: LexborNode) -> bool:
    """Whether an element holds several paragraphs of some length."""
    sizes = [len(paragraph.text(deep=True)) for paragraph in node.css("p")[:_MAX_PARAGRAPHS]]
    return sum(size >= 100 for size in sizes) >= 3


def _around(node: LexborNode) -> Iterator[int]:
    parent = node.parent
    while parent is not None:
        yield parent.mem_id
        parent = parent.parent


def _within_sentence(node: LexborNode) -> bool:
    """Whether a sentence runs on before or behind an inline element: what it holds is a part of the text."""
    for _ in range(_MAX_WRAPPERS):
        before, after = _beside(node, -1), _beside(node, 1)
        if before or after:
            return bool((before and before[-1] not in _ENDS) or (after and (after[0].islower() or after[0] in ",;")))
        parent = node.parent
        if parent is None or parent.tag in _BLOCKS:
            break
        node = parent
    return False


def _beside(node: LexborNode, step: int) -> str:
    """The text right before (`step` -1) or behind (1) an element; "" when there is none."""
    other = node.next if step > 0 else node.prev
    return (other.text_content or "").strip() if other is not None and other.tag == "-text" else ""


@lru_cache(maxsize=1 << 13)
def _classified(label: str) -> int:
    """What the names in class and id say together, as bits: (clear) furniture, the article's body, hidden, credit."""
    bits = 0
    for name in label.split():
        bits |= _named(name)
    is_text = bits & _GOOD_NAME or (bits & _TEXT_NAME and not bits & _CLEAR_JUNK_NAME)
    return bits & ~(_JUNK_NAME | _CLEAR_JUNK_NAME) if is_text and not bits & _HIDDEN_NAME else bits


@lru_cache(maxsize=1 << 15)
def _named(name: str) -> int:
    """What one name says (`c-share-bar`, `relatedArticles`, `article-body`)."""
    if len(name) > 80 or ":" in name or "[" in name:
        return 0
    if name in ("hidden", "hide", "sr-only", "visually-hidden", "visuallyhidden", "d-none", "offscreen"):
        return _JUNK_NAME | _HIDDEN_NAME
    tokens = [token.lower() for token in _TOKEN.findall(name)]
    if not tokens or len(tokens) > 7:
        return 0
    pairs = [one + two for one, two in pairwise(tokens) if len(one) > 1 < len(two)]
    pairs = pairs or [""]
    if _GOOD.intersection(pairs[-2:]) and (pairs[-1] in _GOOD or tokens[-1] in _INNER):
        return _GOOD_NAME
    if tokens[-1] in _GOOD:
        return _GOOD_NAME
    words = {*tokens, *pairs, "".join(tokens)}
    if tokens[-1] == "dateline" or (tokens[-1] in _PLACE and _PLACED.intersection(tokens[:-1])):
        return _PLACE_NAME
    bits = CREDIT_NAME if words & _CREDIT or tokens in (["by"], ["written", "by"]) else 0
    if tokens[-1] in _TEXTUAL:
        return bits | _TEXT_NAME
    if tokens[0] in _LAYOUT or _TEXTUAL.intersection(tokens):
        return bits
    if junk := words & _JUNK:
        bits |= _JUNK_NAME if junk <= _VAGUE else _JUNK_NAME | _CLEAR_JUNK_NAME
        bits |= _NEVER_NAME if junk & _NEVER else 0
    return bits
