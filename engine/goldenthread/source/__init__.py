"""YAML text to a located tree."""

from goldenthread.source.places import Places
from goldenthread.source.text import Parsed, fetch, parse, read
from goldenthread.source.tree import Tree

__all__ = ["Parsed", "Places", "Tree", "fetch", "parse", "read"]
