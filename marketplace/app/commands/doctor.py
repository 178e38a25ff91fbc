"""`marketplace doctor`: how this installation is, and what to do about it."""

from typing import Final

import structlog
import typer
from rich.console import Console
from rich.table import Table

from marketplace.app.doctor import Finding, Verdict, describe_settings, examine_installation
from marketplace.app.embedded.parts import running_parts
from marketplace.app.settings import Settings, read_settings

MARKS: Final = {Verdict.GOOD: "✓", Verdict.NOTE: "•", Verdict.BAD: "✗"}
COLOURS: Final = {Verdict.GOOD: "green", Verdict.NOTE: "yellow", Verdict.BAD: "red"}

log = structlog.get_logger(__name__)


def run() -> None:
    """Say what is configured, reachable, missing, and how to mend it; fails if anything is bad."""
    settings = read_settings()
    console = Console(soft_wrap=True)
    console.print(_settings_table(settings))
    try:
        with running_parts(settings) as parts:
            findings = examine_installation(parts.settings)
    except Exception as problem:  # noqa: BLE001 - the doctor tells of every illness
        findings = examine_installation(settings)
        remedy = "Read the message; `make clean` begins anew without the demo's data."
        findings.append(Finding("own servers", Verdict.BAD, str(problem), remedy))
    for finding in findings:
        console.print(_line(finding), style=COLOURS[finding.verdict], highlight=False)
    if any(finding.verdict is Verdict.BAD for finding in findings):
        raise typer.Exit(1)


def _settings_table(settings: Settings) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("Setting", "Value", "What it is"):
        table.add_column(heading)
    for row in describe_settings(settings):
        table.add_row(*row)
    return table


def _line(finding: Finding) -> str:
    remedy = f" → {finding.remedy}" if finding.remedy else ""
    return f"{MARKS[finding.verdict]} {finding.subject}: {finding.state}{remedy}"
