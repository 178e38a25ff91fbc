"""Statements over businesses: built here, executed by whoever asks."""
