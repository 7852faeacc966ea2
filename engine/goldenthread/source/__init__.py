"""YAML text to a located tree."""

from goldenthread.source.parse import parse, read
from goldenthread.source.places import Places
from goldenthread.source.tree import Tree

__all__ = ["Places", "Tree", "parse", "read"]
