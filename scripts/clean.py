"""Removes everything the project made on this machine, unless it is being used."""

import argparse
import contextlib
import fcntl
import os
import shutil
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MADE = (
    "var",
    ".venv",
    "node_modules",
    "frontend/static/dist",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".import_linter_cache",
    ".hypothesis",
    ".coverage",
)


def refuse_while_used() -> None:
    """A running site holds a lock on its servers."""
    for tenants in (ROOT / "var").glob("*.tenants"):
        with tenants.open("r+") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                sys.exit("The site is running from this folder: stop it first (Ctrl-C).")


def end_orphan(pid_file: Path, name: str) -> None:
    """Stops a server that a killed supervisor left behind."""
    with contextlib.suppress(FileNotFoundError, ValueError, ProcessLookupError, IndexError):
        pid = int(pid_file.read_text().splitlines()[0])
        if Path(f"/proc/{pid}/comm").read_text().strip() == name:
            os.kill(pid, signal.SIGINT)
            time.sleep(2)


def remove_everything() -> None:
    """Everything in MADE; what is not there is no fault."""
    for name in MADE:
        path = ROOT / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Cleans; argparse answers --help and refuses everything else before anything is removed."""
    parser = argparse.ArgumentParser(
        description=f"{__doc__} That is, in {ROOT}: {', '.join(MADE)}.",
        allow_abbrev=False,
    )
    parser.parse_args(arguments)
    refuse_while_used()
    end_orphan(ROOT / "var/postgres/postmaster.pid", "postgres")
    end_orphan(ROOT / "var/meilisearch/pid", "meilisearch")
    remove_everything()


if __name__ == "__main__":
    main()
