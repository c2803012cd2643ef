"""Mail and mailboxes."""

from __future__ import annotations

import io

import pytest

from morgue.model import Draft, Rejected
from morgue.readers import ReadOptions, read_stream
from morgue.readers.documents import mail
from morgue.wire import dates
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
    assert values(draft, "sender") == ['"Harbour Press Office" <press@post.example>']
    assert draft.people == []
    assert draft.body == "The council, says Mrs Müller, voted on Monday to rebuild the market."
    assert [remark.value for remark in draft.problems] == ["plan.png (image/png)"]


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


# --- the part with the story --------------------------------------------------------------------------------------


def parts(kind: str, *inner: tuple[str, str]) -> str:
    """A multipart body with its Content-Type line: (headers, content) of each part."""
    boundary = f"=_{kind}{sum(len(content) for _, content in inner)}"
    body = "".join(f"--{boundary}\n{head}\n\n{content}\n" for head, content in inner)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\n{body}--{boundary}--\n'


BOARD = "Otter Board <board@otters.example>"
PLAIN, HTML = "Content-Type: text/plain; charset=utf-8", "Content-Type: text/html; charset=utf-8"
STORY = "The otters of the mill pond have been counted. There are nine, as in every year since the count began."
PAGE = f"<html><style>p {{color: red}}</style><p>{STORY}</p></html>"


def letter(body: str, **headers: str) -> bytes:
    known = {
        "From": "Otter Board <board@otters.example>",
        "Subject": "Otters",
        "Date": "Tue, 3 Feb 2026 08:00:00 +0100",
    }
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in (known | headers).items() if value]
    return ("\n".join(lines) + "\n" + body).encode()


@pytest.mark.parametrize(
    "body",
    [
        parts("alternative", (PLAIN, "View this email in your browser: https://otters.example/7"), (HTML, PAGE)),
        parts("alternative", (PLAIN, "Your mail program does not support HTML messages."), (HTML, PAGE)),
        parts("alternative", (PLAIN, "Diese Nachricht im Browser ansehen\nhttps://otters.example/7"), (HTML, PAGE)),
        parts("alternative", (PLAIN, PAGE), (HTML, PAGE)),
        parts("alternative", (PLAIN, STORY), (HTML, "<p>See the picture.</p>")),
        parts("alternative", (PLAIN, ""), (HTML, f'<div style="display: none">Nine!</div><p>{STORY}</p>')),
        parts("alternative", (HTML, f"<p>View in your browser</p><p>{STORY}</p><p>Unsubscribe</p>")),
        parts("related", (HTML, PAGE)),
        parts("mixed", (PLAIN, STORY), ("Content-Type: image/png; name=o.png", "AAAA")),
        PLAIN.replace("utf-8", "utf-8; format=flowed") + "\n\n" + STORY.replace("The otters", "The \notters"),
        f"{PLAIN}\n\n{STORY}\n\nTo unsubscribe write to off@otters.example\n",
    ],
)  # fmt: skip
def test_the_part_that_holds_the_story_is_read(body: str) -> None:
    assert draft_of(letter(body)).body == STORY


@pytest.mark.parametrize(
    ("headers", "dates"),
    [
        ({}, ["Tue, 3 Feb 2026 08:00:00 +0100"]),
        ({"Date": "soon", "Received": "from a by b; Tue, 3 Feb 2026 08:00:09 +0100"},
         ["soon", "Tue, 3 Feb 2026 08:00:09 +0100"]),
        ({"Date": "", "Received": "from a by b; Tue, 3 Feb 2026 08:00:09 +0100"}, ["Tue, 3 Feb 2026 08:00:09 +0100"]),
        ({"Date": "Thu, 1 Jan 1970 00:00:00 +0000", "Received": "by b; Tue, 3 Feb 2026 08:00:09 +0100"},
         ["Tue, 3 Feb 2026 08:00:09 +0100"]),
        ({"Date": "Sun, 3 Feb 2036 08:00:00 +0100", "Received": "by b; Tue, 3 Feb 2026 08:00:09 +0100"},
         ["Tue, 3 Feb 2026 08:00:09 +0100"]),
        ({"Date": "", "Delivery_Date": "Tue, 3 Feb 2026 08:01:00 +0100"}, ["Tue, 3 Feb 2026 08:01:00 +0100"]),
        ({"Date": "3 février 2026"}, ["3 février 2026"]),
    ],
)  # fmt: skip
def test_the_way_of_a_message_dates_it_when_its_own_date_is_broken(headers: dict[str, str], dates: list[str]) -> None:
    assert values(draft_of(letter(f"{PLAIN}\n\n{STORY}", **headers)), "published") == dates


def test_a_mailbox_dates_a_message_without_a_date() -> None:
    (draft,) = read(b"From a@b.example Tue Feb  3 08:00:00 2026\nFrom: a@b.example\nSubject: x\n\nText.\n")

    assert isinstance(draft, Draft)
    assert values(draft, "published") == ["Tue Feb 3 08:00:00 2026"]


def test_a_message_of_apple_mail_ends_where_its_first_line_says() -> None:
    data = letter(f"{PLAIN}\n\n{STORY}\n", Date="")
    plist = b"<plist><dict><key>date-received</key><integer>1770102009</integer></dict></plist>"
    (draft,) = read_stream(io.BytesIO(b"%d      \n%s%s" % (len(data), data, plist)), "7.emlx")

    assert isinstance(draft, Draft)
    assert (draft.format, draft.body) == ("emlx", STORY)
    assert values(draft, "published") == ["1770102009"]


# --- forwarded messages -------------------------------------------------------------------------------------------

RELEASE = "HUSUM, Germany, February 3, 2026 - The mill pond has a keeper.\n\nShe is nine."
PRINTED = [
    ("---------- Forwarded message ---------", "From Date Subject To", "Tue, 3 Feb 2026 at 08:00", "Fwd: x"),
    ("---------- Forwarded message ---------", "Von Date Subject To", "Di., 3. Feb. 2026 um 08:00 Uhr", "Fwd: x"),
    ("---------- Forwarded message ---------", "De Date Subject To", "mar. 3 févr. 2026 à 08:00", "Fwd: x"),
    ("---------- Forwarded message ---------", "De Date Subject To", "mar, 3 feb 2026 a las 8:00", "Fwd: x"),
    ("---------- Forwarded message ---------", "Da Date Subject To", "mar 3 feb 2026 alle ore 08:00", "Fwd: x"),
    ("Begin forwarded message:\n", "From Date Subject To", "3 February 2026 at 08:00:00 GMT+1", "Fwd: x"),
    ("Anfang der weitergeleiteten Nachricht:\n", "Von Datum Betreff An", "3. Februar 2026 um 08:00:00 MEZ", "Fwd: x"),
    ("-----Original Message-----", "From Sent Subject To", "Tuesday, February 3, 2026 8:00 AM", "FW: x"),
    ("-----Ursprüngliche Nachricht-----", "Von Gesendet Betreff An", "Dienstag, 3. Februar 2026 08:00", "WG: x"),
    ("________________________________", "De\xa0 Envoyé\xa0 Objet\xa0 À\xa0", "mardi 3 février 2026 08:00", "TR: x"),
    ("", "Da Inviato Oggetto A", "martedì 3 febbraio 2026 08:00", "I: x"),
    ("", "*From *Sent *Subject *To", "Tuesday, February 3, 2026 8:00 AM", "FW: x"),
    ("-------- Forwarded Message --------", "From Date Subject To", "Tue, 3 Feb 2026 08:00:00 +0100", "Fwd: x"),
    ("-------- Weitergeleitete Nachricht --------", "Von Datum Betreff An", "Tue, 3 Feb 2026 08:00:00 +0100", "x"),
]


def forwarded(rule: str, labels: str, date: str) -> str:
    sender, day, subject, to = labels.split(" ")
    head = f"{rule}\n{sender}: Pond <pond@otters.example>\n{day}: {date}\n{subject}: A keeper\n{to}: desk@p.example\n\n"
    return head + RELEASE


@pytest.mark.parametrize("quote", ["", "> "])
@pytest.mark.parametrize(("rule", "labels", "date", "subject"), PRINTED)
def test_a_message_that_was_forwarded_is_an_article_of_its_own(
    rule: str, labels: str, date: str, subject: str, quote: str
) -> None:
    text = "\n".join(quote + line for line in forwarded(rule, labels, date).split("\n"))
    draft = draft_of(letter(f"{PLAIN}\n\nFor tomorrow?\n\n{text}", Subject=subject, Message_ID="<7@p.example>"))
    when = dates.parse(draft.published[0].value)

    assert values(draft, "headline") == ["A keeper"]
    assert values(draft, "sender") == ["Pond <pond@otters.example>"]
    assert when is not None
    assert when.value.startswith("2026-02-03T08:00")
    assert (draft.body, values(draft, "ids")) == (RELEASE, ["7@p.example#1"])
    assert draft.extra == {"forwarded_by": "Otter Board <board@otters.example>", "cover": "For tomorrow?"}


@pytest.mark.parametrize(
    "head",
    [
        "<p>FYI</p><div>---------- Forwarded message ---------<br>From: <b>Pond and River Press Office</b> "
        "&lt;pond@otters.example&gt;<br>Date: Tue, 3 Feb 2026 at 08:00<br>Subject: A keeper<br>To: d@p.example</div>",
        "<p>FYI</p><div><p><b>From:</b> Pond &lt;pond@otters.example&gt;<br><b>Sent:</b> Tuesday, February 3, 2026 "
        "8:00 AM<br><b>To:</b> Desk<br><b>Subject:</b> A keeper</p></div>",
        "<p>FYI</p>-------- Forwarded Message --------<table><tr><th>Subject: </th><td>A keeper</td></tr>"
        "<tr><th>Date: </th><td>Tue, 3 Feb 2026 08:00:00 +0100</td></tr><tr><th>From: </th>"
        "<td>Pond &lt;pond@otters.example&gt;</td></tr></table>",
    ],
)  # fmt: skip
def test_forwarded_messages_in_html_are_found_too(head: str) -> None:
    draft = draft_of(letter(f"{HTML}\n\n{head}<p>{STORY}</p>", Subject="Fwd: x"))

    assert (values(draft, "headline"), draft.body) == (["A keeper"], STORY)
    assert "pond@otters.example" in draft.sender[0].value


def test_a_message_that_was_forwarded_twice_is_the_innermost() -> None:
    inner = forwarded("-----Original Message-----", "From Sent Subject To", "Tuesday, February 3, 2026 8:00 AM")
    outer = f"From: Boss <b@p.example>\nDate: Wed, 4 Feb 2026 at 09:00\nSubject: Fwd: pond\n\nNice.\n\n{inner}"
    draft = draft_of(letter(f"{PLAIN}\n\n---------- Forwarded message ---------\n{outer}", Subject="Fwd: Fwd: pond"))

    assert (values(draft, "headline"), draft.body) == (["A keeper"], RELEASE)


def test_a_story_above_a_forwarded_message_is_an_article_too() -> None:
    own = " ".join([STORY] * 4)
    rule, labels, date, _ = PRINTED[0]
    one, two = read(letter(f"{PLAIN}\n\n{own}\n\n{forwarded(rule, labels, date)}"))

    assert isinstance(one, Draft)
    assert isinstance(two, Draft)
    assert ((one.record, one.body), (two.record, two.body)) == ((1, own), (2, RELEASE))


@pytest.mark.parametrize(
    "text",
    [
        "No.\n\n-----Original Message-----\nFrom: a@b.example\nSent: Tuesday\nTo: c\nSubject: x\n\nMay I?",
        "From: the pond.\nTo: the sea.\n\nA poem.",
        "Date: 3 February\nPlace: Husum\n\nA dance.",
    ],
)
def test_answers_and_labels_of_other_kinds_stay_in_the_text(text: str) -> None:
    assert draft_of(letter(f"{PLAIN}\n\n{text}", Subject="Re: x")).body == text


# --- attachments --------------------------------------------------------------------------------------------------

NOTE = (PLAIN, "Please find our release attached.")


def articles(data: bytes) -> list[tuple[str, str, str]]:
    """(path, headline, sender) of each article, or (path, reason, "")."""
    found = []
    for item in read_stream(io.BytesIO(data), "a.eml"):
        if isinstance(item, Rejected):
            found.append((item.path, item.why, ""))
        else:
            found.append((item.path, *((values(item, field) or [""])[0] for field in ("headline", "sender"))))
    return found


def attached(name: str, kind: str, content: str) -> tuple[str, str]:
    return f'Content-Type: {kind}; name="{name}"\nContent-Disposition: attachment; filename="{name}"', content


@pytest.mark.parametrize(
    ("part", "found"),
    [
        (attached("r.txt", "text/plain", RELEASE), [("a.eml!/r.txt", "", BOARD)]),
        (attached("r.html", "text/html", "<h1>A keeper</h1><p>She is 9.</p>"), [("a.eml!/r.html", "A keeper", BOARD)]),
        (attached("r.txt", "application/octet-stream", RELEASE), [("a.eml!/r.txt", "", BOARD)]),
        (("Content-Type: message/rfc822", letter(f"{PLAIN}\n\n{STORY}", From="p@o.example").decode()),
         [("a.eml!/message.eml", "Otters", "p@o.example")]),
        (attached("r.pdf", "application/pdf", "nothing"), [("a.eml!/r.pdf", "", BOARD)]),
        (attached("photo.jpg", "image/jpeg", "AAAA"), [("a.eml", "Otters", BOARD)]),
    ],
)  # fmt: skip
def test_documents_are_articles_of_the_mail_that_carries_them(
    part: tuple[str, str], found: list[tuple[str, str, str]]
) -> None:
    assert articles(letter(parts("mixed", NOTE, part))) == found


def test_a_mail_with_a_story_and_a_document_gives_both() -> None:
    data = letter(parts("mixed", (PLAIN, STORY), attached("r.txt", "text/plain", RELEASE)))

    assert [path for path, _, _ in articles(data)] == ["a.eml", "a.eml!/r.txt"]


def test_attachments_of_one_name_are_told_apart() -> None:
    part = attached("../r.txt", "text/plain", RELEASE)

    assert [path for path, _, _ in articles(letter(parts("mixed", NOTE, part, part)))] == [
        "a.eml!/.._r.txt",
        "a.eml!/2-.._r.txt",
    ]


def test_messages_in_messages_end_at_the_depth_of_archives() -> None:
    data = letter(f"{PLAIN}\n\n{STORY}")
    for _ in range(9):
        data = letter(parts("mixed", NOTE, ("Content-Type: message/rfc822", data.decode())))

    assert [why for _, why, _ in articles(data)] == ["messages and archives are nested too deep"]
