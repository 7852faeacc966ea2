"""Answers replayed from a file, and what came of them as data."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from goldenthread.diagnostics import Diagnostic, Report, Span
from goldenthread.diagnostics.nearest import did_you_mean
from goldenthread.language import Duration
from goldenthread.loading import check_form, kind_of, shipped, shown, vignette_files
from goldenthread.plan import misnamed
from goldenthread.session import NotADateError, UnknownFlowchartError
from goldenthread.source import parse, read
from goldenthread.walk import Misfit, bare, path_of, status

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator
    from pathlib import Path

    from goldenthread.session import Guide, GuidedWalk
    from goldenthread.source import Tree
    from goldenthread.walk.written import Steps


def read_answers(path: Path) -> tuple[dict[str, Any] | None, Tree | None, Report]:
    """Read an answers file, a vignette or a case file (`-` is standard input); give its data, tree and report.

    Where no file is there, a bare name is the id of a shipped vignette.
    """
    report = Report()
    if str(path) == "-":
        tree, found, text = parse(sys.stdin.buffer.read(), "<stdin>")
        name = "<stdin>"
    elif _is_bare(path) and str(path) not in (named := vignettes()):
        message = "there is no such file, and no shipped vignette of this name"
        help_ = did_you_mean(str(path), named) or "check the path; `goldenthread test` lists the vignettes"
        report.error("S001", Span(str(path), 1, 1), message, help_)
        return None, None, report
    else:
        path = named[str(path)] if _is_bare(path) else path
        name = shown(path)
        tree, found, text = read(path, name)
    report.extend(found)
    if text is not None:
        report.texts[name] = text
    if tree is None or report.errors:
        return None, None, report
    data: dict[str, Any] = tree.data
    if not {"vignette", "case"} & data.keys():
        kind = "answers"
        if "answers" not in data:
            report.error(
                "F002",
                Span(name, 1, 1, 2),
                "this file has no `answers:`",
                "write `answers:` and under it `flowchart.node: value` lines",
            )
            return None, None, report
    else:
        kind, found = kind_of(tree)
        report.extend(found)
    report.extend(check_form(tree, kind))
    return (data, tree, report) if not report.errors else (None, None, report)


def _is_bare(path: Path) -> bool:
    return path.name == str(path) and not path.suffix and not path.exists()


def vignettes() -> dict[str, Path]:
    """Give the files of the shipped vignettes, by id."""
    return {path.stem: path for path in vignette_files(shipped())}


def replayed(
    guide: Guide, data: dict[str, Any], tree: Tree, flowchart: str, day: datetime.date | None, *, quick: bool
) -> tuple[GuidedWalk, list[Diagnostic]]:
    """Replay answers; give the walk, and each answer that names no question or does not fit, at its place."""
    if "case" in data:
        first, *rest = data.get("rounds") or [{}]
        data = {
            **first,
            "rounds": rest,
            "flowchart": data.get("flowchart", flowchart),
            "client": data.get("client", ""),
        }
    try:
        walk = guide.from_answers({"flowchart": flowchart, **data}, today=day, quick=quick)
    except NotADateError as error:
        span = tree.path(["today"])
        return guide.start(flowchart, today=day), [Diagnostic("error", "F004", str(error), span, error.help)]
    except UnknownFlowchartError as error:
        span = tree.path(["flowchart"])
        return guide.start("planning", today=day), [Diagnostic("error", "V002", str(error), span, error.help)]
    wrong = list(misnamed(tree.data, guide.program))
    problems = [_problem(tree, name.path, name.message, name.help, on_key=name.on_key) for name in wrong]
    misfits = {} if walk.problem is None else {walk.problem.key: (walk.problem.message, walk.problem.help)}
    misfits |= {key: (str(misfit), misfit.help) for key, misfit in _unfit_aside(walk)}
    for key, (message, help_) in misfits.items():
        path = path_of(tree.data, key, walk.walk.round)
        if not any(name.path[: len(path)] == path for name in wrong):
            problems.append(_problem(tree, path, f"`{key}`: {message}", help_))
    return walk, problems


def _unfit_aside(walk: GuidedWalk) -> Iterator[tuple[str, Misfit]]:
    """Give the answers that the walk did not come to and that do not fit whatever else is answered."""
    for key, raw in walk.walk.set_aside.items():
        step = walk.walk.program.steps.get(key.partition("@")[0])
        if step is None or not step.waits or status(raw):
            continue
        try:
            step.fit(bare(raw), walk.walk.known, walk.walk.asked)
        except Misfit:
            try:
                step.fit(bare(raw), {})
            except Misfit as misfit:
                yield key, misfit


def _problem(tree: Tree, path: Steps, message: str, help_: str, *, on_key: bool = False) -> Diagnostic:
    return Diagnostic("error", "V002", message, tree.path(list(path), on_key=on_key), help_)


def as_data(walk: GuidedWalk, problems: list[Diagnostic]) -> dict[str, Any]:
    """Give what came of a replay as plain data; see `schemas/out_walk.schema.json`."""
    from goldenthread.export import as_json  # noqa: PLC0415 -- only for JSON

    inner = walk.walk
    return {
        "flowchart": inner.root,
        "finished": inner.finished,
        "at": inner.end.key if inner.end else inner.at,
        "round": inner.round + 1,
        "trail": [
            {
                "node": t.key,
                "item": t.item,
                "round": t.round + 1,
                "number": t.step.node.number,
                "how": t.how,
                "edge": t.edge.say() if t.edge else "",
            }
            for t in inner.trail
        ],
        "facts": {
            key: _plain(value)
            for key, value in inner.known.items()
            if not key.startswith(("each ", "previous."))
        },
        "set_aside": dict(inner.set_aside),
        "plan": as_json(walk.plan()),
        "problems": [
            {
                "code": d.code,
                "message": d.message,
                "help": d.help,
                "file": d.span.file,
                "line": d.span.line,
                "column": d.span.column,
            }
            for d in problems
        ],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Duration):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
