"""What the parser says is wrong with the YAML, in plain words and at the place where it went wrong."""

from __future__ import annotations

from typing import Any

from goldenthread.diagnostics import Diagnostic, Span


def syntax(error: Any, text: str, name: str) -> Diagnostic:
    """Give the finding for an error that the parser raised."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.splitlines()
    if line >= len(lines) and lines:
        line, column = len(lines) - 1, len(lines[-1])
    shown = lines[line] if line < len(lines) else ""
    span = Span(name, line + 1, column + 1, column + 2)
    indent = shown[: len(shown) - len(shown.lstrip())]
    if "\t" in indent or "found character '\\t'" in str(error.problem) or "tab" in str(error.problem):
        tab = shown.find("\t")
        at = Span(name, line + 1, max(tab, 0) + 1, max(tab, 0) + 2)
        message, help_ = "a tab stands here; YAML is indented with blanks", "put two blanks for each level"
        return Diagnostic("error", "S005", message, at, help_)
    problem = str(error.problem or error.context or "")
    message, help_ = _in_plain_words(problem)
    if "mapping values" in problem and ": " not in shown[:column].lstrip("- "):
        message, help_ = _MISFIT
    elif message == _MISFIT[0] and column > len(indent) and not shown[len(indent) :].startswith("- "):
        message, help_ = "the value ends before this, and more stands after it", _QUOTE
    note = ""
    if error.context and error.context_mark and error.context_mark.line != line:
        note = _begun(str(error.context), error.context_mark.line + 1)
    return Diagnostic("error", "S004", message, span, help_, note)


_QUOTE = "put the whole text between double quotes"
_MISFIT = ("the indentation here does not fit the lines above", "line keys of one map up under each other")
_BEGUN = (
    ("flow sequence", "the `[` that is still open"),
    ("flow mapping", "the `{` that is still open"),
    ("quoted scalar", "the quote that is still open"),
    ("simple key", "the key"),
    ("block collection", "the list"),
    ("block mapping", "the map of keys"),
    ("block scalar", "the text"),
)


def _begun(context: str, line: int) -> str:
    what = next((words for part, words in _BEGUN if part in context), "what is read here")
    return f"{what} began on line {line}"


_PLAIN_WORDS = (
    ("mapping values are not allowed", "a second `:` stands on this line", _QUOTE),
    (
        "could not find expected ':'",
        "a key without its `:` stands here or on the line above",
        "write `key: value`, with a blank after the `:`",
    ),
    ("expected <block end>", *_MISFIT),
    ("did not find expected key", *_MISFIT),
    (
        "expected ',' or",
        "a `,` or a closing bracket is missing here",
        "close the bracket, or put the text between double quotes",
    ),
    (
        "did not find expected '-' indicator",
        "an item of a list is expected here",
        "begin the item with `- `, lined up with the others",
    ),
    (
        "block sequence entries are not allowed",
        "a `- ` item stands here where a value was begun",
        "begin the list on a line of its own",
    ),
    ("unexpected end of stream", "a quote or bracket is not closed before the file ends", "close it"),
    ("cannot start any token", "this character cannot begin a value", _QUOTE),
    (
        "did not find expected",
        "this does not fit what stands before it",
        "check the indentation and the brackets of this line and the one above",
    ),
    (
        "unknown escape character",
        "a backslash in double quotes begins nothing known",
        "write it twice, or use single quotes",
    ),
    ("exceeded maximum", "values are nested too deeply here", "flatten this part"),
)


def _in_plain_words(problem: str) -> tuple[str, str]:
    for part, message, help_ in _PLAIN_WORDS:
        if part in problem:
            return message, help_
    return "this cannot be read as YAML", "check the indentation and the quotes here"
