"""Settings: what a value is, and where it came from.

A value is taken from the option given, else from the environment (`MORGUE_LIMIT`), else from the nearest `morgue.toml`
(or `[tool.morgue]` of the nearest `pyproject.toml`) upwards from the current folder, else from the user's own
`morgue.toml`, else from the table below. `MORGUE_CONFIG` names a file to read instead of the two; empty, it means none.
"""

from __future__ import annotations

import os
import sys
from typing import Any, NamedTuple, TypeAlias

from morgue.errors import UsageError

PROJECT_FILE = "morgue.toml"

Scalar: TypeAlias = "str | int | float | bool"


class Setting(NamedTuple):
    """A setting: its type, default and meaning.

    Attributes:
        own: a path or command that only the user's own file or environment may set, never a file found beside the
            data, which may be somebody else's.
    """

    type: type[Scalar]
    default: Scalar
    meaning: str
    choices: tuple[str, ...] = ()
    own: bool = False


SETTINGS: dict[str, Setting] = {
    "index": Setting(str, "index", "folder of the archive; relative paths start at the file that says so"),
    "limit": Setting(int, 10, "hits on a page"),
    "format": Setting(str, "auto", "output format of search"),
    "fields": Setting(str, "", "fields that search prints, in order"),
    "sort": Setting(str, "relevance", "order of hits"),
    "any": Setting(bool, False, "join words by OR"),
    "lenient": Setting(bool, False, "turn query errors into warnings"),
    "syntax": Setting(str, "native", "query language"),
    "tz": Setting(str, "", "time zone that dates are meant in (empty: the machine's)"),
    "snippets": Setting(int, 2, "passages shown for a hit"),
    "snippet-length": Setting(int, 240, "characters in a passage, about"),
    "mark-open": Setting(str, "", "text before a matched word, outside a terminal"),
    "mark-close": Setting(str, "", "text after a matched word, outside a terminal"),
    "color": Setting(str, "auto", "colours", ("auto", "always", "never")),
    "width": Setting(int, 0, "columns of the terminal view (0: as wide as the terminal, at most 110)"),
    "pager": Setting(str, "", "program that show pages through (MORGUE_PAGER, else PAGER, else less)", own=True),
    "quiet": Setting(bool, False, "no summaries, warnings or progress"),
    "wait": Setting(float, 5.0, "seconds to wait for another writer"),
    "jobs": Setting(int, 0, "processes that read and parse (0: as the work suggests)"),
    "memory": Setting(str, "", "memory for postings before they are written, such as 256M"),
    "batch": Setting(int, 10_000, "articles per commit"),
    "commit-every": Setting(float, 5.0, "seconds after which what came through a pipe is committed"),
    "encoding": Setting(str, "", "character encoding of files that do not say theirs"),
}


class Value(NamedTuple):
    """A setting's value and where it came from: `default`, `environment MORGUE_LIMIT`, or a file's path."""

    value: Scalar
    origin: str


class Settings:
    """The settings in force. Files are read at the first request for a value."""

    def __init__(self, folder: str | None = None, environment: dict[str, str] | None = None) -> None:
        self._folder = folder
        self._environment = dict(os.environ) if environment is None else environment
        self._files: list[tuple[str, dict[str, object]]] | None = None

    def pick(self, name: str, given: object = None) -> Any:
        """Return `given` unless it is None or False, else the value of the setting `name`.

        Raises:
            UsageError: the environment or a file holds an invalid value.
        """
        if given is not None and given is not False:
            return given
        return self.find(name).value

    def find(self, name: str) -> Value:
        """Return a setting's value with its origin."""
        variable = "MORGUE_" + name.upper().replace("-", "_")
        text = self._environment.get(variable)
        if text:
            return Value(_from_text(name, text, variable), f"environment {variable}")
        for path, table in self.files():
            if name in table:
                value = _checked(name, table[name], path)
                if name == "index":
                    value = os.path.normpath(os.path.join(os.path.dirname(path), os.path.expanduser(str(value))))
                return Value(value, path)
        return Value(SETTINGS[name].default, "default")

    def files(self) -> list[tuple[str, dict[str, object]]]:
        """Return the configuration files in force with what they set, strongest first."""
        if self._files is None:
            self._files = []
            for path, own in self._places():
                table = _read(path)
                if table is not None:
                    _check_names(table, path, own)
                    self._files.append((path, table))
        return self._files

    def user_folder(self) -> str | None:
        """Return the folder of the user's own files, None when MORGUE_CONFIG says that there is none."""
        return _user_folder(self._environment) if self._environment.get("MORGUE_CONFIG") is None else None

    def _places(self) -> list[tuple[str, bool]]:
        named = self._environment.get("MORGUE_CONFIG")
        if named is not None:
            if named and not os.path.isfile(named):
                raise UsageError(f"invalid MORGUE_CONFIG {named!r}: no such file")
            return [(named, True)] if named else []
        places = []
        project = _nearest(self._folder or os.getcwd())
        if project:
            places.append((project, False))
        user = os.path.join(_user_folder(self._environment), PROJECT_FILE)
        if os.path.isfile(user):
            places.append((user, True))
        return places


def _nearest(folder: str) -> str | None:
    """The nearest `morgue.toml`, or `pyproject.toml` with a `[tool.morgue]` in it, from `folder` upwards."""
    folder = os.path.abspath(folder)
    while True:
        path = os.path.join(folder, PROJECT_FILE)
        if os.path.isfile(path):
            return path
        path = os.path.join(folder, "pyproject.toml")
        if _mentions_us(path):
            return path
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def _mentions_us(path: str) -> bool:
    try:
        with open(path, "rb") as stream:
            return b"[tool.morgue]" in stream.read(1 << 20)
    except OSError:
        return False


def _user_folder(environment: dict[str, str]) -> str:
    """The folder of the user's own configuration (XDG base directories; APPDATA on Windows)."""
    if sys.platform == "win32":
        return os.path.join(environment.get("APPDATA") or os.path.expanduser("~"), "morgue")
    base = environment.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
    return os.path.join(base, "morgue")


def _read(path: str) -> dict[str, object] | None:
    import tomllib

    try:
        with open(path, "rb") as stream:
            table = tomllib.load(stream)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"cannot read {path}: {error}") from None
    if os.path.basename(path) == "pyproject.toml":
        table = table.get("tool", {}).get("morgue")
    return table if isinstance(table, dict) else None


def _check_names(table: dict[str, object], path: str, own: bool) -> None:
    for name in table:
        if name == "saved":  # queries by name: saved.py
            if not isinstance(table[name], dict):
                raise UsageError(f"{path}: invalid saved: expected a table of queries by name, [saved]")
            continue
        if name not in SETTINGS:
            from difflib import get_close_matches

            close = get_close_matches(name, SETTINGS, 1)
            hint = f"did you mean {close[0]}?" if close else f"known: {', '.join(SETTINGS)}"
            raise UsageError(f"{path}: unknown setting {name!r}", hint=hint)
        if SETTINGS[name].own and not own:
            raise UsageError(
                f"{path}: {name!r} runs a program, so it cannot be set in a folder's file",
                hint=f"set it in your own {PROJECT_FILE} or in MORGUE_{name.upper()}",
            )


def _checked(name: str, value: object, where: str) -> Scalar:
    setting = SETTINGS[name]
    if setting.type is str and name == "fields" and isinstance(value, list):
        value = ",".join(str(part) for part in value)
    if setting.type is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(value, setting.type) or (setting.type is int and isinstance(value, bool)):
        raise UsageError(f"{where}: invalid {name} {value!r}: expected {_kind(setting)}")
    if setting.choices and value not in setting.choices:
        raise UsageError(f"{where}: invalid {name} {value!r}: expected one of {', '.join(setting.choices)}")
    if isinstance(value, int | float) and not value >= 0:
        raise UsageError(f"{where}: invalid {name} {value!r}: expected 0 or more")
    return value


def _from_text(name: str, text: str, variable: str) -> Scalar:
    kind = SETTINGS[name].type
    if kind is bool:
        words = {**dict.fromkeys(("1", "true", "yes", "on"), True), **dict.fromkeys(("0", "false", "no", "off"), False)}
        return _checked(name, words.get(text.lower(), text), variable)
    if kind is str:
        return _checked(name, text, variable)
    try:
        return _checked(name, kind(text), variable)
    except ValueError:
        raise UsageError(f"{variable}: invalid {name} {text!r}: expected {_kind(SETTINGS[name])}") from None


def _kind(setting: Setting) -> str:
    return {str: "text", int: "a whole number", float: "a number", bool: "true or false"}[setting.type]
