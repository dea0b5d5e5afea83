"""Restoration where people process language: spaCy pipelines and Hugging Face datasets."""
