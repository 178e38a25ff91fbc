"""Statements of the catalogue: built here, executed by whoever asks."""
