import subprocess
import sys
from pathlib import Path

import pytest

from marketplace.app.doctor import (
    Verdict,
    describe_settings,
    examine_installation,
    without_password,
)
from marketplace.app.settings import Settings
from tests.factories.settings import a_setting_of


def test_secrets_and_passwords_are_not_told() -> None:
    settings = a_setting_of(
        secret_key="very-secret-" * 4,
        database_url="postgresql://base:hush@db/marketplace",
        smtp_url="smtps://post:hush@mail.example.com",
    )

    shown = "\n".join(f"{name} {value}" for name, value, _what in describe_settings(settings))

    assert "secret-" not in shown
    assert "hush" not in shown
    assert "postgresql+psycopg://base:…@db/marketplace" in shown
    assert len(describe_settings(settings)) == len(Settings.model_fields)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("file:var/outbox", "file:var/outbox"),
        ("postgresql://base@db/x", "postgresql://base@db/x"),
        ("smtp://a:b@c@d", "smtp://a:…@d"),
    ],
)
def test_addresses_lose_their_password(url: str, shown: str) -> None:
    assert without_password(url) == shown


def test_a_missing_province_and_a_database_that_is_away_are_bad_and_come_with_advice(
    tmp_path: Path,
) -> None:
    settings = a_setting_of(
        province=tmp_path / "nowhere",
        var_folder=tmp_path,
        database_url="postgresql://nobody@127.0.0.1:1/none",
    )

    found = {finding.subject: finding for finding in examine_installation(settings)}

    assert found["province"].verdict is Verdict.BAD
    assert "PROVINCE" in found["province"].remedy
    assert found["database"].verdict is Verdict.BAD
    assert found["search"].verdict is Verdict.NOTE
    assert found["SECRET_KEY"].verdict is Verdict.NOTE


def test_wrong_settings_are_told_without_a_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "marketplace.app", "doctor"],
        env={"PORT": "none", "PYTHONPATH": str(Path.cwd()), "VAR_FOLDER": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.startswith("The settings are not usable.\nPORT: Input should be a valid int")
    assert "Traceback" not in done.stderr
