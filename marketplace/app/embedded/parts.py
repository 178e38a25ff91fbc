"""Fills the settings' empty addresses with servers of our own."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog
from pydantic import SecretStr

from marketplace.app.embedded.meilisearch import (
    EmbeddedMeilisearch,
    EmbeddedMeilisearchError,
    MeilisearchMissingError,
)
from marketplace.app.embedded.postgres import EmbeddedPostgres
from marketplace.app.settings import Settings

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Parts:
    """The settings with every address that could be filled, and the servers behind them."""

    settings: Settings
    postgres: EmbeddedPostgres | None
    meilisearch: EmbeddedMeilisearch | None


@contextmanager
def running_parts(settings: Settings, *, with_search: bool = True) -> Iterator[Parts]:
    """Runs what has no address for as long as the block lasts."""
    with ExitStack() as stack:
        postgres, meilisearch = None, None
        found: dict[str, str | SecretStr] = {}
        var_folder = settings.var_folder
        if settings.database_url is None:
            postgres = EmbeddedPostgres(var_folder / "postgres")
            stack.callback(postgres.stop)
            found["database_url"] = postgres.start()
        if settings.meili_url is None and with_search:
            meilisearch = _start_search(var_folder)
        if meilisearch is not None:
            stack.callback(meilisearch.stop)
            found["meili_url"] = meilisearch.url
            found["meili_master_key"] = SecretStr(meilisearch.key)
        yield Parts(settings.model_copy(update=found), postgres, meilisearch)


def _start_search(var_folder: Path) -> EmbeddedMeilisearch | None:
    server = EmbeddedMeilisearch(var_folder)
    try:
        server.start()
    except (MeilisearchMissingError, EmbeddedMeilisearchError) as problem:
        log.warning(str(problem))
        return None
    return server
