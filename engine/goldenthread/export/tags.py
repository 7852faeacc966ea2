"""What a clinic's template may do, and what is wrong with one: foreign code, that may read words and nothing else."""

from __future__ import annotations

import re
import traceback
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from goldenthread.diagnostics import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

FILTERS = (
    "capitalize", "count", "d", "default", "e", "escape", "first", "join", "last", "length", "list", "lower",
    "reverse", "sort", "title", "trim", "unique", "upper",
)  # fmt: skip
"""What may be done with a value in a template."""
TESTS = (
    "defined",
    "undefined",
    "none",
    "string",
    "in",
    "equalto",
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
    "==",
    "!=",
)
"""What may be asked of a value."""
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{\{[^{}]*\}?|\{%[^{}]*\}?", re.DOTALL)
_MARKUP = re.compile(r"<[^>]+>")
_LONGEST_TAG = 80
_LONGEST_JOINT = 20
_DEEPEST = 2
"""Loops inside each other: more would let a small template write without end."""


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """What is wrong with a template: in which one, at which tag, what, and what to do."""

    template: str
    tag: str
    message: str
    help: str = ""

    @property
    def said(self) -> str:
        """What is wrong, and where, in one line."""
        at = f" at {self.tag}" if self.tag else ""
        return f"{self.template}{at}: {self.message}"

    def __str__(self) -> str:
        return self.said + (f"; {self.help}" if self.help else "")


def environment() -> Any:
    """Give a Jinja that reads maps, lists and words: no loader, no attributes that Python keeps, few filters."""
    from jinja2 import StrictUndefined  # noqa: PLC0415 -- as above
    from jinja2.exceptions import SecurityError  # noqa: PLC0415 -- as above
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415 -- as above

    class Sandbox(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset({"*", "**", "%", "//", "/"})

        def call_binop(self, *_: Any) -> Any:
            raise SecurityError("a product can be larger than any memory")

        def is_safe_callable(self, obj: Any) -> bool:  # noqa: ARG002 -- the shape that Jinja asks for
            return False

    environment = Sandbox(undefined=StrictUndefined, autoescape=True)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in FILTERS} | {"join": _join}
    return environment


def _join(values: Iterable[str], between: str = "") -> Any:
    from markupsafe import Markup  # noqa: PLC0415 -- as above

    return Markup(str(between)[:_LONGEST_JOINT]).join(values)  # noqa: S704 -- joins escaped what it is given


def _sources(made: Any) -> Iterator[str]:
    """Give every part of a template that is filled in, as Jinja reads it: a paragraph a line."""
    xml = [made.patch_xml(made.get_xml())]
    for uri in (made.HEADER_URI, made.FOOTER_URI):
        xml += [made.patch_xml(made.xml_to_string(part.element)) for _, part in _parts(made, uri)]
    parts = made.docx.part.package.iter_parts()
    notes = [part.blob.decode() for part in parts if part.content_type.endswith(".footnotes+xml")]
    xml += map(made.patch_xml, notes)
    about = made.docx.core_properties
    xml += [
        getattr(about, name) or ""
        for name in ("author", "comments", "identifier", "language", "subject", "title")
    ]
    for part in xml:
        yield re.sub(r"<w:p([ >])", r"\n<w:p\1", part)


def _parts(made: Any, uri: str) -> Iterator[tuple[str, Any]]:
    for key, relation in made.docx.part.rels.items():
        if relation.reltype == uri:
            yield key, relation.target_part


def misread(made: Any, sandbox: Any, words: Mapping[str, Any], name: str) -> Iterator[TemplateProblem]:
    """Give each tag that cannot be read, that names what there is not, that would do more than show, or that fails."""
    import jinja2  # noqa: PLC0415 -- as above

    for source in _sources(made):
        try:
            tree = sandbox.parse(source)
        except jinja2.TemplateSyntaxError as error:
            message = str(error.message)
            said = re.search(r"'(\w+)'", message)
            tag = _tag_at(source, error.lineno, said[1] if said else "")
            yield TemplateProblem(name, tag, _mended(message), _SYNTAX)
            continue
        for line, word, message, help_ in chain(_runs(source), _forbidden(tree), _unnamed(tree, words)):
            yield TemplateProblem(name, _tag_at(source, line, word), message, help_)
        try:
            sandbox.from_string(source).render({"plan": words})
        except Exception as error:  # noqa: BLE001 -- as above
            yield _failed(name, source, error)


Finding = tuple[int, str, str, str]
"""The line, a word of the tag, what is wrong, and what to do."""
_ONLY = "a template may show what the plan says, with `for` and `if`, and no more"
_SYNTAX = "look whether each {{ has its }}, each {% its %}, each `for` its `endfor` and each `if` its `endif`"


def _mended(message: str) -> str:
    message = message.partition(". ")[0].rstrip(".")
    return message[:1].lower() + message[1:]


def _near(name: str, names: Collection[str]) -> str:
    return did_you_mean(name, names) or f"there are: {', '.join(names)}"


def _forbidden(tree: Any) -> Iterator[Finding]:
    """Give what would do more than show: other statements, calls, reckoning, what Python keeps for itself."""
    from jinja2 import nodes  # noqa: PLC0415 -- as above

    shows = (nodes.Output, nodes.For, nodes.If)
    reckons = (nodes.Call, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)
    for node in tree.find_all((nodes.Stmt, *reckons)):
        if not isinstance(node, shows):
            within = (inner.lineno for inner in node.find_all(nodes.Node) if inner.lineno)
            yield node.lineno or next(within, 0), "", _ONLY, "take the tag out"
    for node in tree.find_all(nodes.Output):
        for shown in node.nodes:
            if (whole := _path(shown)) in {"plan", "plan.lines"}:
                yield shown.lineno, whole, f"`{whole}` is no text", f"say which part of it: {whole}.goals"
    for node in tree.find_all((nodes.Getattr, nodes.Getitem)):
        key = _key(node)
        if key is not None and key.startswith("_"):
            yield node.lineno, key, _ONLY, "take the tag out"
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        known = FILTERS if isinstance(node, nodes.Filter) else TESTS
        if node.name not in known:
            yield node.lineno, node.name, f"there is no `{node.name}` here", _near(node.name, known)
    for node in tree.find_all(nodes.For):
        if _deep(node) > _DEEPEST:
            message = f"there are more than {_DEEPEST} loops inside each other"
            yield node.lineno, "for", message, "take one of them out"


def _runs(source: str) -> Iterator[Finding]:
    """Give values that stand outside every text: `{{r …}}` and `{{p …}}` put whole runs there, and would drop words."""
    for found in re.finditer(r"\{\{", source) if "<w:" in source else ():
        before = source[: found.start()]
        text = max(before.rfind("<w:t>"), before.rfind("<w:t "))
        if before.rfind("</w:t>") > text and not before.endswith('"'):
            word = re.match(r"\{\{\s*([\w.]+)", source[found.start() :])
            line = before.count("\n") + 1
            tag = f"{{{{ {word[1] if word else '…'} }}}}"
            yield (
                line,
                "",
                "a value stands outside the text",
                f"write {tag} without a letter after the braces",
            )


def _deep(loop: Any) -> int:
    from jinja2 import nodes  # noqa: PLC0415 -- as above

    return 1 + max((_deep(inner) for inner in loop.find_all(nodes.For)), default=0)


def _unnamed(tree: Any, words: Mapping[str, Any]) -> Iterator[Finding]:
    """Give the names in a template that there are not: `plan.gaols`, `plan.lines.problems`, `client`."""
    from jinja2 import meta, nodes  # noqa: PLC0415 -- as above

    places = {"plan": words, "plan.lines": words["lines"]}
    for node in tree.find_all((nodes.Getattr, nodes.Getitem)):
        path, key = _path(node.node), _key(node)
        known = places.get(path)
        if known is not None and key is not None and key not in known:
            names = [f"{path}.{name}" for name in known]
            yield node.lineno, key, f"there is no `{path}.{key}`", _near(f"{path}.{key}", names)
    unknown = {*meta.find_undeclared_variables(tree), "self"} - {"plan"}
    for node in tree.find_all(nodes.Name):
        if node.name in unknown:
            near = _near(f"plan.{node.name}", [f"plan.{word}" for word in words])
            message = f"there is no `{node.name}`: what a template shows begins with `plan.`"
            yield node.lineno, node.name, message, near


def _path(node: Any) -> str:
    from jinja2 import nodes  # noqa: PLC0415 -- as above

    if isinstance(node, nodes.Name):
        return str(node.name)
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        key = _key(node)
        return f"{_path(node.node)}.{key}" if key is not None else ""
    return ""


def _key(node: Any) -> str | None:
    """Give the name that is asked for; None where it is only known when the template is filled."""
    attr = getattr(node, "attr", None)
    if attr is None:
        value = getattr(node.arg, "value", None)
        return value if isinstance(value, str) else None
    return str(attr)


def _tags(line: str) -> list[str]:
    found = _TAG.findall(_MARKUP.sub("", line))
    return [" ".join(tag.split()) for tag in found]


def _tag_at(source: str, line: int, word: str = "") -> str:
    """Give the tag in a paragraph; where it has several, the one that holds a word."""
    lines = source.splitlines()
    tags = _tags(lines[line - 1]) if 0 < line <= len(lines) else []
    tags = (
        [tag for tag in tags if re.search(rf"(?<![\w.]){re.escape(word)}\b", tag)]
        or [tag for tag in tags if word in tag]
        or tags
    )
    return tags[0][:_LONGEST_TAG] if tags else ""


def _failed(name: str, source: str, error: Exception) -> TemplateProblem:
    """Say at which tag a template failed. What the plan holds is no part of the message."""
    from jinja2 import UndefinedError  # noqa: PLC0415 -- as above

    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    lines = [frame.f_lineno for frame in frames if frame.f_code.co_filename == "<template>"]
    tag = _tag_at(source, lines[-1]) if lines else ""
    if isinstance(error, UndefinedError):
        return TemplateProblem(name, tag, _mended(str(error)), "a template shows texts and lists of texts")
    message = f"this tag cannot be filled in ({type(error).__name__})"
    return TemplateProblem(name, tag, message, "show a text or a list of texts")
