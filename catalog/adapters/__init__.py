"""The catalogue's connections to the outside: files of spreadsheets."""
