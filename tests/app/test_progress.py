import pytest

from marketplace.app.progress import shown_progress


def test_a_log_gets_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_progress("Rows") as advance:
        advance(2, total=5)
        advance(3)

    assert capsys.readouterr().out == "Rows: 5 of 5\n"
