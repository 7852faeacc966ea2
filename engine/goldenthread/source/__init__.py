"""YAML text to a located tree."""

from goldenthread.source.tree import Tree, parse, read

__all__ = ["Tree", "parse", "read"]
