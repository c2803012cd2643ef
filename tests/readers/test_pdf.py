"""PDF files: reading order, broken words, running heads, and files that hold no text."""

from __future__ import annotations

import io
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morgue.model import Draft, Rejected
from morgue.readers import ReadOptions

pytest.importorskip("pypdfium2")

from morgue.readers.documents import pdf

Drawn = tuple[float, float, float, str]  # size, left, base, text

OTTERS = (
    "the otters of the mill pond have been counted by the board that was founded for it and there are nine of them "
    "as in every year since the count began although nobody has ever seen more than four at a time"
)
MILL = (
    "work on the wheel will begin in spring said the miller who has promised to grind the first sack himself and to "
    "eat what comes of it with the mayor and whoever else is hungry on that day"
)
GULLS = (
    "nobody objected except the gulls and a painter who had liked the old wheel because it stood still in a way that "
    "no other wheel on the river had ever stood still before or would again"
)


def pdf_file(*pages: list[Drawn], pictures: tuple[int, ...] = (), scaled: bool = False, trailer: str = "") -> bytes:
    """A PDF of `pages`; a picture covers those numbered in `pictures`. `scaled` text has its size in its matrix."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Length 64 >>\nstream\n" + 64 * b"\x80" + b"\nendstream",
    ]
    kids = []
    for number, page in enumerate(pages):
        drawn = ["q 595 0 0 842 0 0 cm /I1 Do Q"] if number in pictures else []
        for size, left, base, text in page:
            font, matrix = (1, f"{size} 0 0 {size}") if scaled else (size, "1 0 0 1")
            drawn.append(f"BT /F1 {font} Tf {matrix} {left} {base} Tm ({text}) Tj ET")
        content = "\n".join(drawn).encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources "
            b"<< /Font << /F1 3 0 R >> /XObject << /I1 4 0 R >> >> >>" % len(objects)
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    tail = f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF".encode()
    return out + head + table + tail


def read(data: bytes) -> Draft | Rejected:
    (found,) = pdf.read(io.BytesIO(data), "a.pdf", ReadOptions())
    return found


def draft_of(data: bytes) -> Draft:
    found = read(data)
    assert isinstance(found, Draft), found
    return found


def sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."


def column(*texts: str, left: float = 50, top: float = 730, width: int = 30, indent: float = 0) -> list[Drawn]:
    """Lines of ten points, a paragraph a text."""
    found: list[Drawn] = []
    for text in texts:
        for number, line in enumerate(textwrap.wrap(sentence(text), width)):
            found.append((10, left + (0 if number else indent), top, line))
            top -= 12
        top -= 0 if indent else 8
    return found


def by_row(*columns: list[Drawn]) -> list[Drawn]:
    return sorted((line for lines in columns for line in lines), key=lambda line: (-line[2], line[1]))


HEAD: list[Drawn] = [(20, 50, 780, "Otters of the pond have been counted"), (10, 50, 760, "By Mara Lind")]
LEFT, MIDDLE, RIGHT = column(OTTERS, MILL), column(GULLS, MILL, left=215), column(MILL, OTTERS, left=380)


def body(*texts: str) -> str:
    return "\n\n".join(["By Mara Lind", *map(sentence, texts)])


@pytest.mark.parametrize("scaled", [False, True])
@pytest.mark.parametrize(
    ("drawn", "texts"),
    [
        ([*LEFT, *MIDDLE], (OTTERS, MILL, GULLS, MILL)),
        (by_row(LEFT, MIDDLE), (OTTERS, MILL, GULLS, MILL)),
        (by_row(LEFT, MIDDLE, RIGHT), (OTTERS, MILL, GULLS, MILL, MILL, OTTERS)),
        ([*RIGHT[::-1], *MIDDLE, *LEFT], (OTTERS, MILL, GULLS, MILL, MILL, OTTERS)),
        (
            by_row(LEFT, [(size, left, base - 5, text) for size, left, base, text in MIDDLE]),
            (OTTERS, MILL, GULLS, MILL),
        ),
        ([*by_row(column(OTTERS), column(GULLS, left=215)), *column(MILL, top=560, width=90)], (OTTERS, GULLS, MILL)),
        (column(OTTERS, MILL, GULLS, width=60, indent=12), (OTTERS, MILL, GULLS)),
    ],
    ids=["in-order", "two-by-row", "three-by-row", "jumbled", "shifted", "text-below", "indents"],
)
def test_a_page_is_read_in_its_order(drawn: list[Drawn], texts: tuple[str, ...], scaled: bool) -> None:
    draft = draft_of(pdf_file([*HEAD, *drawn], scaled=scaled))

    assert [claim.value for claim in draft.headline] == ["Otters of the pond have been counted"]
    assert draft.body == body(*texts)


def test_a_table_is_read_row_by_row() -> None:
    cells: list[Drawn] = [
        (10, left, 700 - 14 * row, text)
        for row in range(5)
        for left, text in ((50, f"Pond {row}"), (200, f"{3 * row} otters"), (350, f"{row}.5 %"))
    ]
    rows = [f"Pond {row}  {3 * row} otters  {row}.5 %" for row in range(5)]

    assert draft_of(pdf_file([*HEAD, *cells])).body == "\n\n".join(["By Mara Lind", *rows])


def test_a_caption_does_not_cut_the_sentence_around_it() -> None:
    text = column(f"{OTTERS} {MILL}")
    around = [(size, left, base if base > 650 else base - 50, line) for size, left, base, line in text]
    caption: list[Drawn] = [
        (7, 50, 640, "The pond in winter, as seen"),
        (7, 50, 631, "from the mill. By Ida Brahm"),
    ]
    draft = draft_of(pdf_file([*HEAD, *around, *caption]))

    assert draft.body.split("\n\n")[1:] == [
        "The pond in winter, as seen from the mill. By Ida Brahm",
        sentence(f"{OTTERS} {MILL}"),
    ]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["The well-", "known pond needs main-", "tenance."], "The well-known pond needs maintenance."),
        (["A mother-in-", "law of the keeper came."], "A mother-in-law of the keeper came."),
        (["It was dug in 2025-", "2026."], "It was dug in 2025-2026."),
        (["A re-", "count of otters, a recount, came."], "A recount of otters, a recount, came."),
        (["A co-", "op: the co-op of millers."], "A co-op: the co-op of millers."),
        (["The Anglo-", "Saxon pond."], "The Anglo-Saxon pond."),
        (["Pre-", "and post-mill ponds."], "Pre- and post-mill ponds."),
    ],
)
def test_a_word_broken_at_the_end_of_a_line_is_joined_by_the_words_of_the_text(lines: list[str], text: str) -> None:
    drawn: list[Drawn] = [(10, 50, 700 - 14 * number, line) for number, line in enumerate(lines)]

    assert draft_of(pdf_file(drawn)).body == text


# --- running heads ------------------------------------------------------------------------------------------------


PAGES = (OTTERS, MILL, GULLS, MILL)


def issue(*heads: str, foot: str = "{}") -> bytes:
    """Four pages of text, a head in turn on each, and their numbers."""
    pages = []
    for number, text in enumerate(PAGES):
        head: list[Drawn] = [(8, 50, 815, heads[number % len(heads)]), (8, 300, 20, foot.format(number + 7))]
        pages.append([*head, *column(text, top=760, width=80)])
    return pdf_file(*pages)


@pytest.mark.parametrize(
    ("heads", "foot", "dates"),
    [
        (["The Pond Post - Tuesday 3 February 2026"], "{}", ["3 February 2026"]),
        (["Pond Post | February 3, 2026"], "Page {} of 9", ["February 3, 2026"]),
        (["3 de febrero de 2026", "Correo del Estanque"], "{}", ["3 de febrero de 2026"]),
        (["Teichbote, 3. Februar 2026"], "Seite {}", ["3. Februar 2026"]),
        (["Pond Post 03.02.2026"], "- {} -", ["03.02.2026"]),
        (["2/3/2026, 10:15 AM"], "https://pond.example/otters {}/3", []),
    ],
)
def test_running_heads_are_put_aside_and_their_date_is_kept(heads: list[str], foot: str, dates: list[str]) -> None:
    draft = draft_of(issue(*heads, foot=foot))

    assert draft.body == "\n\n".join(map(sentence, PAGES))
    assert [(claim.value, claim.how) for claim in draft.published] == [(date, "pdf:running head") for date in dates]
    assert [claim.value for claim in draft.url] == (["https://pond.example/otters"] if "http" in foot else [])


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        ([(10, 50, 700, "The otters were counted in the year"), (10, 50, 688, "2026.")],
         "The otters were counted in the year 2026."),
        ([(10, 50, 700, "Page 3 of the log tells of the otters."), (10, 50, 300, "7")],
         "Page 3 of the log tells of the otters."),
    ],
)  # fmt: skip
def test_a_number_is_that_of_the_page_only_by_itself(drawn: list[Drawn], text: str) -> None:
    assert draft_of(pdf_file(drawn)).body == text


def test_a_line_that_two_pages_share_is_text_when_nothing_sets_it_apart() -> None:
    pages = [column(OTTERS, top=760, width=80), column(MILL, top=760, width=80), column(OTTERS, top=760, width=80)]

    assert draft_of(pdf_file(*pages)).body == "\n\n".join(map(sentence, (OTTERS, MILL, OTTERS)))


# --- files without text -------------------------------------------------------------------------------------------

NO_TEXT = "a PDF without text: its pages are pictures (ocrmypdf adds the text)"
STAMP: list[Drawn] = [(8, 50, 20, "Scanned by Scanner 7")]
LOCKED = "/Encrypt << /Filter /Standard /V 1 /R 2 /O (" + "o" * 32 + ") /U (" + "u" * 32 + ") /P -4 >> /ID [(a) (a)]"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (pdf_file([], []), "a PDF without text: its pages are pictures (ocrmypdf adds the text)"),
        (pdf_file([], [], pictures=(0, 1)), "a PDF without text: its pages are pictures (ocrmypdf adds the text)"),
        (
            pdf_file(STAMP, STAMP, pictures=(0, 1)),
            "a PDF without text: its pages are pictures (ocrmypdf adds the text)",
        ),
        (pdf_file(HEAD, trailer=LOCKED), "an encrypted PDF, which needs a password"),
        (b"%PDF-1.4\nnothing", "a damaged PDF"),
    ],
)
def test_files_without_readable_text_are_rejected_by_name(data: bytes, why: str) -> None:
    found = read(data)

    assert isinstance(found, Rejected)
    assert found.why.startswith(why)


def test_pages_that_are_pictures_among_others_are_remarked() -> None:
    draft = draft_of(pdf_file([*HEAD, *column(OTTERS)], [], pictures=(1,)))

    assert [remark.why for remark in draft.problems] == ["1 of 2 pages are pictures without text (ocrmypdf adds it)"]
    assert draft.body == body(OTTERS)


WORDS = st.text("abc -.2", min_size=1, max_size=30)
LINES = st.lists(
    st.tuples(st.sampled_from([0.5, 8, 10, 20]), st.integers(0, 600), st.integers(0, 850), WORDS), max_size=25
)


@settings(deadline=None, max_examples=80)
@given(st.lists(LINES, min_size=1, max_size=3))
def test_no_layout_makes_a_file_raise_or_lose_letters(pages: list[list[Drawn]]) -> None:
    found = read(pdf_file(*pages))

    assert isinstance(found, Draft | Rejected)
    assert isinstance(found, Draft) or not any(char in "abc" for page in pages for line in page for char in line[3])
