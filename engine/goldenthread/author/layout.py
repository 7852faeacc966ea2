"""The house form: two blanks a level, what is short in brackets stays so, one blank line between entries."""

from __future__ import annotations

from goldenthread.author.scalars import WIDTH, key, lines, one_line
from goldenthread.author.script import Block, Item, Scalar

_STEP = 2
_PARTED = ("nodes", "entries")


def write(root: Block) -> str:
    """Write a file."""
    return "\n".join(_block(root, 0, top=True)) + "\n"


def _block(block: Block, indent: int, *, top: bool = False, parted: bool = False) -> list[str]:
    pad = " " * indent
    out: list[str] = []
    was_short = True
    for n, item in enumerate(block.items):
        body = _item(item, indent, parted=top and item.key in _PARTED)
        short = len(body) == 1 and not item.above
        blank = item.spaced_off or (parted and not (short and was_short)) or (top and item.key == "nodes")
        if n and blank:
            out.append("")
        out += _above(item, pad) + body
        was_short = short
    for comment in block.below:
        out += ["", pad + comment.text] if comment.spaced else [pad + comment.text]
    return out


def _above(item: Item, pad: str) -> list[str]:
    out = []
    for n, comment in enumerate(item.above):
        out += ["", pad + comment.text] if n and comment.spaced else [pad + comment.text]
    return [*out, ""] if out and item.spaced else out


def _item(item: Item, indent: int, *, parted: bool) -> list[str]:
    """Write a key or a dash with its value."""
    pad = " " * indent
    head = pad + ("-" if item.key is None else f"{key(item.key)}:")
    beside = f" {item.beside}" if item.beside else ""
    if isinstance(item.value, Scalar):
        first, rest = lines(item.value, WIDTH - len(head) - 1, WIDTH - indent - _STEP)
        whole = f"{head} {first}" if first else head
        return [whole + beside, *(" " * (indent + _STEP) + line if line else "" for line in rest)]
    short = _in_brackets(item.value)
    if short is not None and len(head) + 1 + len(short) <= WIDTH:
        return [f"{head} {short}{beside}"]
    inner = _block(item.value, indent + _STEP, parted=parted)
    if item.key is not None:
        return [head + beside, *inner]
    # Nothing but the value itself can stand beside a dash: comments go above it.
    remarks = [pad + item.beside] if item.beside else []
    while inner[0].lstrip().startswith("#") or not inner[0]:
        remarks.append(inner.pop(0)[_STEP:])
    return [*remarks, f"{head} {inner[0][indent + _STEP :]}", *inner[1:]]


def _in_brackets(block: Block) -> str | None:
    """Write a map or list in brackets; None where it was not so written, or holds what cannot stand there."""
    if not block.items:
        return "{}" if block.is_map else "[]"
    return _flow(block) if block.flow else None


def _flow(block: Block) -> str | None:
    if block.below:
        return None
    parts = []
    for item in block.items:
        if item.above or item.beside:
            return None
        if isinstance(item.value, Block):
            value = _flow(item.value) if item.value.items else _in_brackets(item.value)
        else:
            text = item.value.value
            value = None if isinstance(text, str) and "\n" in text else one_line(item.value, flow=True)
        if value is None:
            return None
        parts.append(value if item.key is None else f"{key(item.key, flow=True)}: {value}")
    return "{" + ", ".join(parts) + "}" if block.is_map else "[" + ", ".join(parts) + "]"
