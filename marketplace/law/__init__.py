"""Dated facts of the law: its sources, public holidays, how long what is kept."""
