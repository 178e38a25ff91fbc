"""`marketplace up`: everything, on this machine, under one supervisor."""

import http.client
import socket
import threading
import time
from typing import Final

import psutil
import structlog
import typer

from marketplace.app.database import is_demo_pending, is_up_to_date, wait_for_database
from marketplace.app.demo import DEMO_PASSWORD, demo_addresses
from marketplace.app.embedded.parts import Parts, running_parts
from marketplace.app.problems import OperatorError
from marketplace.app.programs import (
    command_program,
    empty_metrics,
    sandbox_program,
    web_program,
)
from marketplace.app.settings import Settings, read_settings
from marketplace.app.supervisor import Program, Server, Supervisor, interruptible

# The first page waits for the demo, lest it be empty, but not for ever.
SEED_PATIENCE: Final = 45.0
WORKER_DELAY: Final = 3.0
FIRST_PAGE_SECONDS: Final = 120.0

log = structlog.get_logger(__name__)


def run() -> None:
    """Start everything that has no address set, migrate, seed the demo once, and serve."""
    settings = read_settings()
    refuse_busy_port(settings)
    try:
        with interruptible(), running_parts(settings) as parts:
            _run_programs(parts)
    except KeyboardInterrupt:
        typer.echo("Đã dừng. / Stopped.")


def refuse_busy_port(settings: Settings) -> None:
    """Says who holds the port, before anything is started."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as problem:
            holder = _holder(settings.port)
            other = settings.port + 10
            raise OperatorError(
                f"Cổng {settings.port} đang bận{holder}. Hãy tắt chương trình đó, hoặc chọn cổng "
                f"khác: PORT={other} make run\n"
                f"Port {settings.port} is in use{holder}. Stop that program, or choose another "
                f"port: PORT={other} make run"
            ) from problem


def _run_programs(parts: Parts) -> None:
    settings = parts.settings
    url = str(settings.database_url)
    wait_for_database(url)
    empty_metrics(settings)
    supervisor = Supervisor(_servers(parts))
    worker = command_program("worker", settings)
    try:
        _migrate(supervisor, settings)
        if settings.wants_demo and is_demo_pending(url):
            supervisor.start(worker)
            _seed(supervisor, command_program("seed", settings))
            supervisor.start(web_program(settings))
        else:
            # The first page matters more than the first job.
            supervisor.start(web_program(settings))
            supervisor.start(worker, after=WORKER_DELAY)
        if settings.uses_sandbox:
            supervisor.start(sandbox_program(settings), after=WORKER_DELAY)
        threading.Thread(target=_announce, args=(settings,), daemon=True).start()
        while True:
            supervisor.glance()
    finally:
        supervisor.stop()


def _migrate(supervisor: Supervisor, settings: Settings) -> None:
    """Migrates in a process of its own, so that this one stays small."""
    if is_up_to_date(str(settings.database_url)):
        return
    code = supervisor.run_once(command_program("migrate", settings), lambda: False)
    if code != 0:
        raise OperatorError("The database could not be migrated; the log above says why.")


def _servers(parts: Parts) -> dict[str, Server]:
    servers: dict[str, Server] = {}
    if parts.postgres is not None:
        servers["PostgreSQL"] = parts.postgres
    if parts.meilisearch is not None:
        servers["Meilisearch"] = parts.meilisearch
    return servers


def _seed(supervisor: Supervisor, program: Program) -> None:
    typer.echo("Đang nạp dữ liệu mẫu (chỉ lần đầu)… / Loading the demo (first run only) …")
    deadline = time.monotonic() + SEED_PATIENCE
    code = supervisor.run_once(program, lambda: time.monotonic() > deadline)
    if code is None:
        typer.echo("Trang mở trước, dữ liệu nạp tiếp. / The site opens while the demo loads.")
    elif code != 0:
        log.warning("The demo is not complete; the next start tries again.", exit_code=code)


def _announce(settings: Settings) -> None:
    """Prints the address and the demo's people once the first page answers."""
    deadline = time.monotonic() + FIRST_PAGE_SECONDS
    while not _answers(settings):
        if time.monotonic() > deadline:
            log.error("The first page does not answer; the log above says why.")
            return
        time.sleep(0.5)
    lines = ["", f"  Mở trình duyệt / Open:  {settings.public_url}", ""]
    if settings.wants_demo:
        lines += [f"  Tài khoản mẫu / Demo accounts (password {DEMO_PASSWORD}):"]
        lines += [f"    {address:<34}{role}" for address, role in demo_addresses().items()]
    if settings.uses_sandbox:
        registry = f"http://localhost:{settings.port + 1}"
        lines += ["", f"  Cơ quan đăng ký thử / Sandbox registry: {registry}"]
    typer.echo("\n".join([*lines, "", "  Dừng / Stop:  Ctrl-C", ""]))


def _answers(settings: Settings) -> bool:
    connection = http.client.HTTPConnection(_reachable(settings.host), settings.port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except (http.client.HTTPException, OSError):
        return False
    finally:
        connection.close()


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound


def _holder(port: int) -> str:
    """Which process listens there, where the system tells."""
    try:
        connections = psutil.net_connections("tcp")
    except psutil.AccessDenied:
        return ""
    for connection in connections:
        is_listening = connection.status == psutil.CONN_LISTEN
        if is_listening and connection.laddr and connection.laddr[1] == port and connection.pid:
            return f" ({psutil.Process(connection.pid).name()}, PID {connection.pid})"
    return ""
