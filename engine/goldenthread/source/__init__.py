"""YAML text to a located tree."""

from goldenthread.source.places import Places
from goldenthread.source.text import parse, read
from goldenthread.source.tree import Tree

__all__ = ["Places", "Tree", "parse", "read"]
