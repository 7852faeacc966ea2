"""`goldenthread fmt`: library files in the house form, comments kept."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import CONTEXT, echo_report, fail, report_of
from goldenthread.cli.files import write_whole
from goldenthread.cli.layout import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldenthread.author import Formed
    from goldenthread.diagnostics import Diagnostic


@click.command("fmt", context_settings=CONTEXT)
@click.argument("paths", metavar="[PATH]…", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--check", is_flag=True, help="Write nothing; name the files that are not in form, and exit with 1."
)
@click.option("--diff", is_flag=True, help="Write nothing; print what would change.")
@click.option(
    "--number", is_flag=True, help="Number the nodes that have no number, in the order of the walk."
)
@click.option("--renumber", is_flag=True, help="Number all nodes afresh.")
def command(**options: Any) -> None:
    """Write library files in the house form: order of keys, indents, quotes, folds. Comments are kept.

    PATH is a file or a folder; without PATH, the folder that you are in. What a file means never changes: each is
    read again before it is written. An inserted node takes a letter from --number, as in 3.2a; numbers that are
    there stay, unless --renumber asks for new ones.

    Exit codes: 0 all in form, 1 some are not (with --check) or cannot be read, 2 wrong usage.
    """
    _run(**options)


def _run(*, paths: Sequence[Path], check: bool, diff: bool, number: bool, renumber: bool) -> None:
    from goldenthread.author import NotTheSameError, form  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.loading import shown  # noqa: PLC0415 -- as above

    faults: list[Diagnostic] = []
    texts: dict[str, str] = {}
    untrue: list[str] = []
    files, changed = _files(paths or [Path()]), 0
    for path in files:
        name = shown(path)
        try:
            formed = form(path.read_bytes(), name, numbers=number or renumber, afresh=renumber)
        except NotTheSameError:
            untrue.append(name)
            continue
        faults += formed.found
        texts[name] = formed.before
        if formed.changed:
            changed += 1
            _tell(path, name, formed, check=check, diff=diff)
    if faults:
        echo_report(report_of(faults, texts))
    for name in untrue:
        click.echo(
            f"goldenthread: {name} is left as it is: in the house form it would mean something else", err=True
        )
    if not diff:
        same = len(files) - changed - len({found.span.file for found in faults}) - len(untrue)
        what = "to be written" if check else "written"
        click.echo(f"{count(changed, 'file')} {what}, {same} in form already.")
    if faults or untrue or (check and changed):
        sys.exit(1)


def _tell(path: Path, name: str, formed: Formed, *, check: bool, diff: bool) -> None:
    """Write a file, or say what would be written."""
    if diff:
        from difflib import unified_diff  # noqa: PLC0415 -- only where it is asked for

        before, after = (text.splitlines(keepends=True) for text in (formed.before, formed.after))
        click.echo("".join(unified_diff(before, after, name, f"{name}, in form")), nl=False)
    elif check:
        click.echo(f"{name} is not in form")
    else:
        write_whole(str(path), formed.after.encode())
        click.echo(f"{name} written")


def _files(paths: Sequence[Path]) -> list[Path]:
    from goldenthread.loading.files import library_files, vignette_files  # noqa: PLC0415 -- as above

    files = []
    for path in paths:
        if not path.exists():
            fail(f"there is no file or folder {path}", "check the path")
        inside = [*library_files(path), *vignette_files(path)] if path.is_dir() else [path]
        if not inside:
            fail(f"the folder {path} holds no YAML files", "a library has `flowcharts/` and `goalbank/`")
        files += inside
    return list(dict.fromkeys(files))
