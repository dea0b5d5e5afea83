"""Tokens with offsets, case, articles, spelling."""
