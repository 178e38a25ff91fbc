import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_package_is_pinned_by_hash_and_no_address_is_told(name: str) -> None:
    text = (ROOT / name).read_text()
    packages = [line for line in text.splitlines() if line and line[0] not in "# "]

    assert packages
    assert all(re.match(r"[a-z0-9.-]+==\S+ (; .* )?\\$", line) for line in packages)
    assert text.count("--hash=sha256:") >= len(packages)
    assert "://" not in text


def test_the_locks_hold_every_package_the_project_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    locked = re.findall(
        r"^([a-z0-9.-]+)==", (ROOT / "requirements-dev.lock").read_text(), re.MULTILINE
    )

    names = {re.split(r"[^A-Za-z0-9.-]", line)[0].lower().replace("_", "-") for line in wanted}
    assert names - set(locked) == set()


def test_node_packages_are_pinned_by_hash_and_no_address_is_told() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    installed = {name: told for name, told in lock["packages"].items() if name}
    project = json.loads((ROOT / "package.json").read_text())
    named = [*project["dependencies"].values(), *project["devDependencies"].values()]

    assert [
        name for name, told in installed.items() if not {"integrity", "inBundle"} & set(told)
    ] == []
    assert [name for name, told in installed.items() if "resolved" in told] == []
    assert all(re.fullmatch(r"\d[\w.-]*", version) for version in named)
