"""The sandbox registry's messages are believed in the demo."""

from sqlalchemy import select

from marketplace.app.sandbox.keys import SOURCE, sandbox_secret
from marketplace.app.settings import Settings
from marketplace.hooks.models import HookSource
from marketplace.hooks.services.sources import add_source
from marketplace.kernel.sealing import Sealer
from marketplace.kernel.unit_of_work import UnitOfWork


async def load_messages(unit: UnitOfWork, sealer: Sealer, settings: Settings) -> None:
    """Make the sandbox known, once, where it plays the registry."""
    if not settings.uses_sandbox:
        return
    known = select(HookSource.id).where(HookSource.name == SOURCE)
    if await unit.session.scalar(known) is None:
        await add_source(unit, sealer, SOURCE, sandbox_secret(settings))
