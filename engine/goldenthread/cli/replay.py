"""Answers replayed from a file, and what came of them as data."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from goldenthread.diagnostics import Diagnostic, Report, Span
from goldenthread.language import Duration
from goldenthread.loading import check_form, kind_of, shown
from goldenthread.session import NotADateError, UnknownFlowchartError
from goldenthread.source import parse, read
from goldenthread.walk import unknown_questions

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from goldenthread.session import Guide, GuidedWalk
    from goldenthread.source import Tree


def read_answers(path: Path) -> tuple[dict[str, Any] | None, Tree | None, Report]:
    """Read an answers file, a vignette or a case file (`-` is standard input); give its data, tree and report."""
    report = Report()
    if str(path) == "-":
        tree, found, text = parse(sys.stdin.buffer.read(), "<stdin>")
        name = "<stdin>"
    else:
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
    problems = [_unknown(key, near, tree) for key, near in unknown_questions(walk.walk.rounds, guide.program)]
    problem = walk.problem
    if problem is not None:
        problems.append(
            Diagnostic(
                "error", "V002", f"`{problem.key}`: {problem.message}", place(tree, problem.key), problem.help
            )
        )
    return walk, problems


def place(tree: Tree, key: str, *, on_key: bool = False) -> Span:
    """Give the place of an answer in its file, in whichever round it stands."""
    name, _, item = key.partition("@")
    parts: list[tuple[list[str | int], Any]] = [([], tree.data)]
    parts += [(["rounds", n], part) for n, part in enumerate(tree.data.get("rounds", ()))]
    for root, part in parts:
        answers = part.get("answers") if isinstance(part, dict) else None
        if not isinstance(answers, dict) or name not in answers:
            continue
        inner = answers[name]
        each = isinstance(inner, dict) and item in (inner.get("each") or {})
        return tree.path([*root, "answers", name, *(["each", item] if each else [])], on_key=on_key)
    return tree.path(["answers"])


def _unknown(key: str, near: str, tree: Tree) -> Diagnostic:
    name = key.partition("@")[0]
    help_ = f"did you mean `{near}`?" if near else "`goldenthread facts` lists every question"
    return Diagnostic(
        "error", "V002", f"no question is called `{name}`", place(tree, key, on_key=True), help_
    )


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
