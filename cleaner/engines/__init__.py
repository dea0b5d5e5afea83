"""The same restoration on data that others move: Arrow batches (Spark, Ray Data, DuckDB, Polars) and Ray clusters."""


class EngineError(ValueError):
    """An engine that cannot be used; the message names it and the cause."""
