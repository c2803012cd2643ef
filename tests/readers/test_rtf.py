"""Rich Text Format: what a word processor shows of a file, and nothing else."""

from __future__ import annotations

import io
import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morgue.model import Draft, Rejected
from morgue.readers import ReadOptions, read_stream
from morgue.readers.documents import rtf_text

HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fnil\fcharset204 Arial Cyr;}"
HEAD += r"{\f2\fnil\fcharset128 MS Mincho;}{\f3\fnil\fcharset238 Arial CE;}}{\colortbl;\red0\green0\blue0;}"
STYLES = r"{\stylesheet{\s0 Normal;}{\s1\b\fs36 Title;}{\s2\b heading 2;}{\*\cs10 Default Paragraph Font;}}"


def read(data: str | bytes) -> list[Draft | Rejected]:
    data = data.encode("latin-1") if isinstance(data, str) else data
    return list(read_stream(io.BytesIO(data), "a.rtf", ReadOptions()))


def draft_of(body: str) -> Draft:
    (found,) = read(HEAD + STYLES + body + "}")
    assert isinstance(found, Draft), found
    return found


def text_of(body: str) -> str:
    return draft_of(body).body


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"One.\par Two.\par", "One.\n\nTwo."),
        ("One line\r\n broken\r\nin the file.\\par", "One line brokenin the file."),
        (r"Caf\'e9 \lquote x\rquote  \ldblquote y\rdblquote\emdash z\endash w \bullet", "Café ‘x’ “y”—z–w •"),
        (r"\u8220?never\u8221?", "“never”"),
        (r"\u8220\'93never\u8221\'94", "“never”"),
        (r"\uc0\u8220 never\u8221 .", "“never”."),
        (r"{\uc2\u26032\'90\'56\u32862 xy}!", "新聞!"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"\u55357?\u56832?", "😀"),
        (r"{\f1 \'cf\'f0\'e8\'e2\'e5\'f2}", "Привет"),
        (r"{\f2 \'90\'56\'95\'b7}", "新聞"),
        (r"{\f2 \'90V\'95\'b7}", "新聞"),
        (r"\f3 Ji\'f8\'ed\f0  caf\'e9", "Jiří café"),
        (r"a\~b\_c\-d \{e\} \\f", "a b-cd {e} \\f"),
        (r"a\line b\tab c", "a\nb c"),
        ("a\\\nb", "a\n\nb"),
        (r"seen{\deleted  deleted}{\v  hidden}\v  too\v0  again", "seen again"),
        (r"seen\deleted  gone\plain  back", "seen back"),
        (r"\trowd\intbl One\cell Two\cell\row\intbl 1\cell 2\cell\row\pard After", "One  Two\n\n1  2\n\nAfter"),
        (
            r"See {\field{\*\fldinst{HYPERLINK "
            r'"https://mill.example/?a=1&b={}" }}{\fldrslt{\ul the mill}}} now',
            "See the mill now",
        ),
        (r"Page {\field{\*\fldinst PAGE }{\fldrslt 3}}", "Page 3"),
        (r"{\header head\par}{\footerr foot\par}Text{\footnote note\par}{\*\annotation remark}.", "Text."),
        (r"{\pict\pngblip\picw10 89504e470d0a1a0a}Text{\*\shppict{\pict 00ff}}{\nonshppict{\pict 00ff}}.", "Text."),
        ("{\\pict\\bin6 a}{\\b\\}Text.", "Text."),
        (r"{\object\objemb{\*\objdata 0105}{\result{\pict 00}shown}}", "shown"),
        (r"{\shp{\*\shpinst\shpleft0{\sp{\sn shapeType}{\sv 202}}{\shptxt \pard In a box\par}}}", "In a box"),
        (r"{\upr{ANSI}{\*\ud{UNICODE}}}", "UNICODE"),
        (r"{\*\unknown words}{\pntext\f0 \'B7\tab}Item{\listtext 1.\tab}", "Item"),
        (r"{\*\htmltag64 <p>}Mail{\*\htmltag72 </p>}", "Mail"),
    ],
)
def test_what_is_shown_is_the_text(body: str, expected: str) -> None:
    assert text_of(body) == expected


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        (r"\ansi\ansicpg1251", "Мост"),
        (r"\ansi\ansicpg1250", "Ěîńň"),
        (r"\mac", "ÃÓÒÚ"),
        (r"\ansi\ansicpg99999", "Ìîñò"),
        (r"\ansi", "Ìîñò"),
    ],
)
def test_code_pages_of_the_file(family: str, expected: str) -> None:
    (found,) = read(rf"{{\rtf1{family}\deff0{{\fonttbl{{\f0 Arial;}}}}\f0 \'cc\'ee\'f1\'f2\par}}")

    assert isinstance(found, Draft)
    assert found.body == expected


def test_text_in_utf8_where_only_ascii_is_allowed() -> None:
    (found,) = read((HEAD + "Šárka – “ano”\\par}").encode())

    assert isinstance(found, Draft)
    assert found.body == "Šárka – “ano”"


def test_title_and_headings_by_their_styles_and_bold_lines() -> None:
    draft = draft_of(
        r"\pard\s1 Weir opened\par\pard\s0 One.\par\pard\s2 Anglers\par\pard Two.\par"
        r"{\b Trout}\par Three {\b bold} word.\par"
    )

    assert [claim.value for claim in draft.headline] == ["Weir opened"]
    assert (draft.layout, draft.body) == ("story", "One.\n\nAnglers\n\nTwo.\n\nTrout\n\nThree bold word.")
    assert draft.subheads == (1, 3)


def test_properties_are_kept_beside_the_article() -> None:
    draft = draft_of(r"{\info{\title Weir}{\author In\'e8s}{\creatim\yr2020\mo5\dy1}}Text.")

    assert draft.extra == {"title": "Weir", "author": "Inès"}
    assert (draft.published, draft.people) == ([], [])


def test_a_file_that_ends_too_soon_says_so() -> None:
    (found,) = read(HEAD + r"One.\par Two")

    assert isinstance(found, Draft)
    assert found.body == "One.\n\nTwo"
    assert [remark.how for remark in found.problems] == ["rtf"]


@pytest.mark.parametrize("body", [r"\pard\par", r"{\pict 00ff", r"{\info{\title x}}"])
def test_a_file_without_text_is_rejected(body: str) -> None:
    (found,) = read(HEAD + body + "}")

    assert isinstance(found, Rejected)
    assert "without text" in found.why


def test_broken_nesting_loses_no_text() -> None:
    assert text_of(r"One.\par}} Two.\par {Three.\par") == "One.\n\nTwo.\n\nThree."
    assert rtf_text.parsed(b"{\\rtf1" + b"{" * 50_000 + b" deep" + b"}" * 50_000 + b"}").paragraphs[0].text == "deep"


SAMPLE = (
    HEAD
    + STYLES
    + r"{\info{\title Weir}}{\header head\par}\pard\s1 Weir opened\par\pard NORBURG \u8211\'96 Forty caf\'e9s.\par"
    r"{\f1 \'cf\'f0}\par{\pict\bin3 {{{}{\field{\*\fldinst HYPERLINK x}{\fldrslt y}}\trowd a\cell b\cell\row}"
)


@settings(max_examples=300, deadline=None)
@given(
    st.integers(0, len(SAMPLE)),
    st.integers(0, 60),
    st.sampled_from(["", "{", "}", "\\'", "\\u", "\\bin9999999", "\\uc", "\0"]),
)
def test_no_damage_makes_it_raise_or_shows_control_words(at: int, length: int, put: str) -> None:
    damaged = SAMPLE[:at] + put + SAMPLE[at + length :]
    for item in read(damaged):
        if isinstance(item, Draft) and item.format == "rtf" and r"\\" not in damaged:
            assert not re.search(r"\\(?:par|pard|u-?\d|'[0-9a-f]{2}|fonttbl)", item.body)


def test_random_bytes_never_raise() -> None:
    seeded = random.Random(14)
    alphabet = b"{}\\'ubf0123456789 \n\xe9*" + b"par"
    for _ in range(300):
        data = b"{\\rtf1 " + bytes(seeded.choice(alphabet) for _ in range(seeded.randrange(200)))
        rtf_text.parsed(data)
