"""Text that no reader reads is rejected by name and not stored as copy."""

from __future__ import annotations

import base64
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue.model import Draft, Rejected
from morgue.readers import ReadOptions, read_stream
from morgue.readers.doubtful import why_not

KINDS = {
    "download of a press database": "Search: lamp\n\n3 of 12 DOCUMENTS\n\nThe Lamp\n\nWick trimmed\n\nIt burns.\n",
    "press database": "Lamp\n\nIt burns.\n\nEnd of Document\n\nWick\n\nIt is trimmed.\n\nEnd of Document\n",
    "counted": "Dokument 2 von 40 Dokumenten\n\nLampe\n\nSie brennt.\n",
    "in PubMed's tags": "PMID- 12345\nOWN - NLM\nTI  - Lamps\nAU  - Tenn O\n",
    "control words of RTF": "Lamp\n" + "\\pard\\plain\\f0\\fs24 It burns.\\par\n" * 4,
    "armoured data": "-----BEGIN PGP MESSAGE-----\n\nhQEMA1\n-----END PGP MESSAGE-----\n",
    "uuencode": "begin 644 lamp.doc\nM5&AE(&QA;7`@8G5R;G,N\n`\nend\n",
    "base64": base64.encodebytes(bytes(range(256)) * 4).decode(),
    "a log": "".join(f"2026-01-1{n} 10:00:0{n} INFO lamp lit by keeper {n}\n" for n in range(9)),
    "log: most": "".join(f"10.0.0.{n} - - [14/Jan/2026:10:00:00 +0000] GET /lamp\n" for n in range(9)),
    "source of a program": "import os\n\n\ndef light(lamp):\n    if lamp:\n        return os.name\n    return None\n",
    "of a program": "#include <lamp.h>\n\nint main(void) {\n    light();\n    return 0;\n}\n",
    "program or data": "var a=1;" + "if(a){b[0]=c&&d;e={f:1};}" * 40,
    "subtitles": "1\n00:00:01,000 --> 00:00:02,000\nThe lamp\n\n2\n00:00:03,000 --> 00:00:04,000\nburns.\n",
}


@pytest.mark.parametrize(("named", "text"), KINDS.items())
def test_what_is_no_article_is_rejected_by_name(named: str, text: str) -> None:
    (item,) = read_stream(io.BytesIO(text.encode()), "a.txt")

    assert isinstance(item, Rejected)
    assert named in item.why
    assert "--format-in text" in item.why


def test_a_named_format_is_believed() -> None:
    text = KINDS["source of a program"]
    (item,) = read_stream(io.BytesIO(text.encode()), "a.txt", ReadOptions(format_in="text"))

    assert isinstance(item, Draft)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"wOF2\x00\x01\x00\x00" + bytes(40), "a font"),
        (b"II*\x00" + bytes(40), "a TIFF image"),
        (b"\xd0\xcf\x11\xe0" + bytes(400), "an old Office file"),
        (b"SQLite format 3\x00" + bytes(400), "an SQLite database"),
    ],
)
def test_binary_files_are_named(data: bytes, named: str) -> None:
    (item,) = read_stream(io.BytesIO(data), "a.txt")

    assert isinstance(item, Rejected)
    assert named in item.why


@pytest.mark.parametrize(
    "text",
    [
        "Lamp lit\n\nImports of lamps rose; the return was good (so they said); if all goes well, more will come.\n"
        * 9,
        "import duty rises\n\nThe duty on lamps rises in May, the board said.\n\nIt was low.\n\nNo more is known.\n",
        "One of 12 documents found\n\nThe clerk found 3 of 12 documents in the lamp.\n",
        "Results\n\n10:00:00 Tenn\nLamp 2 Wick 1\nOil 3 Flame 0\nTar 1 Rope 1\n",
        "From Monday the lamp burns\n\nIt does.\n\nEnd of Document\n",
    ],
)
def test_copy_is_an_article(text: str) -> None:
    assert why_not(text) == ""


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    assert isinstance(why_not(text), str)
