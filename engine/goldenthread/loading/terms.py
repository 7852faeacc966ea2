"""What the types, limits and forms in a schema are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

ValidationError = Any
"""One of jsonschema; its stubs let every part be unset, which none is once it was raised."""
TYPES = {
    "string": "words",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a map of keys",
    "null": "nothing",
}
_PYTHON = (
    (bool, "boolean"),
    (int, "integer"),
    (float, "number"),
    (str, "string"),
    (list, "array"),
    (dict, "object"),
    (type(None), "null"),
)
AN_ID = "^[a-z]"


def type_name(value: Any) -> str:
    """Give the schema's name for the type of a value."""
    return next((name for type_, name in _PYTHON if isinstance(value, type_)), "")


def is_of(value: Any, type_: str) -> bool:
    """Say whether a value is of a type; a whole number is a number too."""
    return type_name(value) == type_ or (type_ == "number" and type_name(value) == "integer")


def alternatives(words: Iterable[str]) -> str:
    """Join words as alternatives, each once: `a, b or c`."""
    *first, last = dict.fromkeys(words)
    return f"{', '.join(first)} or {last}" if first else last


def ticked(keys: Iterable[str], word: str = "and") -> str:
    """Join keys between backticks: `a`, `b` and `c`."""
    *first, last = [f"`{key}`" for key in keys]
    return f"{', '.join(first)} {word} {last}" if first else last


def own_keys(branches: list[dict[str, Any]]) -> list[list[str]]:
    """Give, for each form of a map, the keys that no other form has."""
    every = [key for branch in branches for key in branch["properties"]]
    return [[key for key in branch["properties"] if every.count(key) == 1] for branch in branches]


def forms_of(branches: list[dict[str, Any]]) -> str:
    """Give the forms of a map by the keys that each needs and no other has."""
    own = own_keys(branches)
    needed = zip(branches, own, strict=True)
    return alternatives(ticked(key for key in branch["required"] if key in keys) for branch, keys in needed)


def type_of_branch(branch: dict[str, Any]) -> str:
    """Give the type that one form of a value has."""
    return str(branch.get("type") or type_name(branch.get("const")))


def words_of_branch(branch: dict[str, Any]) -> str:
    """Give what one form of a value is called."""
    if "const" in branch:
        return f"`{branch['const']}`"
    if str(branch.get("pattern", "")).startswith(AN_ID):
        return "a name"
    return TYPES[type_of_branch(branch)]


def of_branch(error: ValidationError, number: int) -> list[ValidationError]:
    """Give the errors of a value against one of its forms."""
    return [sub for sub in error.context or () if next(iter(sub.schema_path)) == number]


def reason(error: ValidationError) -> str:
    """Say which limit a value does not keep."""
    value, limit = error.instance, error.validator_value
    reasons = {
        "minLength": "is empty",
        "minItems": "is empty" if not value else f"needs {limit} items",
        "maxItems": f"has more than {limit} items",
        "minProperties": "is empty",
        "minimum": f"is {value}; {limit} is the least",
        "maximum": f"is {value}; {limit} is the most",
        "exclusiveMinimum": f"is {value}; it must be over {limit}",
        "maxLength": f"is longer than {limit} characters",
        "format": f"is `{value}`; a date is written 2026-01-31",
        "const": f"must be `{limit}`",
    }
    return reasons.get(str(error.validator), "does not have the form that is asked for")
