"""The programs one installation consists of, as the supervisor starts them."""

import shutil
import sys
from typing import Final

from marketplace.app.settings import Settings
from marketplace.app.supervisor import Program

APPLICATION: Final = "marketplace.app.asgi:app"
SANDBOX: Final = "marketplace.app.sandbox.registry:app"
STOP_SECONDS: Final = 8


def web_program(settings: Settings, application: str = APPLICATION) -> Program:
    """The web server: granian, as many processes as the settings say."""
    return Program("web", web_command(settings, application), shared_environment(settings))


def web_command(settings: Settings, application: str = APPLICATION) -> list[str]:
    """How granian is called."""
    command = [
        *(sys.executable, "-m", "granian", application, "--interface", "asgi"),
        *("--host", settings.host, "--port", str(settings.port)),
        *("--workers", str(settings.web_processes), "--loop", "uvloop", "--no-ws"),
        *("--workers-kill-timeout", str(STOP_SECONDS), "--log-level", "warning"),
    ]
    if settings.web_processes > 1:
        command.append("--respawn-failed-workers")
    return command


def sandbox_program(settings: Settings) -> Program:
    """The sandbox registry, for the demo."""
    return Program("registry", sandbox_command(settings), shared_environment(settings))


def sandbox_command(settings: Settings) -> list[str]:
    """How granian is called for the sandbox registry: on this machine only, on the next port."""
    return [
        *(sys.executable, "-m", "granian", SANDBOX, "--interface", "asgi"),
        *("--host", "127.0.0.1", "--port", str(settings.port + 1), "--workers", "1", "--no-ws"),
        *("--workers-kill-timeout", str(STOP_SECONDS), "--log-level", "warning"),
    ]


def command_program(name: str, settings: Settings, *arguments: str) -> Program:
    """One of our own commands as a program."""
    return Program(
        name,
        [sys.executable, "-m", "marketplace.app", *(arguments or (name,))],
        shared_environment(settings),
    )


def shared_environment(settings: Settings) -> dict[str, str]:
    """The addresses that were found, for a process started by us."""
    environment = {"PORT": str(settings.port)}
    if settings.database_url is not None:
        environment["DATABASE_URL"] = settings.database_url
    if settings.meili_url is not None:
        environment["MEILI_URL"] = settings.meili_url
    if settings.meili_master_key is not None:
        environment["MEILI_MASTER_KEY"] = settings.meili_master_key.get_secret_value()
    if settings.web_processes > 1:
        folder = settings.var_folder.resolve() / "metrics"
        environment["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    return environment


def empty_metrics(settings: Settings) -> None:
    """Forgets the counters of processes that have ended."""
    folder = settings.var_folder / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
