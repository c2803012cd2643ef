"""The article's text among the blocks of a page: the box with the most prose and the least linked clutter.

Every box gets the prose of the blocks in it less their clutter; the best box wins (text is what pages of any language
and any age have in common; class names only help). Then the blocks of that box are sifted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from morgue import lexicon
from morgue.lexicon import either, words
from morgue.readers.html.blocks import HEADS, Block, Page
from morgue.readers.html.headline import key

_STOP = re.compile(r"[.!?…。！？।؟۔።”\"»:)](?:\s|$)|[。！？।]")
_WIDE = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PROSE_TAGS = frozenset(
    {"p", "blockquote", "pre", "div", "td", "section", "article", "main", "dd", "center", "body", "li"}
)
_BARE = frozenset({"div", "section", "article", "main", "body", "center", "td", "header"})
# Lines that pages print within or around a text, in the languages that news sites write them.
_READ_ALSO = either(words(lexicon.READ_ALSO), words(lexicon.READ_ALSO_ON_PAGES))
_FURNITURE = re.compile(
    rf"(?:{either(words(lexicon.ADVERTISEMENT))}|(?:{_READ_ALSO}).*|(?:{either(words(lexicon.READ))}) .*"
    r"|story continues below.*|article continues .*|continue reading.*|read (?:more|also|next|full|the full).*"
    r"|also read.*|see also.*|related(?:\s\w+)?:?.*|more on this.*"
    r"|(?:sign|signed) up (?:for|to|here).*|subscribe (?:to|now|for).*|follow us.*|click here (?:to|for).*"
    rf"|(?:{either(words(lexicon.CAPTION))})(?: by| credit)?\s*[:：/].*"
    r"|\(?(?:image|photo|pic|picture|foto):.*|share(?: this.*| on.*| via.*)?|social sharing|copy link|link copied.*"
    rf"|listen to this article.*|getty images|\S+/getty images.*|afp via getty.*"
    rf"|(?:{either(words(lexicon.RIGHTS_RESERVED, 'en'))})\.?"
    r"|\d+ (?:comments?|min(?:ute)?s? read).*|loading\W*|scroll to continue.*|skip (?:to|past|advertisement).*"
    r"|newsletter.*|open (?:image|gallery).*|view (?:gallery|image).*|report this ad.*|powered by.*"
    r"|recommended(?: stories| for you)?|(?:watch|listen)\s*[:|].*|updated:? .*|published:? .*)$",
    re.IGNORECASE | re.DOTALL,
)
# Words of a call to the reader, of an advertisement and of a button.
_CALL = re.compile(
    r"^(?:adverti|(?:story|article) continues|continue reading|(?:sign|signed) up|click (?:here|to|on)|follow us on"
    r"|scroll to|skip (?:to|past)"
    r"|share (?:this|on|via)|copy link|loading\b\W|powered by|getty|all rights|\d+ (?:comments?|min))"
    r"|\b(?:newsletters?|inbox|whatsapp|telegram|facebook|e-?mail alerts?)\b",
    re.IGNORECASE,
)
# A time as pages print it beside a story: relative, of the day, or a date with a year.
_TIME = re.compile(
    r"^\W*(?:\d{1,2}[:h]\d\d\b|(?:\w+\W+){0,2}\w+\W{1,2}(?:1[89]|20)\d\d\b|(?:19|20)\d\d[-/.]\d"
    r"|(?:\w+ ){0,3}?(?:\d{1,3}|an?|one|une?|uma?|ein\w*|en|ett)\s?[^\W\d_]{1,9}\.?(?: \w+)? "
    r"(?:ago|fa|geleden|siden|sedan|temu|önce|назад|тому|lalu|atrás|πριν|sitten)\b"
    r"|(?:vor|il y a|hace|há|för|fyrir|před|πριν|acum) (?:\d{1,3}|\w{1,5})\s\w{1,9}\.?(?: sedan)?$"
    r"|\d{1,3}\s?[^\W\d_]{1,3}\s?[前전]|\d{1,3}\s?(?:h|hr?s?|mins?|m|d|std|t|u)\.?$|gerade eben|just now|à l.instant)",
    re.IGNORECASE,
)
_LISTED = frozenset({"li", "dt", "dd", "td", "th"})
_MIN_BEFORE = 200  # characters of prose before another story can begin
_NOTICE = re.compile(
    r"\b(?:we|our|us|your|wir|unser\w*|ihre|nous|nos|vos|notre|votre|nuestr\w+|nostr\w+|sus?|il tuo|onze|uw|website"
    r"|site|sitio|sito|browser|navega\w+|consent\w*|privacy|datenschutz\w*|akzeptier\w*|accept\w*|zustimm\w*"
    r"|vi bruker|vi använder)\b",
    re.IGNORECASE,
)
# Words before a list of links to other articles.
_OFFER = re.compile(
    r"\b(?:more|read|related|also|see|latest|stories|articles|mehr|lesen|artikel|lire|aussi|leer|leia|leggi|anche|lees|ook)\b",
    re.IGNORECASE,
)
_LIST_MARK = re.compile(r"[,;、،،；，]")
_MIN_UNLINKED = 60  # characters outside links of a block that is text although most of it is links
_MAX_LINKED_SHARE = 0.4  # of a short sentence
_SENTENCE = re.compile(r"""[.!?…。！？।؟۔][”"»’')\]]*$""")
_WEAK_BELOW = 400  # characters of a body; for a shorter one, other sources of the text are tried
_WEAK_SHARE = 0.5  # of the page's prose
_ABOVE = 12  # blocks above the text that are looked through for byline and date


@dataclass(frozen=True, slots=True)
class Body:
    """The text found.

    Attributes:
        paragraphs: in order. subheads: numbers of those that are sub-heads.
        share: how much of all prose on the page it is, from 0 to 1.
        above: the short lines printed right above it, nearest first; they may hold byline and date.
    """

    paragraphs: tuple[str, ...] = ()
    subheads: tuple[int, ...] = ()
    share: float = 0.0
    above: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Paragraphs separated by a blank line."""
        return "\n\n".join(self.paragraphs)

    @property
    def size(self) -> int:
        """Characters, a character of a script without spaces counting as two."""
        return sum(weight(paragraph) for paragraph in self.paragraphs)

    @property
    def is_weak(self) -> bool:
        """True when so little was found, and so much left, that the page's text is probably elsewhere."""
        return self.size < _WEAK_BELOW and self.share < _WEAK_SHARE


def opens(page: Page, top: int, head: int) -> bool:
    """Whether a text of `page` begins right behind the heading number `head`, and none between it and number `top`."""
    between = page.blocks[top + 1 : head]
    return any(_prose(block) >= 60 for block in page.blocks[head + 1 : head + 4]) and not any(
        _prose(block) >= 60 for block in between
    )


def weight(text: str) -> int:
    """Length in characters, those of scripts that write no spaces between words counting double."""
    return len(text) + (len(_WIDE.findall(text)) if not text.isascii() else 0)


def _brief(page: Page, prose: list[int], heads: set[str]) -> Body:
    """The text of a page without a paragraph of any length: every plain paragraph that is not furniture."""
    everything = [
        n for n, block in enumerate(page.blocks) if block.junk < 0 and block.tag in ("p", "pre", "blockquote")
    ]
    numbers = [n for n in _below_headline(page, prose, everything, heads) if page.blocks[n].linked == 0]
    return _sift(page, prose, heads, range(numbers[0], numbers[-1] + 1), set(numbers)) if numbers else Body()


def without_heads(body: Body, titles: tuple[str, ...]) -> Body:
    """Return a body without the paragraphs at its top that repeat one of the `titles`."""
    heads = {key(title) for title in titles if title}
    paragraphs, subheads = body.paragraphs, body.subheads
    while paragraphs and is_head(paragraphs[0], heads):
        paragraphs, subheads = paragraphs[1:], tuple(number - 1 for number in subheads if number)
    return Body(paragraphs, subheads)


def is_head(text: str, heads: set[str]) -> bool:
    """Return whether a text is one of the headlines, whose keys are `heads`."""
    return len(text) < 300 and key(text) in heads


def extract(page: Page, titles: tuple[str, ...], description: str, stated: str = "", *, is_live: bool = False) -> Body:
    """The article's body.

    Args:
        page: its blocks; marks of furniture may be taken off.
        titles: what the headline may be; such lines are left out of the body.
        description: the page's own summary: a line that says the same above the text is the standfirst.
        stated: an `articleBody` of the metadata, or "": shows which paragraphs belong to the text.
        is_live: the page is a live blog, whose entries have a time and a heading each.
    """
    heads = {key(title) for title in titles if title}
    if not page.blocks:
        return Body()
    prose = [_prose(block) for block in page.blocks]
    _teasers(page, prose)
    _notices(page, prose, heads)
    if not page.lenient:  # there, only clear names mark furniture
        _pardon(page, prose)
    if stated:
        _favour(page, prose, stated)
    best = _best_box(page, prose)
    chosen = _blocks_of(page, best)
    chosen = _below_headline(page, prose, chosen, heads)
    if not is_live:
        chosen = _without_others(page, prose, chosen, {key(title) for title in titles[:1]})
    first, last = _extent(page, prose, chosen, heads)
    if first < 0:
        return _brief(page, prose, heads)
    first = _standfirst(page, prose, heads, description, first)
    found = _sift(page, prose, heads, range(first, last + 1), set(chosen))
    total = sum(points for points in prose if points > 0)
    share = sum(points for points in prose[first : last + 1] if points > 0) / max(total, 1)
    lines = (line for block in reversed(page.blocks[max(first - _ABOVE, 0) : first]) for line in block.text.split("\n"))
    return Body(found.paragraphs, found.subheads, share, tuple(line for line in lines if len(line) <= 120))


def _prose(block: Block) -> int:
    """How much a block speaks for its surroundings being the text (positive) or clutter (negative)."""
    text = block.text
    size = weight(text)
    linked = block.linked / len(text)
    if linked > 0.5 and block.tag == "p" and (_is_enumeration(block) or len(text) - block.linked >= _MIN_UNLINKED):
        return 0
    if linked > 0.5:
        return -min(size, 120)
    if block.tag in HEADS or block.tag not in _PROSE_TAGS:
        return 0
    if size < 40:
        return -4 if block.tag in ("li", "td", "div") else 0
    if not _STOP.search(text) and size < 120:
        return 0
    if "\n" in text and max(map(weight, text.split("\n"))) < 40:  # lines of an address, a label, a table
        return 0
    if block.tag == "li":
        return int(size * (1 - linked)) // 3
    return int(size * (1 - linked)) if size >= 60 or block.tag == "p" else size // 3


def _teasers(page: Page, prose: list[int]) -> None:
    """Count text under a heading that is all link as clutter: it announces another article.

    A text that runs on is not announced: its parent holds more paragraphs than such headings.
    """
    heads = [
        number
        for number, block in enumerate(page.blocks[:-1])
        if block.tag in HEADS and block.tag != "h1" and block.linked >= 0.8 * len(block.text)
    ]
    if not heads:
        return
    announcing = Counter(_parent(page, number) for number in heads)
    holding = Counter(_parent(page, number) for number, points in enumerate(prose) if points >= 60)
    for head in heads:
        for after in range(head + 1, min(head + 6, len(page.blocks))):
            block = page.blocks[after]
            if block.tag in HEADS or (block.tag == "p" and not block.linked and 0 < prose[after] < 60):
                break
            if prose[after] > 0:
                parent = _parent(page, after)
                if holding[parent] < 2 * announcing[parent] + 2 and page.blocks[head].junk in (-1, block.junk):
                    prose[after] = -60
                break


def _notices(page: Page, prose: list[int], heads: set[str]) -> None:
    """Count what asks for consent to cookies as clutter, unless that is the page's subject."""
    if any("cookie" in head for head in heads):
        return
    for number, block in enumerate(page.blocks):
        if prose[number] > 0 and "ookie" in block.text and _NOTICE.search(block.text):
            prose[number] = -60


def _pardon(page: Page, prose: list[int]) -> None:
    """Take furniture's mark from boxes that hold most of the page's prose: their names say something else."""
    held: dict[int, int] = {}
    total = 0
    for block, points in zip(page.blocks, prose, strict=True):
        if points > 0:
            total += points
            junk = block.junk
            while junk >= 0:
                held[junk] = held.get(junk, 0) + points
                junk = page.outer_junk(junk)
    pardoned = {junk for junk, points in held.items() if points > 0.5 * total and total > 300} - page.unpardonable
    for block in page.blocks if pardoned else ():
        while block.junk in pardoned:
            block.junk = page.outer_junk(block.junk)


def _favour(page: Page, prose: list[int], stated: str) -> None:
    """Raise the points of blocks that the stated text holds, so that the box around them wins."""
    squeezed = re.sub(r"\W+", "", stated).casefold()
    if len(squeezed) < 200:
        return
    for number, block in enumerate(page.blocks):
        if prose[number] > 0 and re.sub(r"\W+", "", block.text[:80]).casefold() in squeezed:
            prose[number] *= 2
            block.junk = -1


def _best_box(page: Page, prose: list[int]) -> int:
    boxes = page.boxes
    score = [0.0] * len(boxes)
    for block, points in zip(page.blocks, prose, strict=True):
        if block.junk < 0:
            bonus = (1.0, 1.25, 1.5)[boxes[block.box].marked] if points > 0 else 1.0
            score[block.box] += points * bonus
    for index in range(len(boxes) - 1, 0, -1):  # children come after their parents
        if score[index] > 0 or boxes[index].marked:
            score[boxes[index].parent] += score[index]
        else:
            score[boxes[index].parent] += max(score[index], -300.0)
    best = max(range(len(boxes)), key=lambda index: (score[index], index))
    alone = boxes[best].tag in ("p", "pre", "blockquote") or any(
        block.box == best and _has_siblings(page, prose, number) for number, block in enumerate(page.blocks)
    )
    return boxes[best].parent if alone else best


def _has_siblings(page: Page, prose: list[int], number: int) -> bool:
    """Whether a block of prose has another beside it, in a box of the same kind."""
    own, parent = page.blocks[number], _parent(page, number)
    return prose[number] >= 60 and any(
        other.box != own.box and other.junk < 0 and other.tag == own.tag and page.boxes[other.box].parent == parent
        for other, points in zip(page.blocks, prose, strict=True)
        if points >= 60
    )


def _blocks_of(page: Page, best: int) -> list[int]:
    """Numbers of the blocks within a box, furniture left out."""
    inside = bytearray(len(page.boxes))
    inside[best] = 1
    for index in range(best + 1, len(page.boxes)):
        inside[index] = inside[page.boxes[index].parent]
    return [number for number, block in enumerate(page.blocks) if inside[block.box] and block.junk < 0]


def _below_headline(page: Page, prose: list[int], chosen: list[int], heads: set[str]) -> list[int]:
    """The blocks after the headline, when it is one of the blocks with little prose above it."""
    total = sum(max(prose[number], 0) for number in chosen)
    above = 0
    for position, number in enumerate(chosen):
        if page.blocks[number].tag == "h1" and is_head(page.blocks[number].text, heads):
            return chosen[position + 1 :] if above < 0.3 * total else chosen
        above += max(prose[number], 0)
    return chosen


def _without_others(page: Page, prose: list[int], chosen: list[int], headline: set[str]) -> list[int]:
    """The blocks without those of other stories: boxes behind the prose with a heading and a time of their own."""
    total = sum(max(prose[number], 0) for number in chosen)
    before, first, after = 0, -1, -1
    kept: list[int] = []
    for number in chosen:
        block = page.blocks[number]
        if number < after:
            continue
        if before >= _MIN_BEFORE and before > 0.2 * total and block.tag in HEADS and not is_head(block.text, headline):
            start, after = _other_story(page, number, first)
            if start < after:
                kept = [other for other in kept if other < start]
                continue
        first = number if first < 0 and prose[number] >= 60 else first
        before += max(prose[number], 0)
        kept.append(number)
    return kept


def _other_story(page: Page, head: int, first: int) -> tuple[int, int]:
    """Numbers of the first block of the story that a heading begins and of that behind it; equal when it begins none.

    Args:
        page: the blocks. head: number of the heading. first: number of the text's first block of prose.
    """
    around = set(_ancestors(page, page.blocks[first].box))
    outer = -1
    for box in _ancestors(page, page.boxes[page.blocks[head].box].parent):
        if box in around:
            break
        outer = box
        if page.boxes[box].tag == "article":
            break
    if outer < 0:
        return head, head
    behind = outer + 1  # boxes within one follow it
    while behind < len(page.boxes) and page.boxes[behind].parent >= outer:
        behind += 1
    start, end = head, head + 1
    while start > 0 and outer <= page.blocks[start - 1].box < behind:
        start -= 1
    while end < len(page.blocks) and outer <= page.blocks[end].box < behind:
        end += 1
    near = page.blocks[start : min(head + 3, end)]
    above = page.blocks[start:head]
    opens = (head - start <= 2 and all(len(block.text) <= 60 for block in above)) and (
        page.boxes[outer].tag == "article"
        or page.blocks[head].tag == "h1"
        or any(len(block.text) <= 40 and _TIME.search(block.text) for block in near)
    )
    return (start, end) if opens else (head, head)


def _ancestors(page: Page, box: int) -> Iterator[int]:
    while box >= 0:
        yield box
        box = page.boxes[box].parent


def _extent(page: Page, prose: list[int], chosen: list[int], heads: set[str]) -> tuple[int, int]:
    """Numbers of the first and last block of the text: of prose, and of what is short but beside it."""
    good = [number for number in chosen if prose[number] >= 40]
    if not good:
        return -1, -1
    first, last = good[0], good[-1]
    parent = _parent(page, first)
    for number in reversed(chosen[: chosen.index(first)]):
        block = page.blocks[number]
        aside = block.tag != "li" and _parent(page, number) != parent
        if aside or not _is_sentence(block) or is_head(block.text, heads):
            break
        first = number
    return first, _end(page, chosen, last)


def _end(page: Page, chosen: list[int], last: int) -> int:
    """The number of the text's last block: short sentences and lists right behind the last prose belong to it."""
    parent = _parent(page, last)
    outer = {parent, page.boxes[parent].parent}
    tag = page.blocks[last].tag
    for number in chosen[chosen.index(last) + 1 :]:
        block = page.blocks[number]
        if block.tag in _LISTED and not block.linked and outer.intersection(_around_list(page, number)):
            last = last if _is_furniture(block) else number
        elif (block.tag == "p" or (block.tag == tag and _parent(page, number) == parent)) and _is_sentence(block):
            last = number
        elif block.tag == "p" and _parent(page, number) == parent and (not block.linked or _is_enumeration(block)):
            last = last if _is_furniture(block) or not block.linked else number
        elif block.tag not in HEADS or block.linked or _parent(page, number) not in outer:
            break
    return last


def _parent(page: Page, number: int) -> int:
    """The box around a block's own element."""
    return page.boxes[page.blocks[number].box].parent


def _list_parent(page: Page, number: int) -> int:
    """The box around the list or table that an item or a cell is in."""
    box = page.blocks[number].box
    while box > 0 and page.boxes[box].tag not in ("ul", "ol", "dl", "table"):
        box = page.boxes[box].parent
    return page.boxes[box].parent


def _around_list(page: Page, number: int) -> tuple[int, int]:
    """The box around a list and, as the list may have a box of its own, the one around that."""
    inner = _list_parent(page, number)
    return inner, page.boxes[inner].parent


def _is_sentence(block: Block) -> bool:
    """Whether a block with few links is a sentence, however short, and not a line that pages print around a text."""
    return (
        block.linked <= _MAX_LINKED_SHARE * len(block.text)
        and _SENTENCE.search(block.text) is not None
        and not _is_furniture(block)
    )


def _is_furniture(block: Block) -> bool:
    """Whether a short block reads like a line of the page: prose may begin like one ("Related to this is …")."""
    text = block.text
    if len(text) >= 160 or not _FURNITURE.match(text):
        return False
    return bool(block.linked or not _SENTENCE.search(text) or _CALL.search(text) or not _is_worded(text))


def _is_worded(text: str) -> bool:
    """Whether many words are in lower case (in German fewer), unlike those of titles and credits."""
    words = text.split()
    return len(words) >= 6 and 5 * sum(word[:1].islower() for word in words) > 2 * len(words)


def _standfirst(page: Page, prose: list[int], heads: set[str], description: str, first: int) -> int:
    """The number of the block where the article begins: the standfirst above the text if there is one, else `first`."""
    summary = key(description)
    start = first
    top = next((n for n in range(first - 1, max(first - 16, -1), -1) if is_head(page.blocks[n].text, heads)), -1)
    for number in range(first - 1, max(first - 40, -1), -1):
        block = page.blocks[number]
        if block.junk >= 0 or block.linked:
            continue
        own = key(block.text)
        if own in heads:
            break
        same = (
            len(own) >= 30
            and summary
            and (own == summary or own.startswith(summary[:80]) or summary.startswith(own[:80]))
        )
        below_head = 0 <= top < number <= top + 3 and len(own) >= 50 and _is_worded(block.text)
        if (
            same
            or (below_head and not _is_furniture(block))
            or (start == first and number == first - 1 and prose[number] == 0 and _is_subhead(block) and len(own) > 8)
        ):
            start = number
    return start


def _is_subhead(block: Block) -> bool:
    return block.tag in HEADS and block.tag != "h1" and block.linked == 0


def _sift(page: Page, prose: list[int], heads: set[str], numbers: range, chosen: set[int]) -> Body:
    kept: list[tuple[str, bool]] = []
    seen: set[str] = set()
    last_row = -1  # the box of the table's row that was kept last
    introduced = -1  # the box around a list that the paragraph before introduces
    parents = {_parent(page, number) for number in numbers if prose[number] >= 60}
    for number in numbers:
        block = page.blocks[number]
        if number not in chosen and number != numbers[0]:
            continue
        if (
            block.tag in ("td", "th")
            and not block.linked
            and prose[number] < 60
            and parents.intersection(_around_list(page, number))
        ):
            row = _row(page, number)
            if row == last_row:
                kept[-1] = (f"{kept[-1][0]} | {block.text}", False)
            else:
                kept.append((block.text, False))
            last_row = row
            continue
        last_row = -1
        is_listed = block.tag == "li" and introduced >= 0 and _list_parent(page, number) == introduced
        if block.tag in _LISTED:
            is_beside = not parents.isdisjoint(_around_list(page, number))
        else:
            is_beside = _parent(page, number) in parents
        if not is_listed and not _belongs(block, prose[number], heads, beside=is_beside):
            continue
        if block.tag != "li":
            introduces = block.text.endswith((":", "：")) and not block.linked and not _OFFER.search(block.text)
            introduced = _parent(page, number) if introduces and _parent(page, number) in parents else -1
        if (block.text in seen and len(block.text) > 12) or _is_pull_quote(page, number, numbers):
            continue
        seen.add(block.text)
        is_head = (block.tag in HEADS) or (block.bold and len(block.text) <= 100 and not _STOP.search(block.text[-1:]))
        kept.append((block.text, is_head))
    while kept and kept[-1][1]:
        kept.pop()
    return Body(tuple(text for text, _ in kept), tuple(n for n, (_, is_head) in enumerate(kept) if is_head))


def _row(page: Page, number: int) -> int:
    """The box of the table's row that a cell is in."""
    box = page.blocks[number].box
    while box > 0 and page.boxes[box].tag != "tr":
        box = page.boxes[box].parent
    return box


def _is_pull_quote(page: Page, number: int, numbers: range) -> bool:
    """Whether a quotation set apart repeats words of a paragraph."""
    block = page.blocks[number]
    if block.box not in page.quotations:
        return False
    own = key(block.text.partition("\n")[0])
    return len(own) >= 20 and any(
        len(other.text) > len(own) and own in key(other.text)
        for other in (page.blocks[n] for n in numbers if n != number and page.blocks[n].junk < 0)
    )


def _is_enumeration(block: Block) -> bool:
    """Whether a block is links between commas, as of places or people, and not of a menu."""
    return _LIST_MARK.search(block.text) is not None and block.linked < len(block.text)


def _is_linked_sentence(block: Block) -> bool:
    """Whether a block that is all link reads like a sentence of the text, unlike the title of another article."""
    return len(block.text) >= _MIN_UNLINKED and _SENTENCE.search(block.text) is not None and _is_worded(block.text)


def _is_linked_text(block: Block, beside: bool) -> bool:
    """Whether a block that is mostly links belongs to the text all the same; `beside`: its parent holds prose."""
    if len(block.text) - block.linked >= _MIN_UNLINKED:
        return True
    if block.tag in HEADS:
        return beside
    if block.tag == "p":
        return block.linked <= 0.8 * len(block.text) or (
            beside and (_is_enumeration(block) or _is_linked_sentence(block))
        )
    return False


def _belongs(block: Block, points: int, heads: set[str], *, beside: bool) -> bool:
    """Whether a block within the text is kept; `beside`: its parent holds prose."""
    text = block.text
    if block.tag == "h1" or not any(map(str.isalnum, text)) or is_head(text, heads):
        return False
    if block.linked > 0.5 * len(text) and not _is_linked_text(block, beside):
        return False
    if _is_furniture(block):
        return False
    if block.tag in ("dt", "dd") and beside and not block.linked:
        return True
    if block.tag in _BARE and points <= 0:
        return block.bold or (beside and _is_sentence(block)) or (len(text) > 25 and bool(_STOP.search(text[-1:])))
    return True
