"""Content tried on cases: vignettes with the outcomes expected of them."""

from goldenthread.trial.outcome import Outcome, check_vignette, run_vignette
from goldenthread.trial.vignette import Vignette, read_vignettes

__all__ = ["Outcome", "Vignette", "check_vignette", "read_vignettes", "run_vignette"]
