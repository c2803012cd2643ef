"""The Typer application, built from the commands' declarations: completion, mistakes, and use by other programs.

`argv.py` reads valid lines without this module; a valid line that comes here gives the same result.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Collection
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperCommand, TyperGroup

from morgue.cli.argv import invalid, moved, sort_out
from morgue.cli.declaration import Arg, Command, Opt, Param
from morgue.cli.help_text import help_text
from morgue.cli.outcome import perform
from morgue.cli.pages import HELP_NAMES, MAIN_OPTIONS, PROGRAM, Entry, about, command_page, main_page, paragraphs, usage
from morgue.cli.streams import prepare
from morgue.cli.table import COMMANDS, GROUPS, load
from morgue.errors import USAGE

_SETTINGS = {"help_option_names": list(HELP_NAMES)}


def run_typer(args: list[str]) -> int:
    """Run a command line through Typer and return its exit code. Only commands that it names are imported."""
    named = {*args, *os.environ.get("COMP_WORDS", "").split(), *os.environ.get("_TYPER_COMPLETE_ARGS", "").split()}
    command: Any = typer.main.get_command(application(named))
    title = PROGRAM
    if args and args[0] in COMMANDS:  # without the group, whose options Typer checks with pydantic, even for --help
        command, title, args = command.commands[args[0]], f"{PROGRAM} {args[0]}", args[1:]
    try:
        command.main(args, prog_name=title)
    except SystemExit as ending:
        code = ending.code
        return code if isinstance(code, int) else 0 if code is None else USAGE
    return 0


def application(wanted: Collection[str] = COMMANDS) -> typer.Typer:
    """Return the application. A command that is not `wanted` is only listed, and its module is not imported."""
    page = main_page()
    app = typer.Typer(
        name=PROGRAM,
        cls=_Group,
        help="\n\n".join(page.about),
        epilog=page.closing,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings=_SETTINGS,
    )
    app.callback(invoke_without_command=True)(_root)
    for heading, commands in GROUPS.items():
        for name, summary in commands.items():
            if name in wanted:
                _add(app, load(name), heading)
            else:
                app.command(name, help=summary, rich_help_panel=heading)(_not_wanted)
    return app


def _add(app: typer.Typer, command: Command, heading: str) -> None:
    text, examples = about(command)
    app.command(
        command.name,
        cls=type("_Command", (_Declared,), {"declared": command}),
        help="\n\n".join(text),
        short_help=COMMANDS[command.name],
        epilog="\n".join(["Examples:", "", *(f"    {line}" for line in examples)]) if examples else None,
        context_settings=_SETTINGS,
        rich_help_panel=heading,
    )(_callback(command))


def _not_wanted() -> None:
    raise AssertionError("a command that was not wanted is run")


def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", "-V", help=MAIN_OPTIONS["-V", "--version"])] = False,
) -> None:
    if version:
        from morgue.version import __version__

        sys.stdout.write(f"{PROGRAM} {__version__}\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        context.fail(f"missing command; `{context.command_path} --help` lists them")


class _Group(TyperGroup):
    """The group of all commands, and of those that another program adds."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not ctx.resilient_parsing:
            args = moved(args)
            if args[:1] == ["help"] and not any(word.startswith("-") for word in args) and len(args) <= 2:
                args = [*args[1:], "--help"]
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        options = []
        for param in self.get_params(ctx):
            names = (*sorted([*param.opts, *param.secondary_opts], key=lambda name: name.startswith("--")),)
            options.append(Entry(names, "", MAIN_OPTIONS.get(names) or getattr(param, "help", None) or ""))
        commands: dict[str, dict[str, str]] = {}
        for name, command in self.commands.items():
            if not command.hidden:
                panel = getattr(command, "rich_help_panel", None)
                heading = panel if isinstance(panel, str) else "Commands"
                commands.setdefault(heading, {})[name] = command.short_help or " ".join(paragraphs(command.help or ""))
        formatter.write(help_text(main_page(ctx.command_path, options, commands)))


class _Declared(TyperCommand):
    """A declared command: its words may begin with a dash, and its help is its page."""

    declared: Command

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not ctx.resilient_parsing:
            before = args[: args.index("--")] if "--" in args else args
            if {*HELP_NAMES} & {*before}:
                args = ["--help"]
            else:
                found = sort_out(self.declared, args)
                if mistake := invalid(self.declared, found):
                    ctx.fail(mistake)
                args = found.line()
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ARG002  # overrides
        return [usage(self.declared)]

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(help_text(command_page(self.declared, ctx.command_path)))


def _callback(command: Command) -> Callable[..., None]:
    def callback(**values: Any) -> None:
        for param in command.params:
            if param.many and values[param.name] is None:
                values[param.name] = []
        prepare()
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
