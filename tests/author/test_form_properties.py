"""Whatever a file holds, and however it is written, the house form says the same and keeps its comments."""

from __future__ import annotations

import io
import random
import string
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from goldenthread.author.comments import attach
from goldenthread.author.form import comments, form, same
from goldenthread.author.script import Script
from goldenthread.source import parse

signs = string.ascii_letters + string.digits + " -:#,.?!'\"\\[]{}&*|>%@`~=<é–🙂\n"
words = st.text(alphabet=signs, max_size=30) | st.sampled_from(
    [
        "yes",
        "null",
        "~",
        "true",
        "1.10",
        "007",
        "2026-01-31",
        "- a",
        "a: b",
        "a #b",
        "---",
        "...",
        "-",
        " a",
        "a ",
        "a\n",
        "\na",
        "a\n\n b",
        "#",
        "a\x85b",
        "a\tb",
        "\u2028",
        "-5",
        "?",
    ]
)
long_texts = st.lists(st.text(alphabet="abc:#,'é ", min_size=1, max_size=12), min_size=20, max_size=60).map(
    " ".join
)
scalars = words | long_texts | st.integers(-9, 999) | st.booleans() | st.none()
keys = st.text(alphabet=string.ascii_lowercase + "_ é:'#", min_size=1, max_size=12)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=14,
)
nodes = st.fixed_dictionaries(
    {},
    optional={
        "next": st.lists(st.fixed_dictionaries({"go": words, "when": long_texts}), max_size=3) | words,
        "why": long_texts,
        "options": st.dictionaries(keys, words | st.fixed_dictionaries({"note": words, "label": words})),
        "ask": words,
        "number": st.sampled_from([3.1, "3.10", 4]),
        "other": values,
    },
)
files = st.fixed_dictionaries(
    {"flowchart": words},
    optional={
        "nodes": st.dictionaries(keys, nodes, max_size=4),
        "title": words,
        "facts": values,
        "extra": values,
    },
).map(lambda data: {"flowchart": data["flowchart"], **data})
styles = st.sampled_from([True, False, None])


def with_comments(text: str, seed: int) -> str:
    """Put comments on lines of their own and at the ends of lines, wherever they still are comments."""
    chance = random.Random(seed)  # noqa: S311 -- places for comments, nothing secret
    lines = text.split("\n")
    wanted = parse(text, "x.yaml")[0]
    assert wanted is not None
    for n in range(8):
        at = chance.randrange(len(lines))
        remark = f"# remark {n}"
        tried = list(lines)
        if chance.random() < 0.5:
            tried.insert(at, " " * chance.randrange(0, 8, 2) + remark)
        else:
            tried[at] += " " + remark
        if chance.random() < 0.3:
            tried.insert(at, "")
        tree, found, _ = parse("\n".join(tried), "x.yaml")
        if tree is not None and not found and same(tree.data, wanted.data):
            lines = tried
    return "\n".join(lines)


def remarks(text: str) -> Any:
    tree, _, _ = parse(text, "x.yaml")
    assert tree is not None
    script = Script(tree, text)
    attach(script)
    return comments(script.root)


def second_reader(text: str) -> Any:
    """What another reader of YAML 1.2 makes of a text."""
    reader = YAML(typ="safe", pure=True)
    return reader.load(io.StringIO(text))


@given(files, styles, st.sampled_from([20, 80, 100_000]), st.integers())
@settings(max_examples=200)
def test_the_house_form_says_the_same_keeps_comments_and_is_settled(
    data: dict[str, Any], flow: bool | None, width: int, seed: int
) -> None:
    written = yaml.dump(
        data,
        Dumper=yaml.SafeDumper,
        default_flow_style=flow,
        width=width,
        allow_unicode=True,
        sort_keys=False,
    )
    text = with_comments(written, seed)
    before, found, _ = parse(text, "x.yaml")
    assert before is not None
    assert not found
    formed = form(text.encode(), "x.yaml")
    assert not formed.found
    after, found, _ = parse(formed.after, "x.yaml")
    assert after is not None
    assert not found
    assert same(after.data, before.data)
    assert remarks(formed.after) == remarks(text)
    assert formed.after.count("# remark") == text.count("# remark")
    assert form(formed.after.encode(), "x.yaml").after == formed.after


plain_words = st.text(alphabet=string.ascii_letters + " -:#,.?!'\"[]{}é", max_size=40)
plain_files = st.fixed_dictionaries(
    {"flowchart": plain_words},
    optional={
        "title": plain_words,
        "nodes": st.dictionaries(
            keys, st.dictionaries(keys, plain_words | long_texts | st.lists(plain_words)), max_size=3
        ),
    },
).map(lambda data: {"flowchart": data["flowchart"], **data})


@given(plain_files, styles)
@settings(max_examples=60)
def test_another_reader_of_yaml_reads_the_same(data: dict[str, Any], flow: bool | None) -> None:
    text = yaml.dump(
        data, Dumper=yaml.SafeDumper, default_flow_style=flow, allow_unicode=True, sort_keys=False
    )
    assert second_reader(form(text.encode(), "x.yaml").after) == second_reader(text)
