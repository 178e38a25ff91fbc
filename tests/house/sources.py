"""The files that the rules of the house are about."""

import subprocess
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PACKAGES: Final = ("marketplace", "businesses", "catalog", "search", "frontend")


@cache
def python_files() -> tuple[Path, ...]:
    """Every module of the project, tests and scripts left out."""
    return tuple(sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py")))


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file that is committed; without git, every file that is no product of a build."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - whichever git there is
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = [name for name in listed.stdout.decode().split("\0") if name]
        return tuple(path for name in names if (path := ROOT / name).is_file())
    made = {"var", "node_modules", ".venv", "dist", "__pycache__", ".git"}
    return tuple(path for path in ROOT.rglob("*") if path.is_file() and not made & set(path.parts))


def name(path: Path) -> str:
    """The path as it is told in a failure."""
    return str(path.relative_to(ROOT))
