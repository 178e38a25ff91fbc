"""Catalogues taken in from spreadsheets."""
