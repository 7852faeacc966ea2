"""YAML text to a located tree."""

from goldenthread.source.places import Places
from goldenthread.source.tree import Tree, parse, read

__all__ = ["Places", "Tree", "parse", "read"]
