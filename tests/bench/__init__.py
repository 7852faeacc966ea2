"""Measurements, each beside something run in the same minute, as a ratio. `make bench` runs them."""
