"""cleaner gives machine-paraphrased news its original wording back, and explains every change.

>>> from cleaner import restore
>>> restore("").text
''
"""

from cleaner.edits import Alternative, Edit, Result, apply, revert
from cleaner.pipeline import Restorer, restore

__all__ = ["Alternative", "Edit", "Restorer", "Result", "apply", "restore", "revert"]
__version__ = "0.1.0"
