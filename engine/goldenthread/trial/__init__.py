"""Content tried on cases: vignettes with the outcomes expected of them."""

from goldenthread.trial.vignette import Outcome, Vignette, read_vignettes, run_vignette

__all__ = ["Outcome", "Vignette", "read_vignettes", "run_vignette"]
