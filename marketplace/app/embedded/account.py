"""The account PostgreSQL runs under when we are root, which it refuses to serve.

The wheel's way is kept (a user called `pgserver`) but less is opened than it would open: the
folders above the data and above the programs become traversable for others, never listable.
"""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Final

import structlog

ACCOUNT: Final = "pgserver"
TRAVERSABLE: Final = stat.S_IXOTH
READABLE: Final = stat.S_IROTH

log = structlog.get_logger(__name__)


class AccountError(Exception):
    """Root cannot make the account that PostgreSQL must run under."""


def server_account() -> pwd.struct_passwd | None:
    """The account to run PostgreSQL under, made when missing; None: our own will do."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        _add_account()
        return pwd.getpwnam(ACCOUNT)


def open_parents(path: Path) -> None:
    """Lets other accounts pass through the folders above `path`."""
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & TRAVERSABLE:
            log.info("Opening a folder for the database server to pass.", folder=str(folder))
            folder.chmod(stat.S_IMODE(mode) | TRAVERSABLE)


def open_programs(folder: Path) -> None:
    """Lets other accounts read and run what the wheel installed."""
    open_parents(folder)
    for path in (folder, *folder.rglob("*")):
        if path.is_symlink():
            continue
        mode = stat.S_IMODE(path.stat().st_mode)
        runnable = path.is_dir() or mode & stat.S_IXUSR
        wanted = mode | READABLE | (TRAVERSABLE if runnable else 0)
        if wanted != mode:
            path.chmod(wanted)


def _add_account() -> None:
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if program is None:
        raise AccountError(
            "PostgreSQL does not run as root and there is no useradd to make it an account: "
            f"add a user called {ACCOUNT}, or start the marketplace as another user."
        )
    subprocess.run(  # noqa: S603 - the program's own fixed words
        [program, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT],
        check=True,
        capture_output=True,
    )
