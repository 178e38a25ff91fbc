"""Opening a business that a register has just entered: nobody has to show its papers again."""

from dataclasses import dataclass
from uuid import UUID

from businesses.events import BusinessChanged
from businesses.models import Business, BusinessMember, BusinessRepresentative, Verification
from businesses.queries.businesses import business_for_change
from businesses.rules.businesses import BusinessKind, BusinessState
from businesses.rules.identifiers import Number
from businesses.rules.verification import VerificationChannel
from businesses.services.businesses import Profile, create_business
from businesses.services.identity import hold_number
from businesses.services.joining import new_code
from businesses.services.verification import record_check, verify_registered
from marketplace.kernel.i18n import _
from marketplace.kernel.sealing import Sealer
from marketplace.kernel.text import fold, nfc, sort_key
from marketplace.kernel.transitions import WrongStateError
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.viewer import MemberRole


@dataclass(frozen=True, slots=True)
class Registered:
    """What a register says of a new business, and whose it is here."""

    owner_id: UUID
    business_id: UUID | None
    kind: BusinessKind
    name: str
    place_id: UUID | None
    hamlet: str
    representative: str
    number: Number
    evidence: dict[str, str]


async def open_registered(unit: UnitOfWork, sealer: Sealer, told: Registered) -> Business:
    """Open the business: the one prepared meanwhile, or a new one of the same owner.

    The authority's decision and the entry in the register are two things that were asked for
    separately; together they are worth what an officer's look at the certificate is.

    Raises:
        WrongStateError: it was suspended or closed meanwhile.
        IdentifierTakenError: another active business holds the number.
    """
    business = await _prepared(unit, told) or await _begun(unit, told)
    business.name = nfc(told.name)
    business.name_folded, business.name_sort = fold(business.name), sort_key(business.name)
    business.place_id = told.place_id or business.place_id
    await hold_number(unit, sealer, business, told.number)
    speaker = await unit.session.get(BusinessRepresentative, business.id)
    if speaker is None:
        speaker = BusinessRepresentative(business_id=business.id)
        unit.session.add(speaker)
    speaker.full_name = nfc(told.representative)
    for channel in (VerificationChannel.REGISTRY, VerificationChannel.CERTIFICATE):
        await record_check(unit, business, channel, True, told.evidence, None)
    await verify_registered(unit, business)
    unit.announce(BusinessChanged(business.id))
    return business


async def _prepared(unit: UnitOfWork, told: Registered) -> Business | None:
    if told.business_id is None:
        return None
    business = await unit.session.scalar(business_for_change(told.business_id))
    if business is not None and business.state is not BusinessState.DRAFT:
        raise WrongStateError(_("This cannot be done in its present state."), field="state")
    return business


async def _begun(unit: UnitOfWork, told: Registered) -> Business:
    profile = Profile(told.name, told.kind, told.place_id, told.hamlet)
    business = await create_business(unit, new_code(), profile)
    unit.session.add_all(
        (
            Verification(business_id=business.id),
            BusinessMember(business_id=business.id, user_id=told.owner_id, role=MemberRole.OWNER),
        ),
    )
    await unit.session.flush()
    return business
