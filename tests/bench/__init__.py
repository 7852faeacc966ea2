"""Measurements: each beside something run in the same minute on the same machine, as a ratio. `make bench` runs them."""
