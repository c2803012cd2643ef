"""The Typer application: help, completion, and the explanation of mistakes. Built from the commands' functions.

`argv.py` reads valid lines without this module; a valid line that comes here gives the same result.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from typing import Annotated, Any, Literal, cast

import typer
from typer.core import TyperCommand, TyperGroup

from morgue.cli.argv import sort_out
from morgue.cli.declaration import Arg, Command, Opt, Param
from morgue.cli.outcome import perform
from morgue.cli.table import COMMANDS, GROUPS, load
from morgue.errors import USAGE

_HELP_COLUMNS = 100  # at most
_ABOUT = """Full-text search for news articles.

Add articles with `morgue ingest FOLDER`, find them with `morgue search WORDS`, read them with `morgue show ID`.
"""
_EPILOG = """Exit codes: 0 success, 1 nothing found, 2 invalid usage or query, 3 missing or damaged index, 4 some input
rejected, 5 locked by another process, 70 bug in morgue, 130 interrupted."""


def run_typer(args: list[str]) -> int:
    """Run a command line through Typer and return its exit code."""
    return _exit_code(application(), args, "morgue")


def run_command(command: Command, args: list[str]) -> int:
    """Run `command` through Typer with `args` (what follows its name) and return its exit code."""
    return _exit_code(build(command), args, f"morgue {command.name}")


def _exit_code(built: TyperCommand | TyperGroup, args: list[str], name: str) -> int:
    try:
        built.main(args, prog_name=name)
    except SystemExit as ending:
        code = ending.code
        return code if isinstance(code, int) else 0 if code is None else USAGE
    return 0


def application() -> TyperGroup:
    """Return the whole application; each command is built on first use."""
    app = typer.Typer(
        name="morgue",
        cls=_Lazy,
        help=_ABOUT,
        epilog=_EPILOG,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": _HELP_COLUMNS},
    )
    app.callback(invoke_without_command=True)(_root)
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    return group


def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", "-V", help="Show the version and exit.")] = False,
) -> None:
    if version:
        from morgue.version import __version__

        sys.stdout.write(f"morgue {__version__}\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        context.fail("missing command; `morgue --help` lists them")


class _Lazy(TyperGroup):
    """The group of all commands, each built on first use; help lists them from the table alone."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # overrides
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            self.commands = cast("dict[str, Any]", dict.fromkeys(COMMANDS))  # for "did you mean"
            return None
        # While completing the command's name only its help is needed.
        if ctx.resilient_parsing and not getattr(ctx, "_protected_args", None) and not ctx.args:
            return TyperCommand(cmd_name, help=COMMANDS[cmd_name], rich_markup_mode=None)
        return build(load(cmd_name))

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # overrides
        width = max(map(len, COMMANDS))
        for heading, commands in GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(width), text) for name, text in commands.items()])


class _Plain(TyperCommand):
    """A command whose words may begin with a dash, and whose help shows its examples unwrapped."""

    declared: Command

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not ctx.resilient_parsing and not {"-h", "--help"} & set(args[: args.index("--")] if "--" in args else args):
            args = sort_out(self.declared, args).line()
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ARG002  # overrides
        return ["[OPTIONS]", *map(_usage, self.declared.words)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        panels: dict[str, list[tuple[str, str]]] = {}
        for param in self.declared.words:
            panels.setdefault("Arguments", []).append((str(param.declared.metavar), param.declared.help))
        for option in self.get_params(ctx):
            record = option.get_help_record(ctx)
            if record is not None and option.param_type_name == "option":
                panels.setdefault(getattr(option, "rich_help_panel", None) or "Options", []).append(record)
        for heading, records in panels.items():
            with formatter.section(heading):
                formatter.write_dl(records)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # overrides
        """Write the examples unwrapped, as they are to be copied."""
        if self.epilog:
            formatter.write_paragraph()
            formatter.write("Examples:\n")
            for line in self.epilog.splitlines():
                formatter.write(f"  {line}\n" if line else "\n")


def _usage(word: Param) -> str:
    """Return how usage shows an argument: `FILE`, `[SETTING]`, `ID...`, `[PATH]...`, `[NAME [QUERY]]`."""
    shown = str(word.declared.metavar)
    return (shown if word.required else f"[{shown}]") + ("..." if word.many and " " not in shown else "")


def build(command: Command) -> TyperCommand:
    """Return the Typer command for a declared one."""
    about, _, examples = inspect.cleandoc(command.function.__doc__ or "").partition("Examples:\n")
    app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
    app.command(
        command.name,
        cls=_Plain,
        help=about.strip(),
        epilog=inspect.cleandoc(examples) or None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": _HELP_COLUMNS},
    )(_callback(command))
    built = typer.main.get_command(app)
    assert isinstance(built, _Plain)
    built.declared = command
    return built


def _callback(command: Command) -> Callable[..., None]:
    def callback(**values: Any) -> None:
        for param in command.params:
            if param.many and values[param.name] is None:
                values[param.name] = []
        raise typer.Exit(perform(command.run, values))

    callback.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(
                param.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if param.required else None if param.many else param.default,
                annotation=_annotation(param),
            )
            for param in command.params
        ]
    )
    return callback


def _annotation(param: Param) -> Any:
    declared = param.declared
    kind: Any = param.type
    if isinstance(declared, Opt) and declared.choices:
        kind = Literal[declared.choices]
    if param.many:
        kind = list[kind]
    if not param.required and not param.flag:
        kind = kind | None
    completing: dict[str, Any] = {"autocompletion": _completion(declared)} if declared.complete else {}
    if isinstance(declared, Arg):
        return Annotated[kind, typer.Argument(help=declared.help, metavar=declared.metavar, **completing)]
    return Annotated[
        kind,
        typer.Option(
            *declared.names,
            help=declared.help,
            metavar=declared.metavar,
            min=declared.minimum,
            show_default=not param.flag and param.default not in (None, "", []),
            rich_help_panel=declared.panel or None,
            **completing,
        ),
    ]


def _completion(declared: Opt | Arg) -> Callable[..., list[tuple[str, str]]]:
    complete = declared.complete
    assert complete is not None

    def completion(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        return complete(incomplete, dict(ctx.params))

    return completion
