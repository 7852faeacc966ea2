"""What a schema's refusal is called in plain words: one cause, one message, at the smallest place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from goldenthread.diagnostics import Diagnostic, Span, did_you_mean, nearest
from goldenthread.loading.terms import (
    AN_ID,
    TYPES,
    alternatives,
    forms_of,
    is_of,
    of_branch,
    own_keys,
    reason,
    ticked,
    type_name,
    type_of_branch,
    words_of_branch,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from goldenthread.loading.terms import ValidationError
    from goldenthread.source import Tree

Steps = list[Any]
_ITEMS = {
    "next": "this branch",
    "suggest": "this rule",
    "rule_out": "this rule",
    "caution": "this rule",
    "for": "this rule",
    "against": "this rule",
    "sources": "this source",
    "bands": "this band",
    "risk": "this risk item",
    "author": "this author",
}
_LIST_HELP = "write [a, b], or each item on a line of its own after `- `"


class Wording:
    """Words for the errors of one file against its schema."""

    def __init__(self, tree: Tree, schema: dict[str, Any]) -> None:
        self.tree, self.schema = tree, schema

    def describe(self, errors: Iterable[ValidationError]) -> list[Diagnostic]:
        """Give one finding for each cause."""
        errors = list(errors)
        # Where a value is of the wrong type, whatever else is wrong with it follows from that.
        wrong = {tuple(error.absolute_path) for error in errors if error.validator == "type"}
        found: list[Diagnostic] = []
        lacking: dict[tuple[Any, ...], list[ValidationError]] = {}
        for error in errors:
            path = tuple(error.absolute_path)
            if error.validator != "type" and path in wrong:
                continue
            if error.validator == "required":
                lacking.setdefault(path, []).append(error)
            else:
                found += self._one(error, list(path))
        for path, missing in lacking.items():
            found += self._lacks(missing, list(path))
        return list(dict.fromkeys(found))

    def _one(self, error: ValidationError, path: Steps) -> Iterator[Diagnostic]:
        if "between" in path[-2:]:
            span = self.tree.path(path[: path.index("between") + 1])
            yield self._error(
                "F003", "`between` must be two numbers", span, "the lowest and the highest: [0, 10]"
            )
            return
        match error.validator:
            case "type":
                yield self._wrong_type(error.instance, str(error.validator_value), error.schema, path)
            case "additionalProperties":
                yield from self._unknown_keys(error, path)
            case "enum":
                yield self._not_allowed(error, path)
            case "pattern":
                yield self._pattern(error, path)
            case "oneOf" | "anyOf":
                yield from self._forms(error, path)
            case "uniqueItems":
                yield self._twice(error.instance, path)
            case _:
                yield self._error("F004", f"{self._named(path)} {reason(error)}", self.tree.path(path))

    @staticmethod
    def _error(code: str, message: str, span: Span, help_: str = "") -> Diagnostic:
        return Diagnostic("error", code, message, span, help_)

    # Names and places

    def _named(self, path: Steps) -> str:
        if not path:
            return "this file"
        if not isinstance(path[-1], int):
            return f"`{path[-1]}`"
        owner = next((step for step in reversed(path) if not isinstance(step, int)), "")
        value = self._value(path)
        if isinstance(value, dict) or owner == "next":
            return _ITEMS.get(owner, f"item {path[-1] + 1} of `{owner}`")
        return f"item {path[-1] + 1} of `{owner}`"

    def _value(self, path: Steps) -> Any:
        data = self.tree.data
        for step in path:
            data = data[step]
        return data

    def _written(self, value: Any, path: Steps) -> str:
        """Give a value as the author wrote it: `3.10`, `true`."""
        if path:
            raw = self.tree.raw.get((id(self._value(path[:-1])), path[-1]))
            if raw is not None:
                return raw
        return str(value)

    def _owner(self, path: Steps) -> Span:
        if not path:
            return Span(self.tree.file, 1, 1, 2)
        return self.tree.path(path, on_key=isinstance(path[-1], str))

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in schema:
            schema = self.schema["$defs"][schema["$ref"].rpartition("/")[2]]
        return schema

    # One cause each

    def _wrong_type(self, value: Any, wanted: str, schema: dict[str, Any], path: Steps) -> Diagnostic:
        named, span = self._named(path), self.tree.path(path)
        if value is None:
            keyed = bool(path) and isinstance(path[-1], str)
            help_ = "write its value, or take the key out" if keyed else ""
            return self._error("F003", f"{named} is empty", self._owner(path), help_)
        words = TYPES.get(wanted, wanted)
        message = f"{named} must be {words}; it is {TYPES.get(type_name(value), 'something else')}"
        help_ = ""
        if wanted == "string" and isinstance(value, int | float):
            help_ = f'put it in quotes: "{self._written(value, path)}"'
        elif wanted == "boolean" and isinstance(value, str):
            help_ = "write true or false; yes and no are words here"
        elif wanted == "array":
            help_ = _LIST_HELP
        elif wanted == "object":
            keys = list(schema.get("properties", ()))
            lines = "write `key: value` lines under it"
            help_ = f"its keys are {ticked(keys)}" if 0 < len(keys) <= 12 else lines
            if isinstance(value, list) and not keys:
                help_ = "take each `- ` away and " + lines
        elif wanted == "integer" and isinstance(value, float):
            message = f"{named} must be a whole number; it is {self._written(value, path)}"
        return self._error("F003", message, span, help_)

    def _unknown_keys(self, error: ValidationError, path: Steps) -> Iterator[Diagnostic]:
        allowed = list(error.schema.get("properties", ()))
        for key in error.instance:
            if key not in allowed:
                span = self.tree.path([*path, key], on_key=True)
                free = [name for name in allowed if name not in error.instance]
                help_ = did_you_mean(
                    key, [near] if (near := nearest(key, free) or nearest(key, allowed)) else free
                )
                yield self._error("F001", f"`{key}` is not a key of {self._named(path)}", span, help_)

    def _misspelt(self, data: dict[str, Any], schema: dict[str, Any]) -> set[str]:
        """Give the keys that are there under a wrong name: that they are missing is not said as well."""
        allowed = [key for key in schema.get("properties", ()) if key not in data]
        unknown = [key for key in data if key not in schema.get("properties", ())]
        return {found for key in unknown if (found := nearest(key, allowed))}

    def _lacks(self, errors: list[ValidationError], path: Steps) -> Iterator[Diagnostic]:
        data, described = errors[0].instance, {}
        for error in errors:
            schema = self._resolved(error.schema)
            described.update(schema.get("properties", {}))
        whole = self._schema_at(path)
        described = {**whole.get("properties", {}), **described}
        misspelt = self._misspelt(data, {"properties": described})
        asked = dict.fromkeys(key for error in errors for key in error.validator_value)
        keys = [key for key in asked if key not in data and key not in misspelt]
        if not keys:
            return
        help_ = ""
        if len(keys) == 1:
            text = self._resolved(described.get(keys[0], {})).get("description", "")
            text = described.get(keys[0], {}).get("description", text)
            help_ = f"{keys[0]}: {text[0].lower()}{text[1:]}" if text else ""
        yield self._error("F002", f"{self._named(path)} lacks {ticked(keys)}", self._owner(path), help_)

    def _schema_at(self, path: Steps) -> dict[str, Any]:
        """Give the schema that describes the map at a path, as far as it can be followed without a choice."""
        schema = self.schema
        for step in path:
            schema = self._resolved(schema)
            if isinstance(step, int):
                schema = schema.get("items", {})
            else:
                further = schema.get("additionalProperties")
                schema = schema.get("properties", {}).get(step) or (
                    further if isinstance(further, dict) else {}
                )
        return self._resolved(schema)

    def _not_allowed(self, error: ValidationError, path: Steps) -> Diagnostic:
        allowed = [str(value) for value in error.validator_value]
        if error.instance is None:
            help_ = did_you_mean("", allowed)
            return self._error("F003", f"{self._named(path)} is empty", self._owner(path), help_)
        written = self._written(error.instance, path)
        if isinstance(error.instance, dict | list):
            message = f"{self._named(path)} must be a word; it is {TYPES[type_name(error.instance)]}"
            return self._error("F003", message, self.tree.path(path), did_you_mean("", allowed))
        on_key = "propertyNames" in error.absolute_schema_path
        if on_key:
            message, span = (
                f"`{written}` cannot stand in {self._named(path)}",
                self.tree.path([*path, written], on_key=True),
            )
        else:
            message, span = f"{self._named(path)} cannot be `{written}`", self.tree.path(path)
        return self._error("F004", message, span, did_you_mean(written, allowed))

    def _pattern(self, error: ValidationError, path: Steps) -> Diagnostic:
        value = str(error.instance)
        if not str(error.validator_value).startswith(AN_ID):
            described = self._schema_at(path).get("description", "")
            message = f"{self._named(path)} cannot be `{value}`"
            return self._error(
                "F004",
                message,
                self.tree.path(path),
                f"{described[0].lower()}{described[1:]}" if described else "",
            )
        on_key = "propertyNames" in error.absolute_schema_path
        span = self.tree.path([*path, value], on_key=True) if on_key else self.tree.path(path)
        help_ = "small letters, digits and `_`, beginning with a letter"
        better = re.sub(r"[^a-z0-9]+", "_", value.lower()).strip("_")
        if re.fullmatch(r"[a-z][a-z0-9_]{0,39}", better):
            help_ += f": `{better}`"
        return self._error("F004", f"`{value}` cannot be a name", span, help_)

    def _twice(self, items: list[Any], path: Steps) -> Diagnostic:
        n = next(n for n, item in enumerate(items) if item in items[:n])
        message = f"{self._named(path)} names `{items[n]}` twice"
        return self._error("F004", message, self.tree.path([*path, n]), "keep one of the two")

    # Values that may have one of several forms

    def _forms(self, error: ValidationError, path: Steps) -> Iterator[Diagnostic]:
        branches = [self._resolved(branch) for branch in error.validator_value]
        if all(set(branch) == {"required"} for branch in branches):
            yield from self._choice_of_keys(error, [branch["required"][0] for branch in branches], path)
            return
        value = error.instance
        own = [n for n, branch in enumerate(branches) if is_of(value, type_of_branch(branch))]
        if not own:
            yield self._no_form(value, branches, path)
        elif len(own) > 1:
            yield from self._keyed(error, [branches[n] for n in own], own, path)
        elif "const" in branches[own[0]]:
            others = [TYPES[type_of_branch(b)] for b in branches if "const" not in b]
            help_ = f"write {alternatives([words_of_branch(branches[own[0]]), *others])}"
            yield self._error("F004", f"{self._named(path)} cannot be `{value}`", self.tree.path(path), help_)
        else:
            yield from self.describe(of_branch(error, own[0]))

    def _no_form(self, value: Any, branches: list[dict[str, Any]], path: Steps) -> Diagnostic:
        if value is None:
            return self._wrong_type(None, "", {}, path)
        words = alternatives(words_of_branch(branch) for branch in branches)
        found = TYPES.get(type_name(value), "something else")
        help_ = ""
        if any(type_of_branch(branch) == "array" for branch in branches):
            help_ = "begin each item with `- `, on a line of its own"
        elif all(type_of_branch(branch) == "object" for branch in branches):
            help_ = f"write {forms_of(branches)}"
        elif any(type_of_branch(branch) == "string" for branch in branches) and not isinstance(value, list):
            help_ = f'put it in quotes: "{self._written(value, path)}"'
        message = f"{self._named(path)} must be {words}; it is {found}"
        return self._error("F003", message, self.tree.path(path), help_)

    def _choice_of_keys(self, error: ValidationError, keys: list[str], path: Steps) -> Iterator[Diagnostic]:
        data, schema = error.instance, self._schema_at(path) or error.schema
        present = [key for key in data if key in keys]
        if error.validator == "anyOf":
            if not self._misspelt(data, error.schema) & set(keys):
                message = f"{self._named(path)} rests on nothing: it needs {ticked(keys, 'or')}"
                help_ = "name the source, or write `basis: clinical_consensus`"
                yield self._error("F002", message, self._owner(path), help_)
        elif len(present) > 1:
            message = f"{self._named(path)} says {ticked(present)}; only one can stand"
            span = self.tree.path([*path, present[1]], on_key=True)
            yield self._error("F004", message, span, "make two nodes of it")
        elif not self._misspelt(data, schema) & set(keys):
            message = f"{self._named(path)} does not say what it does"
            yield self._error("F002", message, self._owner(path), f"a node has exactly one of {ticked(keys)}")

    def _keyed(
        self, error: ValidationError, branches: list[dict[str, Any]], numbers: list[int], path: Steps
    ) -> Iterator[Diagnostic]:
        """Describe a map that may have one of several sets of keys: a branch of `next`, a `measure`."""
        data, own, forms = error.instance, own_keys(branches), forms_of(branches)
        present = [n for n, keys in enumerate(own) if any(key in data for key in keys)]
        if not present:
            every = [key for keys in own for key in keys]
            slips = {found for key in data if (found := nearest(key, every))}
            present = [n for n, keys in enumerate(own) if slips & set(keys)]
        if len(present) == 1:
            yield from self.describe(of_branch(error, numbers[present[0]]))
        elif present:
            keys = [key for key in data if any(key in own[n] for n in present)]
            last = next(
                (key for key in keys[1:] if not any({key, keys[0]} <= set(names) for names in own)), keys[-1]
            )
            span = self.tree.path([*path, last], on_key=True)
            yield self._error(
                "F004", f"`{keys[0]}` and `{last}` cannot stand together", span, f"write {forms}"
            )
        else:
            yield self._error(
                "F002", f"{self._named(path)} has no {forms}", self._owner(path), f"write {forms}"
            )
