"""SGML collections: Reuters-21578, TREC, Gigaword."""

from __future__ import annotations

import io

import pytest

from morgue.model import Draft, Rejected
from morgue.readers import ReadOptions
from morgue.readers.xml import sgml
from support.page_samples import REUTERS, TREC


def read(data: bytes) -> list[Draft | Rejected]:
    return list(sgml.read(io.BytesIO(data), "a.sgm", ReadOptions()))


def values(item: object, field: str) -> list[str]:
    return [claim.value for claim in getattr(item, field)]


def test_reuters_documents_give_their_elements() -> None:
    full, brief = read(REUTERS)

    assert isinstance(full, Draft)
    assert (full.record, values(full, "ids")) == (1, ["reuters-7"])
    assert values(full, "headline") == ["FISH <MKT> TO BE REBUILT"]
    assert values(full, "byline") == ["By Mara Lind, Reuters"]
    assert values(full, "dateline") == ["OLDHAVEN, March 4 -"]
    assert values(full, "published") == ["4-MAR-1987 09:15:00.10"]
    assert values(full, "keywords") == ["fish", "uk"]
    assert (values(full, "slug"), values(full, "source")) == (["BC-FISH-MARKET"], ["Reuters"])
    assert full.body.startswith(
        "The council voted on Monday to rebuild the market at a cost of four mln dlrs, it said.\n\nWork"
    )
    assert isinstance(brief, Draft)
    assert (values(brief, "headline"), brief.body) == (["COUNCIL SAYS MARKET TO BE REBUILT"], "")


def test_trec_documents_give_their_elements() -> None:
    ap, afp = read(TREC)

    assert isinstance(ap, Draft)
    assert (values(ap, "ids"), values(ap, "published")) == (["AP880304-0001"], ["1988-03-04"])
    assert (values(ap, "headline"), values(ap, "byline")) == (["Fish Market To Be Rebuilt"], ["By MARA LIND"])
    assert values(ap, "dateline") == ["OLDHAVEN, England (AP)"]
    assert len(ap.body.split("\n\n")) == 2
    assert isinstance(afp, Draft)
    assert (values(afp, "ids"), values(afp, "published")) == (["AFP_ENG_19940512.0001"], ["1994-05-12"])
    assert afp.body == "One.\n\nTwo."


def test_unprocessed_messages_are_read_as_wire_copy() -> None:
    (draft,) = read(
        b'<REUTERS NEWID="9"><TEXT TYPE="UNPROC">&#2;\nNY SUGAR\n\n MAY  662\n JUL  678\n&#3;</TEXT></REUTERS>'
    )

    assert isinstance(draft, Draft)
    assert (draft.layout, draft.body) == ("wire", "NY SUGAR\n\n MAY  662\n JUL  678")


def test_latin_1_is_read() -> None:
    (draft,) = read("<DOC><HEAD>Café</HEAD><TEXT>Größe</TEXT></DOC>".encode("latin-1"))

    assert isinstance(draft, Draft)
    assert (values(draft, "headline"), draft.body) == (["Café"], "Größe")


@pytest.mark.parametrize(
    ("data", "last"),
    [
        (REUTERS[: REUTERS.index(b"Blah")], Rejected("a.sgm", 2, "the file ends in the middle of a document")),
        (b"<p>nothing</p>", Rejected("a.sgm", 0, "SGML without a <REUTERS> or <DOC> element")),
        (b"<DOC></DOC>", Rejected("a.sgm", 1, "a document without title and text")),
    ],
)
def test_what_cannot_be_read_is_rejected(data: bytes, last: Rejected) -> None:
    assert read(data)[-1] == last


def test_a_document_of_open_tags_costs_little() -> None:
    (found,) = read(b"<DOC>" + b"<TEXT>" * 300_000 + b"</DOC>")

    assert isinstance(found, Draft | Rejected)
