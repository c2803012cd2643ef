"""Templates name fields and do nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from morgue.errors import UsageError
from morgue.render.template import fill, parse

VALUES = {"id": "a1", "date": "2026", "headline": "{date} {0}"}


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{id}", "a1"),
        ("{ id } on {date}", "a1 on 2026"),
        ("{{{id}}}", "{a1}"),
        ("{headline}", "{date} {0}"),
        (r"{id}\t{date}\n", "a1\t2026\n"),
        (r"\\n \x", r"\n \x"),
        ("", ""),
        ("no fields", "no fields"),
    ],
)
def test_fields_are_filled_in(template: str, text: str) -> None:
    assert fill(parse(template, VALUES), VALUES.__getitem__) == text


@pytest.mark.parametrize(
    "template",
    ["{nope}", "{id.__class__}", "{id[0]}", "{id!r}", "{id:>9}", "{}", "{0}", "{id", "id}", "{{id}", "{id}}",
     "{id.__class__.__init__.__globals__}"],
)  # fmt: skip
def test_anything_but_a_field_is_an_error(template: str) -> None:
    with pytest.raises(UsageError):
        parse(template, VALUES)


@given(st.text(st.sampled_from("{}idate\\nt .!:[]0"), max_size=20))
def test_no_template_ends_in_anything_but_text_or_a_usage_error(template: str) -> None:
    try:
        parts = parse(template, VALUES)
    except UsageError:
        return
    assert isinstance(fill(parts, VALUES.__getitem__), str)
