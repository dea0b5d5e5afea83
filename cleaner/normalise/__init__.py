"""Scrape residue and other damage that needs no judgement."""
