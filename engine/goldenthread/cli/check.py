"""`goldenthread check`: what is wrong with a library, and where."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goldenthread import __version__
from goldenthread.cli.common import (
    CONTEXT,
    echo_report,
    format_option,
    in_shipped,
    layers,
    library_options,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.diagnostics import Report
    from goldenthread.model import Library

_MANY = 10


@click.command("check", context_settings=CONTEXT)
@click.argument("paths", metavar="[PATH]…", nargs=-1, type=click.Path(path_type=Path))
@format_option("text", "json", "github", "sarif")
@click.option("--strict", is_flag=True, help="Let warnings end with exit code 1 too.")
@click.option(
    "--witness",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write the answers that show a finding into this folder, one file each, for `walk --answers`.",
)
@library_options
def command(**options: Any) -> None:
    """Check a library: say what is wrong at file:line:column, and what to do.

    Without PATH, the shipped library is checked. PATH is a file or folder of YAML, which is laid over the
    shipped library; with --only it is checked by itself. Vignettes are checked too.

    A library without errors is then proven: that answers come to every node and take every branch, that every entry
    can be offered, that no answers lead nowhere or break an obligation. Where it is not so, the answers that show it
    are printed, as few as there can be.

    Exit codes: 0 nothing wrong, 1 errors (with --strict also warnings), 2 wrong usage.
    """
    _run(**options)


def _run(
    *,
    paths: Sequence[Path],
    format_: str,
    strict: bool,
    witness: Path | None,
    libraries: Sequence[Path],
    only: bool,
) -> None:
    from goldenthread.check import check_library  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.diagnostics.printers import as_github, as_json  # noqa: PLC0415 -- as above
    from goldenthread.diagnostics.sarif import as_sarif  # noqa: PLC0415 -- as above
    from goldenthread.loading import load, shipped  # noqa: PLC0415 -- as above

    missing = [path for path in paths if not path.exists()]
    if witness is not None and any(
        path.is_dir() and witness.resolve().is_relative_to(path.resolve())
        for path in (*paths, *libraries, *(shipped() / name for name in ("flowcharts", "goalbank")))
    ):
        raise click.UsageError(f"{witness} lies within the library that is checked: name a folder beside it")
    there = [*libraries, *(path for path in paths if path not in missing)]
    library, report = load(layers(there, only) if there or not missing else [], only=only)
    sound = not report.errors and bool(library.flowcharts)
    check_library(library, report)
    _vignettes(library if sound else None, there, report, only=only)
    _report_missing(missing, report)
    if format_ == "json":
        click.echo(as_json(report))
    elif format_ == "sarif":
        click.echo(as_sarif(report, __version__))
    elif format_ == "github":
        click.echo(as_github(report), nl=len(report) > 0)
    else:
        echo_report(report, err=False)
        twice = sum(diagnostic.code == "R002" for diagnostic in report)
        if twice >= _MANY and not only:
            click.echo(
                "\nMany ids stand twice: to check a library that stands by itself, add --only.", err=True
            )
    if witness is not None:
        layered = "".join(f" --library {path}" for path in there if not in_shipped(path))
        _write_witnesses(report, witness, layered + (" --only" if only else ""))
    if report.errors or (strict and report.warnings):
        sys.exit(1)


def _write_witnesses(report: Report, folder: Path, layered: str) -> None:
    """Write each finding's answers into a file that is named after its code and place, and say how to replay it."""
    from goldenthread.cli.files import make_folder, write_whole  # noqa: PLC0415 -- as above
    from goldenthread.diagnostics.answers import as_yaml, replays_with  # noqa: PLC0415 -- as above

    before: Counter[str] = Counter()
    for diagnostic in report:
        if diagnostic.answers is None:
            continue
        make_folder(folder)
        name = f"{diagnostic.code}-{Path(diagnostic.span.file).stem}-{diagnostic.span.line}"
        before[name] += 1
        file = folder / (f"{name}.yaml" if before[name] == 1 else f"{name}-{before[name]}.yaml")
        head = f"# {diagnostic.code}: {diagnostic.message}\n"
        write_whole(str(file), (head + as_yaml(diagnostic.answers)).encode())
        click.echo(f"{file} written: {replays_with(diagnostic.answers, str(file))}{layered}", err=True)


def _report_missing(paths: Sequence[Path], report: Report) -> None:
    from goldenthread.diagnostics import Span  # noqa: PLC0415 -- loaded by now
    from goldenthread.loading import shown  # noqa: PLC0415 -- as above

    for path in paths:
        report.error("S001", Span(shown(path), 1, 1, 2), "there is no such file or folder", "check the path")


def _vignettes(library: Library | None, paths: Sequence[Path], report: Report, *, only: bool) -> None:
    """Check the vignettes among the files: their form, their names, and whether their answers fit the questions."""
    from goldenthread.loading import shipped, vignette_files  # noqa: PLC0415 -- as above
    from goldenthread.trial import check_vignette, read_vignettes  # noqa: PLC0415 -- as above
    from goldenthread.walk import compile_library  # noqa: PLC0415 -- as above

    files = [file for path in paths if path.is_dir() for file in vignette_files(path)]
    if not only and not any(in_shipped(path) for path in paths):
        files = [*vignette_files(shipped()), *files]
    files += [path for path in paths if path.is_file() and _is_vignette(path)]
    vignettes, found, texts = read_vignettes(list(dict.fromkeys(files)))
    report.extend(found)
    report.texts.update(texts)
    if library is None:
        return
    program = compile_library(library)
    for vignette in vignettes:
        report.extend(check_vignette(program, vignette).found)


def _is_vignette(path: Path) -> bool:
    from goldenthread.source import read  # noqa: PLC0415 -- as above

    tree, _, _ = read(path)
    return tree is not None and next(iter(tree.data)) == "vignette"
