"""Every word of blocks, however deep."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from goldenthread.print.content import Run


def said(block):
    """Give every word of blocks, however deep."""
    if isinstance(block, str):
        return block
    if isinstance(block, Run):
        return block.text
    if isinstance(block, tuple):
        return " ".join(map(said, block))
    if is_dataclass(block):
        return " ".join(said(getattr(block, field.name)) for field in fields(block))
    return ""
