"""When our own processes look for garbage; a program that uses cleaner as a library decides that for itself."""

import gc

THRESHOLDS = 100_000, 20, 20


def collect_rarely() -> None:
    """Let Python's collector of reference cycles run at :data:`THRESHOLDS`.

    Tables and candidates are many objects that live on, nearly all without cycles. At Python's own thresholds, made for
    programs with few objects, walking over them again and again takes a sixth of the time of loading and restoring.
    """
    gc.set_threshold(*THRESHOLDS)
