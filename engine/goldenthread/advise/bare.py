"""Facts without a walk: a file that gives roles and instrument scores their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from goldenthread.advise.advice import Facts
from goldenthread.advise.scores import scores_from
from goldenthread.diagnostics import Diagnostic, Span, did_you_mean
from goldenthread.walk import Misfit, bare, fits, own_words, status
from goldenthread.walk.program import exclusive_options, renamed_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goldenthread.language import Type
    from goldenthread.model import Library, Role
    from goldenthread.source import Tree
    from goldenthread.walk.answers import Fit

_PREVIOUS = "previous."
_WORDS = frozenset({"text", "date", "duration", "choice", "choices"})
_CHOSEN = frozenset({"choice", "choices", "goals"})
_OTHER_FILES = ("answers", "vignette", "case")


def facts_from(library: Library, data: Mapping[str, Any], tree: Tree) -> tuple[Facts, list[Diagnostic]]:
    """Give the facts that a map of roles and scores holds, and what is wrong with it, each at its place.

    `data` is the top of `tree`: `{concern: [panic], phq9: {total: 17, item_9: 1}}`, `phq9.total: 17`, and
    `{not_known: true}` or `{declined: true}` for what was asked and has no value. `{later: true}` was not
    asked.
    """
    first = next(iter(data), "")
    if first in _OTHER_FILES:
        help_ = "write `role: value` lines; `goldenthread walk --answers` replays answers to questions"
        message = f"`{first}` is no role: this is another kind of file"
        return Facts(), [Diagnostic("error", "R001", message, tree.key(data, first), help_)]
    known: dict[str, Any] = {}
    asked: dict[str, str] = {}
    own: dict[str, str] = {}
    found: list[Diagnostic] = []
    measured: list[str] = []
    for key, raw in data.items():
        role = library.roles.get(key.removeprefix(_PREVIOUS))
        if role is None:
            if key.removeprefix(_PREVIOUS).partition(".")[0] in library.instruments:
                measured.append(key)
            else:
                found.append(_unknown(key, library, tree))
        elif (why := status(raw)) == "later":
            continue
        elif why:
            asked[key] = why
        else:
            value, wrong = _fitted(role, key, library, tree)
            found += wrong
            if not wrong:
                known[key] = value
                own.update({f"{key} {option}": words for option, words in own_words(raw).items()})
    found += scores_from(library, measured, tree, known, asked)
    return Facts(known, asked, None, own), found


def _unknown(key: str, library: Library, tree: Tree) -> Diagnostic:
    span = tree.key(tree.data, key)
    node = library.node(key)
    if node is not None:
        help_ = (
            f"write `{node.role}:`, the role it answers"
            if node.role
            else "take it out: no suggestion reads it"
        )
        return Diagnostic("error", "R001", f"`{key}` is a question; facts are given by role", span, help_)
    help_ = did_you_mean(key, [*library.roles, *library.instruments])
    help_ = help_ or "`goldenthread facts` lists every role and instrument"
    return Diagnostic("error", "R001", f"there is no role or instrument `{key}`", span, help_)


def _fitted(role: Role, key: str, library: Library, tree: Tree) -> tuple[Any, list[Diagnostic]]:
    type_ = library.facts[role.id].type
    if role.options_from in library.roles:
        own = own_words(tree.data.get(role.options_from))
        type_ = replace(type_, options={**type_.options, **own})
    raw = bare(_as_written(tree.data, key, tree, type_))
    if raw is None:
        help_ = "write its value, or {not_known: true}"
        return None, [Diagnostic("error", "F003", f"`{key}` is empty", tree.key(tree.data, key), help_)]
    fit = _fit(role, type_, library)
    wrong: list[Diagnostic] = []
    if type_.kind == "choices":
        # Each option by itself first, so that a wrong one is marked where it stands.
        for item, span in _items(tree.data, key, tree, raw):
            try:
                fit([item], {})
            except Misfit as misfit:
                wrong.append(_misfit(role, key, misfit, span))
    if wrong:
        return None, wrong
    try:
        return fit(raw, {}), []
    except Misfit as misfit:
        return None, [_misfit(role, key, misfit, tree.value(tree.data, key))]


def _misfit(role: Role, key: str, misfit: Misfit, span: Span) -> Diagnostic:
    help_ = misfit.help or (
        f"`goldenthread facts {role.id}` lists its options" if role.answer in _CHOSEN else ""
    )
    return Diagnostic("error", "F004", f"`{key}`: {misfit}", span, help_)


def _as_written(container: Any, key: Any, tree: Tree, type_: Type) -> Any:
    """Give a value with the words that YAML took for numbers put back: the ICD code 6E20 is one."""
    value = container[key]
    if type_.kind not in _WORDS:
        return value
    if isinstance(value, list):
        return [_as_written(value, n, tree, type_) for n in range(len(value))]
    if isinstance(value, Mapping) and "value" in value:
        return {**value, "value": _as_written(value, "value", tree, type_)}
    if isinstance(value, int | float) and not isinstance(value, bool):
        return tree.raw.get((id(container), key), value)
    return value


def _items(container: Any, key: Any, tree: Tree, raw: Any) -> Iterator[tuple[Any, Span]]:
    """Give each option of a list (of a map, each key) with its place."""
    value = container[key]
    if isinstance(value, Mapping) and "value" in value:
        yield from _items(value, "value", tree, raw)
    elif isinstance(value, list) and isinstance(raw, list):
        yield from ((item, tree.value(value, n)) for n, item in enumerate(raw))
    elif isinstance(value, Mapping):
        yield from ((item, tree.key(value, item)) for item in value)


def _fit(role: Role, type_: Type, library: Library) -> Fit:
    renamed = renamed_options(role, library)
    if role.options_from == "diagnoses":
        renamed |= _by_code(library)
    asked = fits.ChoicesAsked(exclusive_options(role), role.other, renamed=renamed)
    return fits.fit_for(type_, asked, role.step)


def _by_code(library: Library) -> dict[str, str]:
    """Give diagnoses by ICD code. A code that several share names the one that needs the fewest codes."""
    found: dict[str, tuple[int, str]] = {}
    for diagnosis in library.diagnoses.values():
        for codes in diagnosis.codes.values():
            listed = [codes] if isinstance(codes, str) else list(codes)
            for code in listed:
                if code not in found or len(listed) < found[code][0]:
                    found[code] = (len(listed), diagnosis.id)
    return {code: id_ for code, (_, id_) in found.items()}
