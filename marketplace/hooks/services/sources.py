"""Systems that are believed here: making one known, and changing its secret over."""

import re
from datetime import datetime, timedelta
from typing import Final

from marketplace.hooks import policies, queries
from marketplace.hooks.errors import InvalidSourceError
from marketplace.hooks.models import HookSource
from marketplace.hooks.rules.signing import key_of, new_secret
from marketplace.kernel.errors import NotFoundError, NotPermittedError
from marketplace.kernel.i18n import _
from marketplace.kernel.sealing import Sealer
from marketplace.kernel.unit_of_work import UnitOfWork

# So long the old secret counts beside the new one, so that the other side may change over.
OVERLAP: Final = timedelta(hours=24)
_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


def secrets_of(
    sealer: Sealer,
    sealed: bytes,
    previous: bytes | None,
    until: datetime | None,
    now: datetime,
) -> list[str]:
    """The secret that counts, and the one before it while the two overlap."""
    found = [sealer.open(sealed).decode()]
    if previous is not None and until is not None and until > now:
        found.append(sealer.open(previous).decode())
    return found


async def add_source(
    unit: UnitOfWork,
    sealer: Sealer,
    name: str,
    secret: str | None = None,
) -> tuple[HookSource, str]:
    """Believe a system from now on; the secret is shown here and never again.

    Raises:
        NotPermittedError: only administrators do this.
        InvalidSourceError: the name is taken or cannot be in an address, or the secret is weak.
    """
    if not policies.may_manage_sources(unit.viewer):
        raise NotPermittedError
    if not _NAME.fullmatch(name):
        message = _("The name has small letters, digits and hyphens, at most 40.")
        raise InvalidSourceError(message, field="name")
    if await unit.session.scalar(queries.source_named(name)) is not None:
        raise InvalidSourceError(_("There is a source of this name already."), field="name")
    chosen = new_secret() if secret is None else secret
    try:
        key_of(chosen)
    except ValueError:
        message = _("The secret is whsec_ and 24 to 64 bytes in base64.")
        raise InvalidSourceError(message, field="secret") from None
    source = HookSource(
        name=name,
        sealed_secret=sealer.seal(chosen.encode()),
        created_at=unit.now,
    )
    unit.session.add(source)
    await unit.session.flush()
    return source, chosen


async def rotate_source_secret(
    unit: UnitOfWork,
    sealer: Sealer,
    name: str,
) -> tuple[HookSource, str]:
    """Give a source a new secret; the old one counts for another day.

    Raises:
        NotFoundError: there is no such source.
        NotPermittedError: only administrators do this.
    """
    source = await unit.session.scalar(queries.source_named(name).with_for_update())
    if source is None and policies.may_manage_sources(unit.viewer):
        raise NotFoundError(_("There is no such source."), field="name")
    if source is None or not policies.may_manage_sources(unit.viewer):
        raise NotPermittedError
    secret = new_secret()
    source.sealed_previous = source.sealed_secret
    source.previous_until = unit.now + OVERLAP
    source.sealed_secret = sealer.seal(secret.encode())
    return source, secret
