"""Brings a database up to the newest migration.

Alembic is configured here, in code: there is no `alembic.ini` to fall out of step.
"""

import structlog
from alembic import command
from alembic.config import Config

from marketplace.app.database import (
    DEMO_PENDING,
    MIGRATIONS,
    is_up_to_date,
    mark_demo,
    stored_revision,
)

log = structlog.get_logger(__name__)


def alembic_config(url: str) -> Config:
    """Alembic's configuration for the database of this address."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    config.set_main_option(
        "file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s"
    )
    config.attributes["url"] = url
    return config


def upgrade_database(url: str, *, wants_demo: bool) -> bool:
    """Applies the missing migrations and says whether there were any.

    A database that was empty is marked for the demo when one is wanted.
    """
    if is_up_to_date(url):
        return False
    found = stored_revision(url)
    command.upgrade(alembic_config(url), "head")
    log.info("The database is up to date.", was=found or "empty", now=stored_revision(url))
    if found is None and wants_demo:
        mark_demo(url, DEMO_PENDING)
    return True
