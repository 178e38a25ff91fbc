import json
import logging
import subprocess
import sys

import pytest

PROGRAM = """
import logging, structlog
from marketplace.app.logging import configure_logging
from marketplace.app.settings import Settings
configure_logging(Settings(_env_file=None, log_format="{format}"))
with structlog.contextvars.bound_contextvars(request_id="r1"):
    structlog.get_logger().info("Đã bán.", count=2)
    logging.getLogger("sqlalchemy.engine").info("SELECT 1")
    try:
        1 / 0
    except ZeroDivisionError:
        logging.getLogger("library").exception("It broke.")
structlog.get_logger().debug("not shown")
"""


def lines_of(log_format: str) -> list[str]:
    code = PROGRAM.replace("{format}", log_format)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == ""
    return done.stderr.splitlines()


def test_machines_read_one_object_a_line() -> None:
    ours, theirs = map(json.loads, lines_of("json"))

    assert ours.pop("timestamp").endswith("Z")
    assert ours == {"message": "Đã bán.", "count": 2, "level": "info", "request_id": "r1"}
    assert (theirs["message"], theirs["level"], theirs["request_id"]) == (
        "It broke.",
        "error",
        "r1",
    )
    assert "ZeroDivisionError" in json.dumps(theirs)


def test_people_read_sentences() -> None:
    lines = lines_of("console")

    assert "Đã bán." in lines[0]
    assert "request_id=r1" in lines[0]
    assert any("ZeroDivisionError" in line for line in lines)
    assert not any("SELECT 1" in line or "not shown" in line for line in lines)


@pytest.mark.parametrize("name", ["DEBUG", "WARNING"])
def test_levels_are_the_usual_names(name: str) -> None:
    assert name in logging.getLevelNamesMapping()
