"""Templates: `{date} {headline}` with names of fields only; nothing in a template is evaluated."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from morgue.errors import UsageError
from morgue.render.fields import unknown

_ESCAPES = {"n": "\n", "t": "\t", "0": "\0", "\\": "\\"}


def parse(template: str, known: Iterable[str]) -> list[tuple[bool, str]]:
    r"""Return the parts of `template`: (whether it is a field's name, text). The names are those in `known`.

    `{{` and `}}` are braces; `\t`, `\n`, `\0` and `\\` are a tab, a line feed, a zero byte and a backslash.

    Raises:
        UsageError: a brace without its partner, or an unknown field (attributes, indexes and format
            specifications are not supported).
    """
    known = tuple(known)
    parts: list[tuple[bool, str]] = []
    plain: list[str] = []
    place = 0
    while place < len(template):
        character, pair = template[place], template[place : place + 2]
        if pair in ("{{", "}}"):
            plain.append(character)
            place += 2
        elif character == "{":
            end = template.find("}", place)
            if end < 0:
                raise UsageError(
                    f"invalid --template: unclosed {{ at character {place + 1}", hint="write {{ for a brace"
                )
            name = template[place + 1 : end].strip()
            if name not in known:
                raise unknown(name, known)
            parts += [(False, "".join(plain)), (True, name)]
            plain = []
            place = end + 1
        elif character == "}":
            raise UsageError(f"invalid --template: single }} at character {place + 1}", hint="write }} for a brace")
        elif character == "\\" and place + 1 < len(template) and template[place + 1] in _ESCAPES:
            plain.append(_ESCAPES[template[place + 1]])
            place += 2
        else:
            plain.append(character)
            place += 1
    parts.append((False, "".join(plain)))
    return [(named, text) for named, text in parts if text]


def fill(parts: list[tuple[bool, str]], look_up: Callable[[str], str]) -> str:
    """Return the template of these `parts` with each name replaced by what `look_up` returns for it."""
    return "".join(look_up(text) if named else text for named, text in parts)
