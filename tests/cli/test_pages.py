"""What is written about a command leaves nothing out that its declaration says. Annotations are not postponed here."""

from typing import Annotated

import pytest

from morgue.cli.declaration import Arg, Command, Opt
from morgue.cli.pages import command_page
from morgue.cli.table import COMMANDS, load


@pytest.mark.parametrize("name", COMMANDS)
def test_a_page_has_every_option_with_its_default_choices_and_lower_bound(name: str) -> None:
    command = load(name)
    entries = [entry for section in command_page(command).sections for entry in section.entries]
    texts = {option: entry.text for entry in entries for option in entry.names}

    assert set(texts) > set(command.options)
    for option, (param, _) in command.options.items():
        declared = param.declared
        assert isinstance(declared, Opt)
        text = texts[option]
        assert text.startswith(declared.help)
        assert ("repeatable" in text) == param.many
        assert not declared.choices or any(choice in text for choice in declared.choices)
        assert not declared.minimum or declared.minimum == 1 or f"at least {declared.minimum}" in text
        if param.default not in (None, False, "", []) and not param.flag:
            assert str(param.default) in text
            assert not declared.choices or "default" in text


def example(
    words: Annotated[list[str], Arg(metavar="WORD", help="Words.")],
    place: Annotated[str | None, Arg(metavar="PLACE", help="A place.")] = None,
    *,
    limit: Annotated[int, Opt("--limit", "-n", metavar="N", minimum=0, help="Show N.")] = 0,
    width: Annotated[int | None, Opt("--width", metavar="N", minimum=20, help="Wrap to N columns.")] = None,
    pick: Annotated[str, Opt("--pick", metavar="WHICH", choices=("one", "two"), help="Which to pick.")] = "one",
    sort: Annotated[
        str, Opt("--sort", metavar="HOW", choices=("up", "down"), help="Sort up (the default) or down.")
    ] = "up",
    names: Annotated[list[str], Opt("--name", metavar="NAME", help="A name.")] = [],  # noqa: B006
    fields: Annotated[str | None, Opt("--fields", metavar="NAMES", bare="?", help="Fields.", panel="Output")] = None,
    headers: Annotated[bool, Opt("--headers/--no-headers", help="Headers.", panel="Output")] = True,
    raw: Annotated[bool, Opt("--raw", help="As it is.", panel="Output")] = False,
) -> int:
    """Do something. And
    more.

    A second
    paragraph.

    Examples:
    morgue example a
      b
    """
    del words, place, limit, width, pick, sort, names, fields, headers, raw
    return 0


def test_the_page_of_an_example() -> None:
    page = command_page(Command("example", example))

    assert (page.title, page.usage) == ("morgue example", "[OPTIONS] WORD... [PLACE]")
    assert page.about == ("Do something. And more.", "A second paragraph.")
    assert page.examples == ("morgue example a", "  b")
    assert [(section.heading, [tuple(entry) for entry in section.entries]) for section in page.sections] == [
        ("Arguments", [(("WORD...",), "", "Words."), (("PLACE",), "", "A place.")]),
        (
            "Output",
            [
                (("--fields",), "[NAMES]", "Fields."),
                (("--headers", "--no-headers"), "", "Headers. [default: --headers]"),
                (("--raw",), "", "As it is."),
            ],
        ),
        (
            "Options",
            [
                (("-n", "--limit"), "N", "Show N. [default: 0]"),
                (("--width",), "N", "Wrap to N columns. [at least 20]"),
                (("--pick",), "WHICH", "Which to pick. [one of one, two] [default: one]"),
                (("--sort",), "HOW", "Sort up (the default) or down."),
                (("--name",), "NAME", "A name. [repeatable]"),
                (("-h", "--help"), "", "Show this message and exit."),
            ],
        ),
    ]
