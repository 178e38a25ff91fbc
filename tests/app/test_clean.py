import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "clean.py"
KEPT = "catalog/rules.py"
MADE = ("var/media/picture.webp", ".venv/pyvenv.cfg", ".coverage")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the script in a project of its own: it removes what lies beside it."""
    for name in (KEPT, *MADE):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("made")
    (tmp_path / "scripts").mkdir()
    shutil.copy(SCRIPT, tmp_path / "scripts")
    return tmp_path


def test_removes_what_was_made_and_nothing_else(project: Path) -> None:
    done = _clean(project)

    assert done.returncode == 0
    assert _left(project) == {KEPT, "scripts/clean.py"}


@pytest.mark.parametrize(("argument", "code"), [("--help", 0), ("--hel", 2), ("var", 2)])
def test_removes_nothing_for_somebody_who_asks(project: Path, argument: str, code: int) -> None:
    done = _clean(project, argument)

    assert done.returncode == code
    assert "usage: clean.py" in done.stdout + done.stderr
    assert _left(project) == {KEPT, *MADE, "scripts/clean.py"}


def test_removes_nothing_of_a_running_site(project: Path) -> None:
    with (project / "var" / "postgres.tenants").open("w") as tenants:
        fcntl.flock(tenants, fcntl.LOCK_SH)
        done = _clean(project)

    assert done.returncode == 1
    assert "stop it first" in done.stderr
    assert set(MADE) <= _left(project)


def test_leaves_what_a_link_leads_to(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "kept").write_text("ours")
    (project / "node_modules").symlink_to(elsewhere)

    assert _clean(project).returncode == 0
    assert (elsewhere / "kept").exists()
    assert not (project / "node_modules").is_symlink()


def _clean(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    assert project != SCRIPT.parents[1]
    return subprocess.run(
        [sys.executable, str(project / "scripts" / "clean.py"), *arguments],
        capture_output=True,
        check=False,
        text=True,
    )


def _left(project: Path) -> set[str]:
    return {str(path.relative_to(project)) for path in project.rglob("*") if path.is_file()}
