"""`python -m marketplace.app` is the command line, too."""

from marketplace.app.cli import main

main()
