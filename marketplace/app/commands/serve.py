"""`marketplace serve`: the web server alone."""

import os
from contextlib import suppress

from marketplace.app.embedded.parts import running_parts
from marketplace.app.programs import empty_metrics, shared_environment, web_command, web_program
from marketplace.app.settings import read_settings
from marketplace.app.supervisor import Supervisor, interruptible


def run() -> None:
    """Serve the site and the API; workers and servers run elsewhere, or on their own here."""
    settings = read_settings()
    if settings.database_url is not None and settings.meili_url is not None:
        empty_metrics(settings)
        command = web_command(settings)
        # Nothing to look after: the web server takes the place of this process.
        os.execve(command[0], command, os.environ | shared_environment(settings))  # noqa: S606
    with suppress(KeyboardInterrupt), interruptible(), running_parts(settings) as parts:
        empty_metrics(settings)
        supervisor = Supervisor({})
        try:
            supervisor.start(web_program(parts.settings))
            while True:
                supervisor.glance()
        finally:
            supervisor.stop()
