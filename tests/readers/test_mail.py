"""Mail and mailboxes."""

from __future__ import annotations

import io

import pytest

from morgue.model import Draft, Rejected
from morgue.readers import ReadOptions
from morgue.readers.documents import mail
from support.page_samples import MAIL, MBOX


def read(data: bytes) -> list[Draft | Rejected]:
    return list(mail.read(io.BytesIO(data), "a.eml", ReadOptions()))


def draft_of(data: bytes) -> Draft:
    (draft,) = read(data)
    assert isinstance(draft, Draft), draft
    return draft


def values(draft: Draft, field: str) -> list[str]:
    return [claim.value for claim in getattr(draft, field)]


def test_a_mail_gives_headers_and_plain_text() -> None:
    draft = draft_of(MAIL)

    assert (draft.format, draft.layout, draft.record) == ("eml", "wire", 0)
    assert values(draft, "headline") == ["Fish market to be rebuilt, says Müller"]
    assert values(draft, "published") == ["Mon, 4 Mar 2024 09:15:00 +0100"]
    assert values(draft, "ids") == ["1@post.example"]
    assert values(draft, "people") == ["Harbour Press Office"]
    assert draft.body == "The council, says Mrs Müller, voted on Monday to rebuild the market."
    assert [remark.value for remark in draft.problems] == ["plan.pdf (application/pdf)"]


def test_markup_is_read_when_there_is_no_plain_text() -> None:
    draft = draft_of(b"Subject: A\nContent-Type: text/html; charset=utf-8\n\n<p>One.</p><p>Two \xe2\x80\x93 three.</p>")

    assert draft.body == "One.\n\nTwo – three."


@pytest.mark.parametrize(
    ("subject", "headline"),
    [
        (b"=?windows-1252?Q?Market=92s_roof?=", "Market’s roof"),
        (b"=?utf-8?b?RmlzY2htw6Rya3Rl?=", "Fischmärkte"),
        ("Fischmärkte".encode(), "Fischmärkte"),
        ("Fischmärkte".encode("latin-1"), "Fischmärkte"),
        (b"=?nosuch?q?Fish?=", "Fish"),
        (b"Fwd: RE: [press] Fish\n market", "[press] Fish market"),
        (b"[press] Fish", "Fish"),
        ("=?windows-1252?Q?Market’s_new=20roof?=".encode(), "Market’s new roof"),
    ],
)
def test_subjects_come_in_many_encodings(subject: bytes, headline: str) -> None:
    assert values(draft_of(b"Subject: " + subject + b"\n\nText."), "headline") == [headline]


def test_a_byline_in_the_text_outranks_the_sender() -> None:
    head = b"From: Ben <b@x.example>\nSubject: Golf\n\n"

    assert values(draft_of(head + b"By Ben Marsh\n\nLOS ANGELES - Text."), "people") == []
    assert values(draft_of(head + b"By Monday the work is done."), "people") == ["Ben"]


def test_a_headline_line_in_the_text_outranks_the_subject() -> None:
    draft = draft_of(b"Subject: story 7\n\nSDA\n\nHeadline: Fish market to be rebuilt\n\nText.")

    assert values(draft, "headline") == ["Fish market to be rebuilt", "story 7"]


def test_a_mailbox_gives_its_messages() -> None:
    one, two = read(MBOX)

    assert isinstance(one, Draft)
    assert isinstance(two, Draft)
    assert (one.record, two.record, one.format) == (1, 2, "mbox")
    assert one.body == "First text.\nFrom the quay, a view.\n\nFrom here on the sea is calm at 10:15 or so."
    assert (values(two, "headline"), two.body) == (["Two"], "Second text.")


def test_blank_lines_before_the_headers_do_no_harm() -> None:
    assert values(draft_of(b"      \n\r\n" + MAIL), "ids") == ["1@post.example"]


@pytest.mark.parametrize(
    "data",
    [
        b"Subject: x\nContent-Type: multipart/mixed; boundary=a\n\n" + b"--a\n" * 50_000,
        b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 300,
        b"Subject: " + b"=?utf-8?q?a?= " * 50_000 + b"\n\nText.",
        b"Subject: x\nContent-Transfer-Encoding: base64\n\n" + b"A" * 100_001,
        b"Subject: x\nContent-Type: text/plain; charset=\"nosuch\"\n\n\xff\xfe\xfd",
    ],
)  # fmt: skip
def test_hostile_mail_ends_as_a_draft_or_a_rejection(data: bytes) -> None:
    assert all(isinstance(item, Draft | Rejected) for item in read(data))


def test_a_mail_of_nothing_is_rejected() -> None:
    assert read(b"From: a@b.example\n\n") == [Rejected("a.eml", 0, "a message without subject and text")]
