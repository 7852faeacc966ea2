"""What content authors write with: the house form of a file, numbers of nodes, and new files to begin from."""

from goldenthread.author.form import Formed, NotTheSameError, form

__all__ = ["Formed", "NotTheSameError", "form"]
