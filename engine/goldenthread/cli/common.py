"""What commands share: their options, loading with its errors, colour, and printing data."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from goldenthread.diagnostics import Diagnostic, Report
    from goldenthread.model import Library

Command = TypeVar("Command", bound="Callable[..., Any]")
CONTEXT = {"help_option_names": ["-h", "--help"]}


def library_options(function: Command) -> Command:
    """Give a command --library and --only, as `libraries` and `only`."""
    only = click.option("--only", is_flag=True, help="Leave the shipped library out; needs --library.")
    library = click.option(
        "--library",
        "libraries",
        multiple=True,
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="A library to lay over the shipped one. Can be given several times; later ones lie on top.",
    )
    return library(only(function))


def format_option(*formats: str) -> Callable[[Command], Command]:
    """Give a command --format; the first is used where none is named."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(formats, case_sensitive=False),
        default=formats[0],
        show_default=True,
        help="How to print.",
    )


def in_shipped(path: Path) -> bool:
    """Say whether a path is the shipped library or lies in it, and so is loaded already."""
    from goldenthread.loading import shipped  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.loading.files import FOLDERS  # noqa: PLC0415 -- as above

    here, home = path.resolve(), shipped().resolve()
    return here == home or any(here.is_relative_to(home / folder) for folder in FOLDERS)


def layers(libraries: Sequence[Path], only: bool) -> list[Path]:
    """Give the libraries to lay over the shipped one. Ends with a usage error where --only leaves nothing."""
    if only and not libraries:
        raise click.UsageError("--only leaves the shipped library out, and no --library says what to use")
    return list(libraries) if only else [path for path in libraries if not in_shipped(path)]


def load_library(libraries: Sequence[Path], only: bool) -> Library:
    """Load a library to work with. Where it has errors, they are printed and the command ends."""
    from goldenthread.loading import load  # noqa: PLC0415 -- `--help` needs none of it

    model, report = load(layers(libraries, only), only=only)
    if report.errors:
        echo_report(report)
        if only or libraries:
            fail("the library has errors, and cannot be used before they are mended")
        fail("the shipped library has errors; install Golden Thread again")
    return model


def echo_report(report: Report, *, err: bool = True) -> None:
    """Print findings with their lines and carets."""
    from goldenthread.diagnostics.printers import as_text, plain  # noqa: PLC0415 -- as above

    paint = (lambda text, colour: click.style(text, fg=colour, bold=True)) if colours(err=err) else plain
    click.echo(as_text(report, paint), err=err)


@contextmanager
def extra(name: str, what: str) -> Iterator[None]:
    """Import what an extra brings; where it is not installed, say which one to install, and end."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "goldenthread":
            raise
        fail(f"{what} needs more than is installed ({error.name})", f"pip install 'goldenthread[{name}]'")


def report_of(found: Iterable[Diagnostic], texts: dict[str, str]) -> Report:
    """Gather findings into a report."""
    from goldenthread.diagnostics import Report  # noqa: PLC0415 -- as above

    return Report(list(found), texts)


def fail(message: str, help_: str = "") -> NoReturn:
    """End with one line on stderr, a line of help, and exit code 1."""
    click.echo(f"goldenthread: {message}" + (f"\n  help: {help_}" if help_ else ""), err=True)
    sys.exit(1)


def note(message: str) -> None:
    """Say what whoever asked should know, beside what they get."""
    click.echo(f"goldenthread: {message}", err=True)


def unknown(what: str, name: str, names: Iterable[str], otherwise: str = "") -> NoReturn:
    """End because there is nothing of that name, with the nearest right one."""
    from goldenthread.diagnostics import did_you_mean  # noqa: PLC0415 -- only where something is wrong

    fail(f"there is no {what} `{name}`", did_you_mean(name, names) or otherwise)


def colours(*, err: bool = False) -> bool:
    """Say whether colour can be shown: on a terminal, unless NO_COLOR asks for none."""
    stream = sys.stderr if err else sys.stdout
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def styled(text: str, **style: Any) -> str:
    """Style a text for stdout where colour can be shown."""
    return click.style(text, **style) if colours() else text


def emit(data: Any) -> None:
    """Print data as JSON."""
    ascii_only = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    click.echo(json.dumps(data, indent=2, ensure_ascii=ascii_only))
