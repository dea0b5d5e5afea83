"""The same restoration on data that others move: Arrow batches (Spark, Ray Data, DuckDB, Polars) and Ray clusters."""
