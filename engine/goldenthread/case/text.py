"""A case as YAML text, and back: every word comes back as it was, or nothing is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from goldenthread.case.errors import CaseError
from goldenthread.case.form import FORMAT, from_data, to_data
from goldenthread.loading.schema import check_form
from goldenthread.source import parse
from goldenthread.source.scalars import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from goldenthread.case.model import Case
    from goldenthread.diagnostics import Diagnostic
    from goldenthread.source import Tree

_UNTOUCHED = "the file was left as it is: mend this place in an editor, or take a copy from a backup"
_TO_UPDATE = "update Golden Thread to read it; the file was left as it is"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_SHORT_WORD = re.compile(r"[a-z][a-z0-9_]*\Z")
_NO_BLOCK = re.compile("[\r\t\x85\u2028\u2029\ufeff]|\\A[ \n]|[ ]+\n|[ ]\\Z|\n\n\\Z")
_WIDEST = 100


def write(case: Case) -> str:
    """Give the text of a case. Raises CaseError for one that would not come back the same."""
    data = to_data(case)
    must_be_writable(data)
    text: str = yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=_WIDEST
    )
    tree, found_wrong, _ = parse(text, "case")
    wrong = found_wrong or (check_form(tree, "case") if tree is not None else [])
    if wrong:
        raise CaseError(f"this case cannot be kept: {wrong[0].message}", wrong[0].help, tuple(wrong), text)
    if tree is None or tree.data != data:
        raise CaseError("this case cannot be kept: it would not be read back as it is")
    return text


def must_be_writable(data: Any) -> None:
    """See that a case file can keep these words. Raises CaseError for a control character among them."""
    for path, found in _unwritable(data, ()):
        message = f"{path} holds a control character (U+{ord(found):04X}), which a case file cannot keep"
        raise CaseError(message, "take it out, and answer again")


def read(blob: bytes | str, name: str) -> Case:
    """Read the text of a case. Raises CaseError for one that is damaged, newer, or no case."""
    tree, found, text = parse(blob, name)
    if tree is not None:
        _must_be_a_case(tree, name)
        found = found or check_form(tree, "case")
    if tree is None or found:
        raise _damaged(name, found, text)
    return from_data(tree.data)


def _must_be_a_case(tree: Tree, name: str) -> None:
    first = next(iter(tree.data))
    if first != "case":
        what = f"its first key is `{first}`; that of a case is `case`"
        raise CaseError(f"{name} is not a case file: {what}", "give the path of a case file")
    number = tree.data["case"]
    if isinstance(number, int) and number > FORMAT:
        newer = f"format {number}; this version reads up to {FORMAT}"
        raise CaseError(f"{name} was written by a newer version of Golden Thread ({newer})", _TO_UPDATE)


def _damaged(name: str, found: list[Diagnostic], text: str | None) -> CaseError:
    first = found[0]
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    where = f"line {first.span.line}, column {first.span.column}"
    message = f"{name} is damaged at {where}: {first.message}{more}"
    help_ = f"{first.help}; {_UNTOUCHED}" if first.help else _UNTOUCHED
    return CaseError(message, help_, tuple(found), text)


def _unwritable(data: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Give the control characters in any text, each with where it stands."""
    if isinstance(data, str):
        found = _CONTROL.search(data)
        if found:
            yield f"`{path[-1]}`", found[0]
    elif isinstance(data, dict):
        for key, value in data.items():
            shown = _CONTROL.sub("?", key)
            yield from _unwritable(key, (*path, shown))
            yield from _unwritable(value, (*path, shown))
    elif isinstance(data, list):
        for value in data:
            yield from _unwritable(value, path)


class _Dumper(yaml.SafeDumper):
    """Writes blocks, and quotes whatever a reader of YAML 1.1 or 1.2 could take for something else."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 -- the shape of the method
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 -- the shape of the method
        """Indent the items of a list below its key."""
        super().increase_indent(flow, False)


def _string(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None
    if "\n" in text and not _NO_BLOCK.search(text):
        style = "|"
    elif any(c in text for c in "\n\r\t\x85\u2028\u2029\ufeff"):
        style = '"'
    elif not isinstance(resolve(text), str):
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


def _float(dumper: yaml.SafeDumper, number: float) -> yaml.ScalarNode:
    text = repr(number)
    if "." not in text:
        # To a reader of YAML 1.1, 1e+16 is a word.
        text = text.replace("e", ".0e")
    return dumper.represent_scalar("tag:yaml.org,2002:float", text)


def _list(dumper: yaml.SafeDumper, items: list[Any]) -> yaml.SequenceNode:
    """Write a short list of ids or numbers on its line."""
    width = sum(len(str(item)) + 2 for item in items)
    short = width < _WIDEST - 30 and all(_is_short(item) for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=short)


def _map(dumper: yaml.SafeDumper, data: Mapping[str, Any]) -> yaml.MappingNode:
    """Write `{later: true}` and its like on their line."""
    short = not data or (len(data) == 1 and all(value is True for value in data.values()))
    return dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=short)


def _is_short(item: Any) -> bool:
    return bool(_SHORT_WORD.match(item)) if isinstance(item, str) else not isinstance(item, list | dict)


_Dumper.add_representer(str, _string)
_Dumper.add_representer(float, _float)
_Dumper.add_representer(list, _list)
_Dumper.add_representer(dict, _map)
