"""`goldenthread cover`: what the vignettes leave uncrossed, and walks that cross it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from goldenthread.cli.common import CONTEXT, emit, fail, format_option, layers, library_options, load_library
from goldenthread.cli.layout import count, heading, wrap
from goldenthread.cli.progress import progress, progress_over
from goldenthread.cli.tried import to_walk, vignettes_in, walk_options

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from goldenthread.diagnostics import Span
    from goldenthread.trial.cover import Case, Coverage
    from goldenthread.trial.crossing import Crossing, Key

_NAMED = 3
_PLACE = Path("flowcharts", "vignettes")
_SCHEMA = "# yaml-language-server: $schema=../../schemas/vignette.schema.json\n"


@click.command("cover", context_settings=CONTEXT)
@format_option("text", "json")
@click.option("--all", "all_", is_flag=True, help="Cross everything afresh, whatever the vignettes cross.")
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The library to write the walks into, as vignettes to review. Nothing is overwritten.",
)
@walk_options(1, 1000, "How many walks to make up and choose from.")
@library_options
def command(**options: Any) -> None:
    r"""Write a few walks that cross every edge and every rule, and say what the vignettes leave uncrossed.

    Walks are made up, and a few chosen that cross what no vignette crosses: edges, alerts, and what suggests, rules
    out or cautions about an entry. Each is cut down to the answers that it needs. With --into, each becomes a
    vignette; what it expects is what happens now, and somebody has to say that it should. What no made-up walk crosses
    is asked of the proof: a walk is found, or none can cross it. With --library, that library alone is looked at.

    \b
        goldenthread cover
        goldenthread cover --library our_clinic --into our_clinic
    """
    _run(**options)


def _run(  # noqa: PLR0913 -- each is an option of the command line
    *,
    format_: str,
    all_: bool,
    into: Path | None,
    walks: int,
    seed: int,
    flowcharts: Sequence[str],
    libraries: Sequence[Path],
    only: bool,
) -> None:
    library = load_library(libraries, only)
    from goldenthread.loading import shipped  # noqa: PLC0415 -- as above
    from goldenthread.trial.cover import coverage  # noqa: PLC0415 -- as above
    from goldenthread.walk import compile_library  # noqa: PLC0415 -- as above

    if into is not None and not into.is_dir():
        fail(f"there is no folder {into}", "make it first, or check the path after --into")
    own = layers(libraries, only)
    folders = [*([] if only else [shipped()]), *own]
    vignettes = [] if all_ else vignettes_in(folders)
    roots = to_walk(library, flowcharts)
    found = coverage(
        compile_library(library),
        vignettes,
        within=_within(own),
        roots=roots,
        walks=walks,
        seed=seed,
        progress=progress,
    )
    progress_over()
    files = _names(found.cases, into)
    if into is not None:
        _write(found.cases, files)
    if format_ == "json":
        emit(_as_data(found, files, len(vignettes), walks, written=into is not None))
    else:
        _print(found, files, len(vignettes), written=into is not None)


def _within(own: Sequence[Path]) -> Callable[[Span], bool] | None:
    """Give whether a place lies in the libraries that were named; where none was, all is looked at."""
    homes = [path.resolve() for path in own]
    return (
        (lambda span: any(Path(span.file).resolve().is_relative_to(home) for home in homes))
        if homes
        else None
    )


def _names(cases: Sequence[Case], into: Path | None) -> list[Path]:
    """Give the files for new vignettes: counted on from those that are there, so that none is written over."""
    folder = (into or Path()) / _PLACE
    numbers = [re.fullmatch(r"cover_([0-9]+)", path.stem) for path in folder.glob("cover_*.yaml")]
    last = max((int(number[1]) for number in numbers if number), default=0)
    return [folder / f"cover_{n:02}.yaml" for n in range(last + 1, last + 1 + len(cases))]


def _write(cases: Sequence[Case], files: Sequence[Path]) -> None:
    from goldenthread.author.answers import written  # noqa: PLC0415 -- `--help` needs none of it
    from goldenthread.cli.files import write_whole  # noqa: PLC0415 -- as above
    from goldenthread.loading import shown  # noqa: PLC0415 -- as above

    for case, path in zip(cases, files, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        above = _SCHEMA if (path.parents[2] / "schemas" / "vignette.schema.json").is_file() else ""
        write_whole(str(path), written(_vignette(case, path.stem), above).encode())
        click.echo(f"{shown(path)} written", err=True)


def _vignette(case: Case, id_: str) -> dict[str, Any]:
    from goldenthread.cli.diff_data import answers  # noqa: PLC0415 -- as above
    from goldenthread.trial.cover import expected  # noqa: PLC0415 -- as above

    named = "; ".join(_called(one) for one in case.crosses[:_NAMED])
    more = len(case.crosses) - _NAMED
    lead = "Made up, and to be reviewed: what is expected is what happens now, and nobody has said that it should."
    about = f"{lead} It crosses: {named}" + (f"; and {more} more." if more > 0 else ".")
    walk = case.walk
    head = {"vignette": id_, "about": about, "review": {"status": "draft"}}
    return {**head, **answers(walk.root, walk.rounds, walk.settings), "expect": expected(case)}


def _called(one: Crossing) -> str:
    sort, id_, _ = one.key
    return f"{id_}, {sort.replace('_', ' ')}: {one.said}"


def _place(one: Crossing) -> str:
    return f"{one.span.file}:{one.span.line}"


def _numbers(found: Coverage, *, edges: bool) -> tuple[int, int, int]:
    """Give how many edges, or else rules, there are, and how many vignettes and walks cross."""

    def counted(keys: Sequence[Key]) -> int:
        return sum((key[0] == "edge") is edges for key in keys)

    return (
        counted(list(found.crossings.all)),
        counted(list(found.by_vignettes)),
        counted(list(found.by_walks | found.by_vignettes)),
    )


def _uncrossed(found: Coverage) -> list[Crossing]:
    left = [one for key, one in found.crossings.all.items() if key not in found.by_vignettes]
    return sorted(left, key=lambda one: (one.span.file, one.span.line))


def _print(found: Coverage, files: Sequence[Path], vignettes: int, *, written: bool) -> None:
    edges, rules = _numbers(found, edges=True), _numbers(found, edges=False)
    crossed = f"{edges[1]:,} of {count(edges[0], 'edge')} and {rules[1]:,} of {count(rules[0], 'rule')}"
    click.echo(heading(f"{count(vignettes, 'vignette crosses', 'vignettes cross')} {crossed}."))
    left = _uncrossed(found)
    groups = [
        ("Not crossed; a walk is found", [one for one in left if one.key in found.by_walks]),
        ("No walk can cross it", [one for one in left if one.key in found.by_none]),
        ("No walk found", [one for one in left if one.key not in found.by_walks | found.by_none]),
    ]
    for title, ones in groups:
        if ones:
            click.echo("\n" + heading(f"{title} ({len(ones):,})"))
            for one in ones:
                click.echo(wrap(_called(one), 4, f"  {_place(one)}  "))
    if left and found.cases:
        ask = "" if written else "; --into DIR writes them as vignettes to review"
        click.echo(f"\n{count(len(files), 'walk crosses', 'walks cross')} what can be crossed of these{ask}.")


def _as_data(
    found: Coverage, files: Sequence[Path], vignettes: int, walks: int, *, written: bool
) -> dict[str, Any]:
    names = ("whole", "vignettes", "walks")
    return {
        "vignettes": vignettes,
        "walks": walks,
        "edges": dict(zip(names, _numbers(found, edges=True), strict=True)),
        "rules": dict(zip(names, _numbers(found, edges=False), strict=True)),
        "uncrossed": [
            {
                "sort": one.key[0],
                "id": one.key[1],
                "n": one.key[2],
                "said": one.said,
                "place": _place(one),
                "walk": one.key in found.by_walks,
                "none": one.key in found.by_none,
            }
            for one in _uncrossed(found)
        ],
        "cases": [
            {
                "id": path.stem,
                "crosses": len(case.crosses),
                "ends": case.walk.end.key if case.walk.end is not None else "open",
                "file": path.as_posix() if written else "",
            }
            for case, path in zip(found.cases, files, strict=True)
        ],
    }
