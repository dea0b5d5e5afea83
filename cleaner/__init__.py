"""cleaner gives machine-paraphrased news its original wording back, and explains every change.

>>> from cleaner import restore
>>> restore("").text
''
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.edits import Alternative, Edit, Result, apply, revert

if TYPE_CHECKING:
    from cleaner.detection import Detection
    from cleaner.pipeline import Restorer, detect, restore

__all__ = ["Alternative", "Detection", "Edit", "Restorer", "Result", "apply", "detect", "restore", "revert"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load the pipeline, and NumPy with it, only when it is wanted: ``cleaner --help`` needs neither."""
    if name in ("Detection", "Restorer", "detect", "restore"):
        from cleaner import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module 'cleaner' has no attribute {name!r}")
