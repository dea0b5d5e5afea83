"""Speed, memory and figures, beside other tools and as inputs grow: ``python -m benchmarks.run``."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
