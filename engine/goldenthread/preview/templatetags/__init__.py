"""Template tags of the preview."""
