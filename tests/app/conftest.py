"""Folders for servers with an account of their own."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def var_folder() -> Iterator[Path]:
    """A folder outside pytest's own, which every other run of pytest closes to other accounts."""
    folder = Path(tempfile.mkdtemp(prefix="cho-phien-test-"))
    yield folder
    shutil.rmtree(folder)
