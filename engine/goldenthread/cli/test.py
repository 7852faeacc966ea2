"""`goldenthread test`: vignettes, and what did not come out as expected."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import (
    CONTEXT,
    echo_report,
    emit,
    format_option,
    in_shipped,
    library_options,
    load_library,
    report_of,
    styled,
    unknown,
)
from goldenthread.cli.layout import count, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.diagnostics import Report
    from goldenthread.trial import Outcome, Vignette


@click.command("test", context_settings=CONTEXT)
@click.argument("names", metavar="[VIGNETTE]…", nargs=-1)
@format_option("text", "json", "github")
@click.option("--list", "listing", is_flag=True, help="List the vignettes, and run none.")
@library_options
def command(**options: Any) -> None:
    """Run vignettes: cases with the outcomes expected of them.

    VIGNETTE is a file, a folder, or the id of a shipped one. Without it, the shipped vignettes are run, and
    those in `vignettes/` folders of each --library.

    Exit codes: 0 all came out as expected, 1 one did not, 2 wrong usage.
    """
    _run(**options)


def _run(*, names: Sequence[str], format_: str, listing: bool, libraries: Sequence[Path], only: bool) -> None:
    library = load_library(libraries, only)
    from goldenthread.trial import read_vignettes, run_vignette  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.walk import compile_library  # noqa: PLC0415 -- as above

    files = _files(names, libraries, only=only)
    vignettes, found, texts = read_vignettes(files)
    if listing:
        _list(vignettes, format_)
        return
    outcomes: list[Outcome] = []
    if vignettes:
        program = compile_library(library)
        outcomes = [run_vignette(program, vignette) for vignette in vignettes]
    found += [diagnostic for outcome in outcomes for diagnostic in outcome.found]
    report = report_of(found, texts)
    if format_ == "json":
        emit(_as_data(outcomes, report))
    elif format_ == "github":
        from goldenthread.diagnostics.printers import as_github  # noqa: PLC0415 -- loaded by now

        click.echo(as_github(report), nl=bool(found))
    else:
        _print(outcomes, report)
    if found:
        sys.exit(1)
    if not outcomes:
        click.echo("goldenthread: there are no vignettes to run", err=True)
        sys.exit(1)


def _files(names: Sequence[str], libraries: Sequence[Path], *, only: bool) -> list[Path]:
    from goldenthread.loading import shipped, vignette_files  # noqa: PLC0415 -- as above

    own = [path for path in libraries if only or not in_shipped(path)]
    folders = [*([] if only else [shipped()]), *own]
    known = [file for folder in folders if folder.is_dir() for file in vignette_files(folder)]
    if not names:
        return known
    by_id = {file.stem: file for file in known}
    chosen: list[Path] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            chosen += vignette_files(path) or sorted(
                f for f in path.rglob("*") if f.suffix in {".yaml", ".yml"}
            )
        elif path.exists():
            chosen.append(path)
        elif name in by_id:
            chosen.append(by_id[name])
        else:
            unknown("vignette or file", name, by_id, "--list names the vignettes")
    return list(dict.fromkeys(chosen))


def _list(vignettes: Sequence[Vignette], format_: str) -> None:
    if format_ == "json":
        keys = ("about", "teaches")
        emit(
            [
                {"id": v.id, "file": v.tree.file, **{key: v.data.get(key, "") for key in keys}}
                for v in vignettes
            ]
        )
        return
    for vignette in vignettes:
        click.echo(styled(vignette.id, bold=True))
        for key in ("about", "teaches"):
            if vignette.data.get(key):
                click.echo(wrap(str(vignette.data[key]), 2))


def _print(outcomes: Sequence[Outcome], report: Report) -> None:
    for outcome in outcomes:
        word = styled("ok    ", fg="green") if outcome.passed else styled("FAILED", fg="red", bold=True)
        click.echo(f"{word}  {outcome.vignette.id}")
    failed = sum(not outcome.passed for outcome in outcomes)
    if len(report):
        click.echo()
        echo_report(report, err=False)
    broken = f", {count(failed, 'did', 'did')} not" if failed else ""
    click.echo(f"\n{count(len(outcomes) - failed, 'vignette')} came out as expected{broken}.")


def _as_data(outcomes: Sequence[Outcome], report: Report) -> dict[str, Any]:
    import json  # noqa: PLC0415 -- for JSON only

    from goldenthread.diagnostics.printers import as_json  # noqa: PLC0415 -- loaded by now

    found: dict[str, Any] = json.loads(as_json(report))
    failed = sum(not outcome.passed for outcome in outcomes)
    return {
        "passed": len(outcomes) - failed,
        "failed": failed,
        "vignettes": [
            {
                "id": outcome.vignette.id,
                "file": outcome.vignette.tree.file,
                "about": outcome.vignette.data.get("about", ""),
                "passed": outcome.passed,
                "ends": outcome.walk.end.key if outcome.walk.end else None,
                "at": outcome.walk.at or None,
            }
            for outcome in outcomes
        ],
        **found,
    }
