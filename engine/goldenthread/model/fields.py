"""How a field of the model is written in YAML: its key, and which reader makes its value."""

from __future__ import annotations

from dataclasses import field
from typing import Any


def authored(reader: str = "plain", key: str = "", default: Any = None) -> Any:
    """Declare a field that authors write. `key` is its YAML key where it differs from the field's name."""
    metadata = {"reader": reader, "key": key}
    if default == {}:
        return field(default_factory=dict, metadata=metadata)
    return field(default=default, metadata=metadata)
