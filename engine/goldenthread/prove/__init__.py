"""Proof: what some answers do, and what no answers can do, over every route through a library."""

from goldenthread.prove.case import Case
from goldenthread.prove.prove import Proof, Prover, Verdict, prove
from goldenthread.prove.witness import Replayed

__all__ = ["Case", "Proof", "Prover", "Replayed", "Verdict", "prove"]
