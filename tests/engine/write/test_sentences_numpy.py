"""Sentences of many bodies found at once are those of each."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from morgue import analysis
from morgue.engine.files.commit import Store
from morgue.engine.sentences import outline
from morgue.engine.write.parts import Parts, code_points
from morgue.engine.write.sentences_numpy import UNSPACED_STOPS, outlines
from morgue.engine.write.writer import Writer
from morgue.index.document import Document, body_start
from support.stores import located

_PIECES = st.sampled_from([
    ". ", ".", "! ", "? ", "… ", ".\n", ".\n\n", "\n", "\n\n", "\n\n\n", " ", "  ", ".  ", ".         ", ".) ", '." ',
    ".” ",
    ".')  ", '.""""" ', '"', "“", "(", "¿", "[", "A", "Ab", "b", "é", "É", "7", "Mr", "No", "Sen", "U.S", "p.m", "J",
    "said", "minister", "Minister", "\x1e", "\u00a0", "\u3000", "ß", "\U0001f600", "-", "_", "x.y", "3.5", "The",
    "the",
])  # fmt: skip
_BODIES = st.one_of(st.lists(_PIECES, max_size=14).map("".join), st.text(alphabet=" .\nAa\"'(7é", max_size=14))


@settings(deadline=None, max_examples=400)
@given(st.lists(st.tuples(st.sampled_from(["", "Head", "A. B."]), _BODIES), max_size=6))
@example([("", "One. \n\nTwo."), ("", ""), ("A", "a.\n\n"), ("", ".\n\n\nB")])
@example([("", 'Yes." '), ("Head", "A")])
def test_outlines_are_those_of_each_body(texts: list[tuple[str, str]]) -> None:
    bodies = [body for _, body in texts if not set(body) & set(UNSPACED_STOPS)]
    parts = [part for head, body in texts if body in bodies for part in (head, body)]
    text = " ".join(parts) + " "
    firsts = np.array([sum(len(part) + 1 for part in parts[:place]) for place in range(1, len(parts), 2)], "i8")
    codes = code_points(text)
    found = outlines(codes, Parts().numbers(text, codes).starts, firsts, bodies)
    begin = 0
    for body, first, count in zip(bodies, firsts.tolist(), found.counts.tolist(), strict=True):
        starts, opens = outline(body)
        assert (found.starts[begin : begin + count] - first).tolist() == starts
        assert found.opens[begin : begin + count].tolist() == opens
        begin += count
    assert begin == len(found.starts)


def test_bodies_without_spaces_stand_beside_others(tmp_path: Path) -> None:
    bodies = ["One. Two.\n\nThree.", "甲乙。丙丁。\n\n戊。", "", "Ja. Nein!", "第一。Second one. 第二！", "x。"]
    with Writer(tmp_path) as writer:
        for number, body in enumerate(bodies):
            writer.add(Document(str(number), f"Head {number}", body, "", {}, {}, {}, b""))
    with Store.open(tmp_path) as store:
        for number, body in enumerate(bodies):
            place = located(store, str(number))
            assert place is not None
            found = place[0].structure(place[1])
            starts, opens = outline(body)
            assert (list(found.offsets), list(found.paragraphs)) == (starts, opens)
            words = [len(analysis.words(body[a:b])) for a, b in pairwise([*starts, len(body)])]
            breaks = [sum(opens[1 : place + 1]) for place in range(len(starts))]
            first = body_start(2)
            assert list(found.positions) == [first + sum(words[:i]) + breaks[i] for i in range(len(starts))]
