"""How log lines are written: one event per line, for people or for machines.

Lines of libraries that use the standard library's logging come out in the same form. Whatever is
bound to structlog's context variables (the request id, the job) stands in every line.
"""

import logging
import sys
from typing import Final

import orjson
import structlog
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, Processor

from marketplace.app.settings import LogFormat, Settings

# They speak at INFO about every statement or connection.
TALKATIVE: Final = ("sqlalchemy.engine", "httpx", "httpcore", "botocore", "urllib3", "PIL")
TALKATIVE_JOBS: Final = ("procrastinate", "alembic")
# Without the values of variables: they hold passwords and numbers of people, and to write those
# of one broken page takes seconds in which the server answers nobody.
TRACEBACKS: Final = ExceptionDictTransformer(show_locals=False)


def configure_logging(settings: Settings) -> None:
    """Sets up structlog and the standard library's logging for this process."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=settings.log_format is LogFormat.JSON),
    ]
    final = _final_processors(settings.log_format)
    structlog.configure(
        processors=[*shared, *final],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *final],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    quiet = (*TALKATIVE, *TALKATIVE_JOBS) if level > logging.DEBUG else TALKATIVE
    for name in quiet:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def _final_processors(log_format: LogFormat) -> list[Processor]:
    """The last steps, which turn an event into text."""
    if log_format is LogFormat.JSON:
        return [
            structlog.processors.ExceptionRenderer(TRACEBACKS),
            structlog.processors.EventRenamer("message"),
            _render_json,
        ]
    return [
        structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(),
            pad_event_to=0,
            exception_formatter=structlog.dev.plain_traceback,
        )
    ]


def _render_json(_logger: object, _name: str, event: EventDict) -> str:
    return orjson.dumps(event, default=str).decode()
