"""What `goldenthread diff` found, as plain data; see `schemas/out_diff.schema.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from goldenthread.diagnostics import Span
    from goldenthread.trial.causes import Cause
    from goldenthread.trial.change import Change
    from goldenthread.trial.content import Edit
    from goldenthread.trial.difference import Difference
    from goldenthread.trial.finding import Finding
    from goldenthread.walk import Program, Round, Settings

KINDS = {
    "flowchart": "flowchart",
    "node": "node",
    "roles": "role",
    "diagnoses": "diagnosis",
    "factors": "factor",
    "interventions": "intervention",
    "modalities": "treatment",
    "instruments": "instrument",
    "goals": "goal",
    "alerts": "alert",
    "obligations": "obligation",
    "requirements": "requirement",
    "references": "reference",
}
_STATES = {"": "not there", "left_out": "left out"}
_HOLDERS = {
    "stopped": "the end at which the walk stops",
    "unprotected": "a library without the shipped alerts",
}


def as_data(
    found: Difference, name: str, shown: Callable[[str], str], why: Mapping[str, str]
) -> dict[str, Any]:
    """Give a difference as data. `shown` names places before; `why` holds author, reviewer and reason."""
    place = _Places(shown)
    follows = {id(one.edit): one.follows for one in found.follows}
    return {
        "before": name,
        **why,
        "changed": bool(found.findings),
        "certain": found.certain,
        "undecided": len(found.undecided),
        "vignettes": found.vignettes,
        "walks": found.walks,
        "left_for_later": [_node(key, found.after) for key in found.later],
        "outcomes": [_finding(finding, found, place) for finding in found.findings],
        "content": [_edit(edit, follows.get(id(edit), "nothing"), place) for edit in found.edits],
    }


class _Places:
    """Places as a person writes them; those before by the revision."""

    def __init__(self, shown: Callable[[str], str]) -> None:
        self._shown = shown

    def of(self, before: Span | None, after: Span | None) -> dict[str, str]:
        """Give the places before and after."""
        return {
            "place_before": self._shown(f"{before.file}:{before.line}") if before is not None else "",
            "place_after": f"{after.file}:{after.line}" if after is not None else "",
        }


def _node(key: str, *programs: Program) -> dict[str, str]:
    step = next((program.steps[key] for program in programs if key in program.steps), None)
    node = step.node if step is not None else None
    return {
        "node": key,
        "number": node.number if node else "",
        "words": node.text if node else "",
        "verb": node.verb if node else "",
    }


def _finding(finding: Finding, found: Difference, place: _Places) -> dict[str, Any]:
    trial = finding.witness
    after = answers(trial.root_after, trial.after, trial.settings)
    before = answers(trial.root_before, trial.before, trial.settings)
    return {
        "sort": finding.sort,
        "changes": [_change(change, causes, found, place) for change, causes in finding.changes],
        "further": [_brief(change, found) for change in finding.further],
        "answers": after,
        "answers_before": before if before != after else None,
        "vignettes": list(finding.vignettes),
        "walks": finding.walks,
    }


def answers(root: str, rounds: Sequence[Round], settings: Settings) -> dict[str, Any]:
    """Give answers as a file has them, which `goldenthread walk --answers` replays."""
    parts = [_round(round_) for round_ in rounds]
    data: dict[str, Any] = {"answers": parts[0]["answers"]}
    data |= {"flowchart": root} if root != "planning" else {}
    data |= {"quick": True} if settings.quick else {}
    data |= {"rest": "later"} if settings.rest_later else {}
    data |= {"opened": parts[0]["opened"]} if "opened" in parts[0] else {}
    return data | ({"rounds": parts[1:]} if parts[1:] else {})


def _round(round_: Round) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, raw in round_.answers.items():
        name, _, item = key.partition("@")
        if item:
            made.setdefault(name, {"each": {}})["each"][item] = raw
        else:
            made[name] = raw
    opened = [{"flowchart": chart, "at": at} for chart, at in round_.opened]
    return {"answers": made} | ({"opened": opened} if opened else {})


def _change(change: Change, causes: Sequence[Cause], found: Difference, place: _Places) -> dict[str, Any]:
    return _brief(change, found) | {"causes": [_cause(cause, found, place) for cause in causes]}


def _brief(change: Change, found: Difference) -> dict[str, Any]:
    return {
        "sort": change.sort,
        "kind": change.kind,
        "id": change.id,
        **_called(change, found),
        "before": change.before,
        "after": change.after,
        "said": _said(change, found),
    }


def _called(change: Change, found: Difference) -> dict[str, str]:
    """Give the number and the words of a node, or the name of an entry."""
    if change.sort in {"asks", "misfit"}:
        before = found.renames.node_back(change.id)
        node = _node(change.id, found.after)
        node = node if node["verb"] else _node(before, found.before)
        return {"number": node["number"], "name": node["words"]}
    if not change.id:
        return {"number": "", "name": ""}
    for program, id_ in ((found.after, change.id), (found.before, found.renames.entry_back(change.id))):
        entry = program.library.find(id_)
        if entry is not None:
            return {"number": "", "name": getattr(entry, "name", "") or getattr(entry, "text", "")}
    return {"number": "", "name": ""}


def _said(change: Change, found: Difference) -> str:
    """Say a change in words that stand after the name of what changes."""
    before, after = change.before, change.after
    match change.sort:
        case "asks":
            tells = found.after.steps.get(change.id) or found.before.steps.get(change.id)
            verb = "shown" if tells is not None and tells.node.verb == "tell" else "asked"
            if "more often" in (before, after):
                return f"{verb} more often" if after else f"{verb} less often"
            return f"now {verb}" if after else f"no longer {verb}"
        case "misfit":
            if before and after:
                return f"the same answer came to {before}, and comes to {after} now"
            return f"the answer no longer fits: {after}" if after else f"takes now what did not fit: {before}"
        case "ends":
            ends = (_end(before, found.before, found), _end(after, found.after, found))
            return f"ended with {ends[0]}, now ends with {ends[1]}"
        case "holds":
            words = [_holders(ids) for ids in (before, after)]
            freed = f"no longer held by {words[0]}" if before else ""
            held = f"now held by {words[1]}" if after else ""
            return ", ".join(filter(None, (freed, held)))
        case "alerts":
            return f"{before or 'not raised'} before, now {after or 'not raised'}"
        case "order":
            return f"offered with {before} before, now with {after}"
        case "cautions":
            parts = ((before, "no longer said when"), (after, "now said when"))
            return "; ".join(f"{lead} {text}" for text, lead in parts if text)
        case _:
            states = [_STATES.get(state, state) for state in (before, after)]
            return f"{states[0]} before, now {states[1]}"


def _holders(ids: str) -> str:
    return ", ".join(_HOLDERS.get(id_, f"`{id_}`") for id_ in ids.split(", ")) if ids else ""


def _end(key: str, program: Program, found: Difference) -> str:
    if not key:
        return "a question open"
    step = program.steps.get(key) or program.steps.get(found.renames.node_back(key))
    return f"“{step.node.end}”" if step is not None else key


_RULES = {
    "suggest": "suggested",
    "rule_out": "ruled out",
    "caution": "cautioned",
    "raise_when": "raised",
    "cleared_when": "cleared",
}


def _cause(cause: Cause, found: Difference, place: _Places) -> dict[str, Any]:
    return {
        "sort": cause.sort,
        "id": cause.id,
        "when_before": cause.said_before,
        "when_after": cause.said_after,
        "before": cause.before,
        "after": cause.after,
        "said": _because(cause, found),
        **place.of(cause.span_before, cause.span_after),
    }


def _because(cause: Cause, found: Difference) -> str:
    if cause.sort in {"edge", "branch"}:
        nodes = [_node(key, found.after, found.before) for key in (cause.before, cause.after)]
        named = [f"{node['number']} [{node['node']}]".strip() for node in nodes]
        ways = [_way(said) for said in (cause.said_before, cause.said_after)]
        if cause.sort == "branch":
            return f"{ways[0]}is now {ways[1].strip()}: the way led to {named[0]}, and leads to {named[1]}"
        return f"the way led {ways[0]}to {named[0]}, and leads {ways[1]}to {named[1]}"
    if cause.sort == "question":
        return "what the question takes was changed"
    lead = f"{_RULES[cause.sort]} when" if cause.sort in _RULES else f"held by `{cause.id}` until"
    then, now = cause.said_before, cause.said_after
    if not then:
        return f"new: {lead} `{now}` ({cause.after})"
    if not now:
        return f"gone: {lead} `{then}` ({cause.before})"
    if then == now:
        return f"{lead} `{now}`: {cause.before} before, now {cause.after}"
    return f"{lead} `{then}` ({cause.before}), now when `{now}` ({cause.after})"


def _way(said: str) -> str:
    if said.startswith("when "):
        return f"when `{said.removeprefix('when ')}` "
    return {"unknown": "where it is not known ", "otherwise": "otherwise "}.get(said, "")


def _edit(edit: Edit, follows: str, place: _Places) -> dict[str, Any]:
    return {
        "sort": edit.sort,
        "kind": KINDS.get(edit.thing, edit.thing),
        "id": edit.id,
        "part": edit.part,
        "before": edit.before,
        "after": edit.after,
        "follows": follows,
        **place.of(edit.span_before, edit.span_after),
    }
