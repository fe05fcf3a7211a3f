"""Commands whose help is Chinese throughout, built on Typer's."""

from typing import Any

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
rich_utils.OPTIONS_PANEL_TITLE = "选项"
rich_utils.COMMANDS_PANEL_TITLE = "命令"
rich_utils.DEFAULT_STRING = "[默认：{}]"
rich_utils.REQUIRED_LONG_STRING = "[必填]"

HELP_OPTION = "显示这份说明"


class Command(TyperCommand):
    """One command."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def get_help_option(self, ctx: Any) -> Any:
        """`--help`, explained in Chinese."""
        return _explained(super().get_help_option(ctx))


class Group(TyperGroup):
    """Several commands under one name."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def get_help_option(self, ctx: Any) -> Any:
        """`--help`, explained in Chinese."""
        return _explained(super().get_help_option(ctx))


def new_app(about: str, *, cls: type[Group] = Group) -> typer.Typer:
    """A group of commands; `about` is its help. Stays a group even when it holds a single command."""
    app = typer.Typer(
        cls=cls, help=about, add_completion=False, options_metavar="[选项]", subcommand_metavar="命令 …"
    )
    app.callback(cls=cls, help=about)(_nothing)
    return app


def _nothing() -> None:
    """What a group does before its command."""


def _explained(option: Any) -> Any:
    if option is not None:
        option.help = HELP_OPTION
    return option
