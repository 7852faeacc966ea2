"""What the commands that print share: their options, the day, and faults in plain words."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from goldenthread.cli.common import fail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Command = TypeVar("Command", bound="Callable[..., Any]")


def printing_options(function: Command) -> Command:
    """Give a command --output, --paper and --date, as `output`, `paper` and `date`."""
    output = click.option(
        "-o", "--output", metavar="FILE", required=True, help="The PDF to write. `-` is stdout."
    )
    paper = click.option(
        "--paper",
        type=click.Choice(["a4", "letter", "a3", "tabloid"], case_sensitive=False),
        default="a4",
        show_default=True,
        help="The paper of the printer.",
    )
    date = click.option("--date", metavar="DAY", help="The day for the foot of each page; today otherwise.")
    return output(paper(date(function)))


def today(date: str | None) -> str:
    """Give the day that was named, or the day on the wall of whoever prints."""
    return dt.date.today().isoformat() if date is None else date  # noqa: DTZ011 -- as said


@contextmanager
def faults_in_words() -> Iterator[None]:
    """End the command with a plain sentence where a sheet cannot be printed."""
    from goldenthread.print import (  # noqa: PLC0415 -- `--help` needs none of it
        LayoutError,
        NoFontError,
        TooLargeError,
        TooSmallError,
        UnknownDrawingError,
    )

    try:
        yield
    except UnknownDrawingError as error:
        fail(
            f"there is nothing to print named `{error.name}`",
            error.help or "`goldenthread draw --list` names what there is",
        )
    except (TooSmallError, TooLargeError, NoFontError) as error:
        fail(str(error), error.help)
    except LayoutError as error:
        fail(str(error))
