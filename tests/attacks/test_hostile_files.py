"""Whatever is handed in, and wherever: refused in plain words, nothing kept, memory flat."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.attacks.files import HOSTILE
from tests.attacks.taking import PRIVATE, doors
from tests.conftest import ROOT, Databases

# The greatest honest picture, of 40 million pixels, takes 160 MB; these have to take less.
MOST_GROWTH = 150
# Of the processor of a busy machine; alone, the slowest takes a fifth of it.
LONGEST_SECONDS = 15


@pytest.fixture(scope="module")
def outcome(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a process of its own made of them."""
    folder = tmp_path_factory.mktemp("attacks")
    done = subprocess.run(
        [sys.executable, "-m", "tests.attacks.taking", databases.create(), str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_every_door_is_tried() -> None:
    names = {row.field for row in doors()}

    assert len(HOSTILE) >= 30
    assert len(names | set(PRIVATE.values())) >= 7
    assert {"mediaUpload", "documentUpload", "businessEvidenceAdd", "productsImport"} <= names


def test_each_is_refused_with_words(outcome: dict[str, Any]) -> None:
    taken = [f"{door}: {what}" for door, what, messages, _s in outcome["told"] if not messages]

    assert not taken, "\n".join(taken)


def test_the_words_are_the_readers(outcome: dict[str, Any]) -> None:
    english = {
        message
        for _door, _what, messages, _seconds in outcome["told"]
        for message in messages
        if message.isascii()
    }

    assert english == set()


def test_nothing_is_kept(outcome: dict[str, Any]) -> None:
    assert outcome["after"] == outcome["before"]


def test_memory_stays_flat(outcome: dict[str, Any]) -> None:
    assert outcome["grown"] < MOST_GROWTH


def test_nobody_waits_long(outcome: dict[str, Any]) -> None:
    slow = [each for each in outcome["told"] if each[3] > LONGEST_SECONDS]

    assert slow == []


def test_the_files_themselves_are_small() -> None:
    """What is large has to become so by being unpacked, or it would be refused for its size."""
    assert max(len(data) for _name, data in HOSTILE.values()) < 1_000_000
