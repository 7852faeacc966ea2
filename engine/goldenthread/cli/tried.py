"""What `diff` and `cover` share: the roots that are walked, the vignettes there are, and how many are made up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from goldenthread.cli.common import unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from goldenthread.model import Library
    from goldenthread.trial import Vignette

Command = TypeVar("Command", bound="Callable[..., Any]")


def walk_options(least: int, most_usual: int, told: str) -> Callable[[Command], Command]:
    """Give a command --walks (at least so many, usually so many, with its help), --seed and --flowchart."""
    walks = click.option(
        "--walks", type=click.IntRange(least, 100_000), default=most_usual, show_default=True, help=told
    )
    seed = click.option("--seed", type=int, default=0, show_default=True, help="Begin other made-up walks.")
    flowchart = click.option(
        "--flowchart",
        "flowcharts",
        multiple=True,
        metavar="ID",
        help="The flowchart that made-up walks begin with; every root otherwise. Can be given several times.",
    )
    return lambda function: walks(seed(flowchart(function)))


def to_walk(library: Library, named: Sequence[str]) -> list[str]:
    """Give the flowcharts to walk: those named, or else every root; a library without roots is walked from each."""
    for name in named:
        if name not in library.flowcharts:
            unknown("flowchart", name, library.flowcharts)
    roots = [chart.id for chart in library.flowcharts.values() if chart.root]
    return list(named) or roots or list(library.flowcharts)


def vignettes_in(folders: Iterable[Path]) -> list[Vignette]:
    """Give the vignettes of libraries. One that has not the right form is left out; `check` says what is wrong."""
    from goldenthread.loading import vignette_files  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.trial import read_vignettes  # noqa: PLC0415 -- as above

    files = [file for folder in folders if folder.is_dir() for file in vignette_files(folder)]
    return read_vignettes(list(dict.fromkeys(files)))[0]
