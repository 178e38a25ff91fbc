"""Reference data that every deployment needs, demo or not: the sources of the law, holidays."""

from marketplace.app.composition import Composition
from marketplace.app.seeding.data import ProvinceData
from marketplace.app.settings import Settings
from marketplace.kernel.unit_of_work import UnitOfWork, unit_of_work
from marketplace.kernel.viewer import SYSTEM
from marketplace.law.services.loading import load_law
from marketplace.registration.services.industries import load_industries


async def load_reference(unit: UnitOfWork, data: ProvinceData) -> None:
    """Write down what the province's data says; doing it again changes nothing."""
    await load_law(unit, data.legal_bases, data.holidays, data.retention_rules)
    await load_industries(unit, data.industries["version"], data.industries["industries"])


async def keep_reference(settings: Settings) -> None:
    """The same for a deployment, in a transaction of its own."""
    composition = Composition(settings)
    try:
        async with unit_of_work(composition.sessions, SYSTEM, composition.events) as unit:
            await load_reference(unit, ProvinceData(settings.province))
    finally:
        await composition.close()
