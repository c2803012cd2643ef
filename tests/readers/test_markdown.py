"""Markdown: front matter of three kinds, text made readable, sub-heads kept."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue.model import Draft, Rejected
from morgue.readers import ReadOptions, read_stream
from morgue.readers.documents.markdown import to_text


def read(text: str, **options: Any) -> Draft | Rejected:
    (item,) = read_stream(io.BytesIO(text.encode()), "a.md", ReadOptions(**options))
    return item


def draft(text: str, **options: Any) -> Draft:
    item = read(text, **options)
    assert isinstance(item, Draft), item
    return item


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Hi\ndate: 2026-01-02 10:00:00 +0900\nauthor: Ana Reis\nown: [1, {a: b}]\n---\nText.\n",
        '+++\ntitle = "Hi"\ndate = "2026-01-02 10:00:00 +0900"\nauthor = "Ana Reis"\n'
        'own = [1, {a = "b"}]\n+++\nText.\n',
        '{"title": "Hi", "date": "2026-01-02 10:00:00 +0900", "author": "Ana Reis", "own": [1, {"a": "b"}]}\n\nText.\n',
        "<!-- made by x -->\n\n---\r\ntitle: Hi\ndate: 2026-01-02 10:00:00 +0900\r\nauthor: Ana Reis\n"
        "own: [1, {a: b}]\n...\nText.\n",
    ],
)
def test_front_matter_of_every_kind(text: str) -> None:
    item = draft(text)

    assert (item.headline[0].value, item.headline[0].how) == ("Hi", "frontmatter:title")
    assert item.published[0].value == "2026-01-02 10:00:00 +0900"
    assert (item.byline[0].value, item.body, item.extra) == ("Ana Reis", "Text.", {"own": [1, {"a": "b"}]})


@pytest.mark.parametrize(
    ("front", "field", "values"),
    [
        ("date: 2026-01", "published", ["2026-01"]),
        ("date: 2026-01-02", "published", ["2026-01-02"]),
        ("authors: [Ana Reis, Bo Ek]", "people", ["Ana Reis", "Bo Ek"]),
        ("author:\n  name: Ana Reis\n  mail: x", "people", ["Ana Reis"]),
        ("tags:\n  - a\n  - b", "keywords", ["a", "b"]),
        ("params:\n  byline: By Ana Reis", "byline", ["By Ana Reis"]),
        ("lastmod: 2026-02-01T10:00:00Z", "updated", ["2026-02-01T10:00:00Z"]),
        ("draft: true", "status", ["withheld"]),
        ("draft: false", "status", []),
        ("dateline: NARA, Japan", "dateline", ["NARA, Japan"]),
    ],
)
def test_fields_of_front_matter(front: str, field: str, values: list[str]) -> None:
    item = draft(f"---\ntitle: t\n{front}\n---\nText.")

    assert [claim.value for claim in getattr(item, field)] == values


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "---\ntitle: [a\n---\nText",
            "broken YAML front matter: did not find expected ',' or ']' at line 3",
        ),
        ("+++\ntitle = a\n+++\nText", "broken TOML front matter: Invalid value (at line 1, column 9)"),
        ("---\ndate: 2020\n---\n", "no headline and no text found in its fields (date); name them with"),
        (
            "---\na: &a [x, x, x, x, x, x, x, x, x]\n"
            + "".join(
                f"{n}: &{n} [*{p}, *{p}, *{p}, *{p}, *{p}, *{p}, *{p}, *{p}]\n"
                for p, n in zip("abcdefg", "bcdefgh", strict=True)
            )
            + "---\ntext",
            "front matter holds too many or too deeply nested values",
        ),
        ("---\na: " + "[" * 3000 + "]" * 3000 + "\n---\ntext", "front matter"),
    ],
)
def test_front_matter_that_cannot_be_read(text: str, why: str) -> None:
    item = read(text)

    assert isinstance(item, Rejected)
    assert item.why.startswith(why) or why == "front matter"


def test_tags_of_yaml_build_no_objects() -> None:
    item = read("---\ntitle: !!python/object/apply:os.system ['true']\n---\nx")

    assert isinstance(item, Rejected)
    assert "could not determine a constructor" in item.why


@pytest.mark.parametrize(
    ("source", "body", "subheads"),
    [
        ("One *two* **three** _four_ __five__.", "One two three four five.", ()),
        ("snake_case and 2 * 3 * 4 stay", "snake_case and 2 * 3 * 4 stay", ()),
        ("[text](http://a.example/(x)) and [ref][1]\n\n[1]: http://a.example", "text and ref", ()),
        ("![alt](a.png)\n\nAfter.", "After.", ()),
        ("## Sub ##\n\nText.", "Sub\n\nText.", (0,)),
        ("Text.\n\nSub\n---\n\nMore.", "Text.\n\nSub\n\nMore.", (1,)),
        ("wrapped\nlines\n\n- one\n- two\n\nEnd.", "wrapped lines\n\n- one\n- two\n\nEnd.", ()),
        ("> quoted\n> text", "quoted text", ()),
        ("a\n\n***\n\nb\n\n---\n\nc", "a\n\nb\n\nc", ()),
        ("Story.\n\n___\n\nAna Reis contributed.", "Story.\n\n___\n\nAna Reis contributed.", ()),
        ("```\ncode *kept*\n```\n\nText.", "code *kept*\n\nText.", ()),
        ("`code` and \\*stars\\* &amp; <br>tags</br>", "code and *stars* & tags", ()),
        ('{{< figure src="x" >}}\n\n{% include x %}\n\nText<!--more-->.', "Text.", ()),
        ("one  \ntwo", "one\ntwo", ()),
        ("Text[^1].\n\n[^1]: A note.", "Text.\n\nA note.", ()),
    ],
)
def test_markdown_becomes_readable_text(source: str, body: str, subheads: tuple[int, ...]) -> None:
    story = to_text(source)

    assert (story.title, story.body, story.subheads) == ("", body, subheads)


def test_a_first_heading_is_the_headline_unless_front_matter_has_one() -> None:
    assert draft("# Hi\n\nText.").headline[0].how == "markdown:h1"
    both = draft("---\ntitle: Front\n---\n# Hi\n\nText.")
    assert ([claim.value for claim in both.headline], both.body) == (["Front"], "Text.")


def test_wire_copy_in_a_markdown_file_stays_wire_copy() -> None:
    item = draft("NARA, Japan (AP) — Divers found bones.\n\nMore.")

    assert (item.layout, item.headline) == ("wire", [])


@given(st.text(alphabet="#*_`[]()<>!-=+{}%\\&\n a1:'\"|~.", max_size=200))
def test_no_text_makes_it_raise(text: str) -> None:
    read(text + "x")
    read(f"---\n{text}\n---\nx")
    read(f"+++\n{text}\n+++\nx")


def test_hostile_markdown_ends_in_time() -> None:
    for piece in ("[", "![", "*a", "_a ", "**", "`", "<!--", "{{<", "> ", "[a](", "\\", "<a", "# ", "a\n=", "- "):
        to_text(piece * 20_000)
