"""The command line: :func:`main` is its entry point, one file a command."""

from cleaner.cli.app import app, main

__all__ = ["app", "main"]
