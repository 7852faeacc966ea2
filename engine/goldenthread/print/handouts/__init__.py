"""The handouts, each on one page."""
