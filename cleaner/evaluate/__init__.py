"""Figures: what is undone, how precisely, and what is harmed."""

from cleaner.evaluate.run import Evaluation, FolderError, evaluate, run

__all__ = ["Evaluation", "FolderError", "evaluate", "run"]
