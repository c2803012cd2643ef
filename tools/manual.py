"""The manual, from the commands' declarations: docs/commands.md, and man pages.

`python tools/manual.py` writes docs/commands.md, `python tools/manual.py FOLDER` the man pages into FOLDER. It needs
the sources and no other package, so that a build can run it (`tools/man_pages.py`).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from morgue.cli.pages import EXIT_STATUS, PROGRAM, Entry, Page, Section, command_page, main_page  # noqa: E402
from morgue.cli.table import COMMANDS, GROUPS, load  # noqa: E402
from morgue.config import SETTINGS  # noqa: E402
from morgue.version import __version__  # noqa: E402

DOCUMENT = ROOT / "docs" / "commands.md"
PAGES = {name: command_page(load(name)) for name in COMMANDS}

# Name, meaning, and the option that a command has if it matters to it ("" for all).
ENVIRONMENT = (
    ("MORGUE_*", "Settings, for options that are not given: morgue(1) lists them.", ""),
    ("MORGUE_INDEX", "The archive's folder, where --index does not name another.", "--index"),
    ("MORGUE_CONFIG", "A file to read settings from, and from no other; empty for none.", ""),
    ("MORGUE_PAGER, PAGER", "The pager, else less. If MORGUE_PAGER is empty there is none.", "--no-pager"),
    ("NO_COLOR, CLICOLOR=0, TERM=dumb", "No colours, where --color does not demand them.", "--color"),
    ("FORCE_COLOR, CLICOLOR_FORCE", "Colours even where the output is not a terminal.", "--color"),
    ("COLUMNS", "Columns of the terminal, where it does not know.", "--width"),
)
FILES = (
    ("index", "Folder of the archive where nothing names another.", "--index"),
    ("morgue.toml", "Settings, in the current folder or the nearest one above it.", ""),
    ("pyproject.toml", "Settings in its table [tool.morgue], where there is no morgue.toml.", ""),
    ("~/.config/morgue/morgue.toml", "Settings of your own, which those of a folder outrank.", ""),
)


def man_pages() -> dict[str, str]:
    """Return the man pages by file name."""
    main = main_page()
    settings = [_setting(name) for name in SETTINGS if name != "pager"]
    general = [row[:2] for row in ENVIRONMENT[2:]]
    pages = {
        f"{PROGRAM}.1": _man_page(main, main.about[0], [*settings, *general], [row[:2] for row in FILES], COMMANDS)
    }
    for group in GROUPS.values():
        for name, summary in group.items():
            page = PAGES[name]
            names = {option for section in page.sections for entry in section.entries for option in entry.names} | {""}
            environment, files = ([row[:2] for row in table if row[2] in names] for table in (ENVIRONMENT, FILES))
            pages[f"{PROGRAM}-{name}.1"] = _man_page(page, summary, environment, files, group)
    return pages


def _setting(name: str) -> tuple[str, str]:
    """Return the variable of a setting, and its meaning with the default."""
    meaning, default = SETTINGS[name].meaning, SETTINGS[name].default
    note = f" [default: {default}]" if default not in ("", False) else ""
    return f"MORGUE_{name.upper().replace('-', '_')}", f"{meaning[0].upper()}{meaning[1:]}.{note}"


def _man_page(
    page: Page,
    summary: str,
    environment: Iterable[tuple[str, str]],
    files: Iterable[tuple[str, str]],
    related: Iterable[str],
) -> str:
    title = page.title.replace(" ", "-")
    others = [f"{PROGRAM}-{name}" for name in related]
    lines = [
        f'.TH {_roff(title.upper())} 1 "" "{PROGRAM} {__version__}" "User Commands"',
        *(".nh", ".ad l"),  # commands and options are not to be divided
        *(".SH NAME", f"{_roff(title)} \\- {_roff(summary[0].lower() + summary[1:].rstrip('.'))}"),
        *(".SH SYNOPSIS", f"{_bold(page.title)} {_values(page.usage)}"),
        ".SH DESCRIPTION",
        *_between(".PP", (_text(paragraph) for paragraph in page.about)),
    ]
    for heading, sections in _by_kind(page).items():
        lines.append(f".SH {heading.upper()}")
        for section in sections:
            if section.heading != heading:
                lines.append(f'.SS "{_roff(section.heading)}"')
            lines += _terms(section.entries)
    if page.examples:
        lines += [".SH EXAMPLES", ".EX", *map(_roff, page.examples), ".EE"]
    codes = (Entry((str(code),), "", f"{meaning[0].upper()}{meaning[1:]}.") for code, meaning in EXIT_STATUS.items())
    lines += [".SH EXIT STATUS", *_terms(codes)]
    lines += [".SH ENVIRONMENT", *_terms(Entry(tuple(names.split(", ")), "", text) for names, text in environment)]
    lines += [".SH FILES", *_terms(Entry((name,), "", text) for name, text in files)]
    see = [name for name in (PROGRAM, *others) if name != title]
    lines += [".SH SEE ALSO", ",\n".join(f"{_bold(name)}(1)" for name in see)]
    return "\n".join(lines) + "\n"


def _by_kind(page: Page) -> dict[str, list[Section]]:
    """Return the sections under `Arguments`, `Commands` and `Options`, those of just that name first."""
    kinds: dict[str, list[Section]] = {}
    for section in page.sections:
        dashed = section.entries[0].names[0].startswith("-")
        kind = "Options" if dashed else "Arguments" if section.heading == "Arguments" else "Commands"
        kinds.setdefault(kind, []).insert(0 if section.heading == kind else len(kinds[kind]), section)
    return kinds


def _terms(entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        yield ".TP"
        yield ", ".join(map(_bold, entry.names)) + (f" {_values(entry.value)}" if entry.value else "")
        yield _text(entry.text)


def _between(separator: str, lines: Iterable[str]) -> list[str]:
    return [part for line in lines for part in (separator, line)][1:]


def _roff(text: str) -> str:
    """Return `text` so that roff prints it character for character."""
    out = text.replace("\\", "\\(rs")
    for character, name in (("-", "\\-"), ("'", "\\(aq"), ("`", "\\(ga"), ("^", "\\(ha"), ("~", "\\(ti")):
        out = out.replace(character, name)
    out = re.sub(r"[^\x00-\x7f]", lambda found: f"\\[u{ord(found[0]):04X}]", out)
    return f"\\&{out}" if out.startswith(".") else out


def _bold(text: str) -> str:
    return f"\\fB{_roff(text)}\\fR"


def _values(text: str) -> str:
    """Return the values of options and words in italics, what is around them not."""
    return re.sub(r"[A-Z]+", r"\\fI\g<0>\\fR", _roff(text))


def _text(text: str) -> str:
    """Return running text, what is between backticks in bold."""
    parts = text.split("`")
    return "".join(_bold(part) if place % 2 else _roff(part) for place, part in enumerate(parts))


def document() -> str:
    """Return docs/commands.md."""
    main = main_page()
    out = [
        "# Every command",
        "",
        "Written by `python tools/manual.py` from the declarations in `src/morgue/cli/commands/`; the man pages",
        "(`man morgue-search`) say the same.",
        "",
        *_between("", main.about),
        "",
        *_usage(main),
    ]
    for section in main.sections[:-1]:
        rows = (f"- [`{name}`](#morgue-{name}): {_markdown(text)}" for (name,), _, text in section.entries)
        out += [f"**{section.heading}**", "", *rows, ""]
    out += [f"**{main.sections[-1].heading}**", "", *_items(main.sections[-1].entries), "", main.closing]
    for page in PAGES.values():
        out += ["", f"## `{page.title}`", "", *_between("", map(_markdown, page.about)), "", *_usage(page)]
        for section in page.sections:
            out += [f"**{section.heading}**", "", *_items(section.entries), ""]
        if page.examples:
            out += ["```sh", *page.examples, "```"]
    return "\n".join(out).rstrip() + "\n"


def _usage(page: Page) -> list[str]:
    return ["```", f"{page.title} {page.usage}", "```", ""]


def _items(entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        names = ", ".join(f"`{name}`" for name in entry.names)
        yield f"- {names}{f' `{entry.value}`' if entry.value else ''}: {_markdown(entry.text)}"


def _markdown(text: str) -> str:
    """Return running text in which nothing but backticks means anything."""
    parts = text.split("`")
    return "`".join(part if place % 2 else re.sub(r"[\\*_<[\]|]", r"\\\g<0>", part) for place, part in enumerate(parts))


def main(folders: list[str]) -> None:
    if not folders:
        DOCUMENT.write_text(document(), "utf-8", newline="\n")
    for folder in folders:
        for name, text in man_pages().items():
            Path(folder, name).write_text(text, "ascii", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
