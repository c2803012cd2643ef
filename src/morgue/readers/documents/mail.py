"""Mail: single messages (.eml, Apple Mail's .emlx) and mailboxes (mbox), message by message as they stream in.

A message is an article, and so is each message that was forwarded in it and each document that is attached to it; one
that only carries those is not. The sender is kept, and is never the author.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from typing import BinaryIO, NamedTuple

from morgue.lexicon import ATTACHED, FORWARD, HEADLINE, REPLY, either, words
from morgue.model import Claim, Draft, Rejected, Remark
from morgue.readers import exports
from morgue.readers.documents import forwards, mail_parts
from morgue.readers.documents.forwards import Forwarded
from morgue.readers.documents.mail_parts import Attached, header
from morgue.readers.embedded import Embedded
from morgue.readers.options import ReadOptions, read_whole, size
from morgue.readers.story import claim, note_encoding

_FROM = re.compile(rb"From \S.{0,300}\d\d:\d\d.{0,60}$")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:")
_EMLX_SIZE = re.compile(rb"\d{1,10}[ \t]*\r?\n$")
_EMLX_DATE = re.compile(rb"<key>date-(?:received|sent)</key>\s*<(?:integer|real)>(\d{8,11})")
_HEADLINE = re.compile(rf"^(?:{either(words(HEADLINE))})[ \t]*:[ \t]*(\S[^\n]{{2,250}})$", re.I | re.MULTILINE)
_LIST_TAG = re.compile(r"^\[[^\]]{1,60}\]\s*")
_REPLY = re.compile(rf"^(?:(?:{either(words(REPLY), words(FORWARD))})\s*(?:\[\d+\])?[:：]\s*)+", re.IGNORECASE)
_FORWARDS = re.compile(rf"^(?:{either(words(FORWARD))})\s*(?:\[\d+\])?[:：]", re.IGNORECASE)
_ATTACHED = re.compile(rf"(?:{either(words(ATTACHED))})", re.IGNORECASE)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_MAX_COVER = 50  # words above a forwarded message that are a note and not a story
_MAX_LETTER = 80  # words of a mail that says that the story is attached
_MAX_FORWARDS = 20  # messages in a message's text
_FIRST_MAIL = datetime(1985, 1, 1, tzinfo=UTC)
_MAX_AHEAD = timedelta(days=2)  # by which a sender's clock may be ahead of the receiver's


def read(stream: BinaryIO, name: str, options: ReadOptions) -> Iterator[Draft | Rejected | Embedded]:
    """Yield a draft for each article in the message or mailbox `stream`, called `name`, read as `options` say."""
    first, rest = _first_line(stream)
    if _FROM.match(first.rstrip()):
        yield from _mailbox(first, rest, name, options)
        return
    data, stamp = b"".join([read_whole(rest, options)]), ""
    kind = "eml"
    if _EMLX_SIZE.fullmatch(first):
        kind, end = "emlx", int(first)
        if found := _EMLX_DATE.search(data, min(end, len(data))):
            stamp = found[1].decode()
        data = data[:end]
    else:
        data = first + data
    items = list(_message(_Source(data, name, options, kind, stamp)))
    several = sum(isinstance(item, Draft) for item in items) > 1
    yield from _numbered(items, 1 if several else 0)


def _numbered(items: list[Draft | Rejected | Embedded], first: int) -> Iterator[Draft | Rejected | Embedded]:
    """The `items`, their drafts numbered from `first`, or all 0."""
    number = first
    for item in items:
        if isinstance(item, Draft):
            item.record = number
            number += bool(first)
        yield item


def _first_line(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    line = stream.readline(100_000)
    for _ in range(20):
        if line.strip(b" \t\r\n\xef\xbb\xbf\0"):
            break
        line = stream.readline(100_000)
    return line.lstrip(b"\xef\xbb\xbf"), stream


def _mailbox(
    envelope: bytes, stream: BinaryIO, name: str, options: ReadOptions
) -> Iterator[Draft | Rejected | Embedded]:
    """Messages are separated by `From ` lines that follow a blank line and come before a header."""
    lines: list[bytes] = []
    articles, message, total, blank = 1, 1, 0, True
    held = b""

    def ended() -> list[Draft | Rejected | Embedded]:
        if total > options.max_bytes:
            return [Rejected(name, articles, f"a message larger than the limit of {size(options.max_bytes)}")]
        data = _QUOTED_FROM.sub(rb"\1", b"".join(lines))
        source = _Source(data, name, options, "mbox", _envelope_date(envelope), message)
        return list(_message(source, articles))

    while line := stream.readline(1 << 20):
        if held:
            if _FIELD.match(line):
                items = ended()
                yield from _numbered(items, articles)
                articles += max(sum(isinstance(item, Draft) for item in items), 1)
                lines, total, envelope, message = [], 0, held, message + 1
            else:
                lines.append(held)
            held = b""
        if blank and line.startswith(b"From ") and _FROM.match(line.rstrip()):
            held = line
            continue
        blank = not line.strip()
        total += len(line)
        if total <= options.max_bytes:
            lines.append(line)
    yield from _numbered(ended(), articles)


def _envelope_date(line: bytes) -> str:
    """The date of a mailbox's `From ` line: `From a@b.example Mon Jan  5 10:00:00 2026`."""
    return line.decode("latin-1").strip().partition(" ")[2].partition(" ")[2].strip()


class _Source(NamedTuple):
    """A message's bytes and where they are from.

    Attributes:
        data: the message. name: the file. options: how to read it. format: `eml`, `emlx` or `mbox`.
        stamp: when it arrived, by the file around it, or "". number: in its mailbox, 0 for a file of its own.
    """

    data: bytes
    name: str
    options: ReadOptions
    format: str
    stamp: str = ""
    number: int = 0


def _message(source: _Source, record: int = 0) -> Iterator[Draft | Rejected | Embedded]:
    """The articles of a message; a rejection has the number `record`."""
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(source.data)
        letter = mail_parts.of(message, source.options)
        draft = Draft(format=source.format, layout="wire", digest=hashlib.sha256(source.data).hexdigest())
        _set_headers(draft, message, source.stamp)
    except (ValueError, LookupError, RecursionError, AssertionError, TypeError, IndexError) as error:
        # The standard library's mail parser raises all of these for damaged headers and parts.
        yield Rejected(source.name, record, f"a message that cannot be read: {type(error).__name__}: {error}"[:300])
        return
    note_encoding(draft, letter.problem)
    embedded = list(_embedded(letter.attached, draft, source))
    if articles := exports.taken_apart(letter.text, source.name, source.options):
        yield from articles
        yield from embedded
        return
    cover, forwarded = _forwarded(letter.text, draft, header(message, "Subject"))
    draft.body = cover
    if not forwarded:
        draft.subheads = letter.subheads
    if labelled := _HEADLINE.search(draft.body[:2_000]):
        draft.headline.insert(0, Claim(labelled.group(1).strip(), "mail:Headline line"))
    if not (_only_carries(cover, bool(forwarded)) if forwarded or embedded else False):
        if draft.body or draft.headline:
            yield draft
        else:
            yield Rejected(source.name, record, "a message without subject and text")
    elif cover and forwarded:
        forwarded[0].extra["cover"] = cover
    yield from forwarded
    yield from embedded


def _only_carries(text: str, forwards_text: bool) -> bool:
    """True for the text of a mail that is a note on what is in or attached to it (`forwards_text`: in its text)."""
    own = _SIGNATURE.split(text)[0]
    count = len(own.split())
    if forwards_text or not count:
        return count <= _MAX_COVER
    return count <= _MAX_LETTER and _ATTACHED.search(own) is not None


# --- what is in the message ---------------------------------------------------------------------------------------


def _forwarded(text: str, outer: Draft, subject: str) -> tuple[str, list[Draft]]:
    """The text above the forwarded messages, and a draft for each; messages that are only quoted stay in the text."""
    found: list[Draft] = []
    split = forwards.split(text)
    answers = bool(_REPLY.match(subject)) and not _FORWARDS.match(_LIST_TAG.sub("", subject))
    if split is None or (answers and not split.announced):
        return text.strip(), found
    cover = split.cover
    while split is not None and len(found) < _MAX_FORWARDS:
        inner = forwards.split(split.message.text)
        if inner is None or len(found) == _MAX_FORWARDS - 1:
            found.append(_of_forwarded(split.message, split.message.text, outer, len(found) + 1))
        elif len(inner.cover.split()) > _MAX_COVER:
            found.append(_of_forwarded(split.message, inner.cover, outer, len(found) + 1))
        split = inner
    return cover, found


def _of_forwarded(message: Forwarded, text: str, outer: Draft, number: int) -> Draft:
    draft = Draft(format=outer.format, layout="wire", body=text.strip())
    draft.digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    claim(draft.headline, _subject(message.subject), "mail:forwarded/Subject")
    claim(draft.published, message.date, "mail:forwarded/Date")
    claim(draft.sender, message.sender, "mail:forwarded/From")
    for stated in outer.ids:
        claim(draft.ids, f"{stated.value}#{number}", "mail:Message-ID")
    if outer.sender:
        draft.extra["forwarded_by"] = outer.sender[0].value
    return draft


def _embedded(attached: list[Attached], draft: Draft, source: _Source) -> Iterator[Embedded]:
    """The documents among the attachments; others are remarked on in `draft`."""
    folder = f"{source.name}!/" + (f"{source.number}/" if source.number else "")
    bound = next((day for stated in draft.published if (day := _moment(stated.value))), None)
    sender, kind = list(draft.sender), source.format

    def complete(inner: Draft) -> None:
        if inner.format in ("eml", "mbox", "emlx"):
            return  # states its own
        inner.sender.extend(sender)
        inner.crawled = inner.crawled or (bound.isoformat() if bound else "")
        inner.extra["attached_to"] = draft.ids[0].value if draft.ids else source.name

    for item in attached:
        if item.data:
            printable = "".join(char if char.isprintable() else "?" for char in item.name)
            yield Embedded(folder + printable, item.data, complete)
        else:
            label = f"{item.name} ({item.kind})"[:200]
            why = "an attachment that is not a document"
            draft.problems.append(Remark(field="body", value=label, why=why, how=f"{kind}:part"))


# --- headers ------------------------------------------------------------------------------------------------------


def _set_headers(draft: Draft, message: Message, stamp: str) -> None:
    claim(draft.headline, _subject(header(message, "Subject")), "mail:Subject")
    _set_dates(draft, message, stamp)
    claim(draft.sender, header(message, "From") or header(message, "Sender"), "mail:From")
    claim(draft.ids, header(message, "Message-ID").strip("<>"), "mail:Message-ID")
    claim(draft.keywords, header(message, "Keywords"), "mail:Keywords")
    claim(draft.language, header(message, "Content-Language").split(",")[0], "mail:Content-Language")


def _subject(text: str) -> str:
    """A subject without the marks of lists, answers and forwards."""
    return _REPLY.sub("", _LIST_TAG.sub("", text)).strip() or text


def _set_dates(draft: Draft, message: Message, stamp: str) -> None:
    """Claim the date of the message; when its own is missing or cannot be, that of its way.

    Args:
        draft: what is filled. message: whose headers. stamp: when it arrived, by the file around it, or "".
    """
    stated = header(message, "Date")
    sent = _moment(stated)
    way = [(value, found) for value in _received(message) if (found := _moment(value))]
    arrived = way[0][1] if way else None
    believable = sent is not None and sent >= _FIRST_MAIL and (arrived is None or sent - arrived <= _MAX_AHEAD)
    if not believable and (sent is not None or not stated):
        claim(draft.published, way[0][0] if way else "", "mail:Received")
    if sent is not None and not believable and way:
        why = "the sender's clock was wrong: the message was received at another time"
        draft.problems.append(Remark(field="published", value=stated[:200], why=why, how="mail:Date"))
    else:
        claim(draft.published, stated, "mail:Date")
    if not believable:
        claim(draft.published, way[0][0] if way else "", "mail:Received")
        for name in ("Resent-Date", "Delivery-Date", "NNTP-Posting-Date"):
            claim(draft.published, header(message, name), f"mail:{name}")
        claim(draft.published, stamp, f"{draft.format}:received")


def _received(message: Message) -> list[str]:
    """The times of a message's way, first station first."""
    values = [str(value) for value in message.get_all("Received", [])]
    return [" ".join(value.rpartition(";")[2].split()) for value in reversed(values) if ";" in value]


def _moment(text: str) -> datetime | None:
    """A date as mail headers have it; None when it is not one."""
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
