"""Problems an operator can mend are told in a sentence, without a traceback."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import psycopg
from pydantic import ValidationError

from marketplace.app.embedded.account import AccountError
from marketplace.app.embedded.postgres import EmbeddedPostgresError


class OperatorError(Exception):
    """Something the operator must mend before it goes on; the message says how."""


@contextmanager
def told_plainly() -> Iterator[None]:
    """Ends the process with one plain message where the operator can do something."""
    try:
        yield
    except (OperatorError, AccountError, EmbeddedPostgresError) as problem:
        _end(str(problem))
    except ValidationError as problem:
        lines = [f"{_setting(error['loc'])}{error['msg']}" for error in problem.errors()]
        _end("The settings are not usable.\n" + "\n".join(lines))
    except Exception as problem:
        # SQLAlchemy wraps the driver's error; importing it here would slow every command down.
        cause = getattr(problem, "orig", problem)
        if not isinstance(cause, psycopg.OperationalError):
            raise
        _end(f"PostgreSQL does not answer at DATABASE_URL. {cause}\nSee `marketplace doctor`.")


def _setting(location: tuple[int | str, ...]) -> str:
    return f"{str(location[0]).upper()}: " if location else ""


def _end(message: str) -> NoReturn:
    sys.stderr.write(f"{message}\n")
    sys.exit(1)
