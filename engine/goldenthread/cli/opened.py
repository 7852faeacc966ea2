"""The option --open of commands that draw: how many levels of visits are drawn within what visits them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Container

Command = TypeVar("Command", bound="Callable[..., Any]")
_ALL = 1_000
"""Deeper than any library goes."""


class _Depth(click.ParamType[int]):
    """How many levels of visits to open: a number, or `all`."""

    name = "N|all"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read a number of levels."""
        if value == "all":
            return _ALL
        if not str(value).isdecimal():
            self.fail(f"{value} is neither a number of levels nor `all`", param, ctx)
        return int(str(value))


def open_option(function: Command) -> Command:
    """Give a command --open, as `depth`."""
    told = (
        "Draw the flowcharts that are visited within the one that visits them, so many levels deep, or all."
    )
    return click.option("--open", "depth", type=_Depth(), default=0, help=told)(function)


def hold_to_one(depth: int, what: str, flowcharts: Container[str]) -> None:
    """End the command where something is to be opened that is no flowchart."""
    if depth and what not in flowcharts:
        raise click.UsageError("--open opens what one flowchart visits: name the flowchart")
