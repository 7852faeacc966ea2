"""Codes of files that are YAML and do not have the form that their kind asks for: F001 to F005."""

from __future__ import annotations

from goldenthread.diagnostics.code import Code, Sample, flowchart

_PASSES = Sample(
    flowchart("opening:\n  ask: What brings you here?\n  answer: text\n  next: done\ndone:\n  end: Begun\n")
)


def _with(old: str, new: str) -> Sample:
    text = str(_PASSES.text)
    return Sample(text.replace(old, new))


FORM = (
    Code(
        "F001",
        "a key that is not known here",
        "This key has no meaning at this place. It is misspelt, or it is indented too far or not far enough "
        "and so belongs to another part. The help line names the nearest key, or those that may still be "
        "written here.",
        _with("ask:", "aks:"),
        _PASSES,
    ),
    Code(
        "F002",
        "something that is needed is missing",
        "This part cannot be used without the keys that are named. A node says exactly one thing that it "
        "does (ask, measure, decide, tell, visit or end), and every rule names its sources or says that it "
        "is clinical consensus. Write the missing keys under the part that is marked.",
        _with("purpose: Begin.\n", ""),
        _PASSES,
    ),
    Code(
        "F003",
        "a value of the wrong kind",
        "Words, a number, true or false, a list or a map of keys is asked for, and something else stands "
        "here. A text that looks like a number is put in quotes, and a list is written `[a, b]` or with `- "
        "` before each item. A key that has no value at all is either filled in or taken out.",
        _with("next: done", "next: {done: true}"),
        _PASSES,
    ),
    Code(
        "F004",
        "a value that is not allowed",
        "The value is of the right kind and still cannot stand here: it is not one of the words to choose "
        "from, lies outside the limits, stands twice, or is not written like a name. Names have small "
        "letters, digits and `_` and begin with a letter. The help line says what is allowed.",
        _with("answer: text", "answer: words"),
        _PASSES,
    ),
    Code(
        "F005",
        "the file does not say what it is",
        "The first key of a file says what it holds: `flowchart:` for a flowchart, `goals:` for goals, and "
        "so on. The key that stands first here is none of these. Move the right one to the top, or correct "
        "its spelling.",
        _with("flowchart:", "flowchat:"),
        _PASSES,
    ),
)
