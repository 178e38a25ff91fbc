"""Beginning a business step by step: each step is kept as soon as it is filled in."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import select

from businesses.errors import InvalidBusinessError
from businesses.events import BusinessChanged
from businesses.models import BankAccount, Business, BusinessRepresentative, Verification
from businesses.policies import businesses as policies
from businesses.queries import joining as queries
from businesses.queries import verification as verification_queries
from businesses.rules.banks import is_same_holder
from businesses.rules.businesses import BusinessKind, BusinessState
from businesses.rules.joining import DRAFT_LIFETIME, Requirement, asks_for
from businesses.rules.verification import OPEN_TO_CHANGES
from businesses.services.businesses import Profile, create_business
from marketplace.kernel.errors import (
    InvalidInputError,
    NotFoundError,
    NotPermittedError,
    NotSignedInError,
    Problem,
)
from marketplace.kernel.i18n import _
from marketplace.kernel.text import fold, nfc, slugify, sort_key
from marketplace.kernel.transitions import WrongStateError
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.viewer import Viewer
from marketplace.places.models import Place
from marketplace.places.rules.levels import PlaceLevel

MOST_DRAFTS: Final = 5
LONGEST_NAME: Final = 200
# Crockford's letters: none of them is taken for another one.
_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH: Final = 7


@dataclass(frozen=True, slots=True)
class Stall:
    """Who sells and where, as the first step asks it."""

    name: str
    place_id: UUID | None
    hamlet: str = ""


async def begin_business(unit: UnitOfWork, kind: BusinessKind, stall: Stall) -> Business:
    """Begin to join; who begins owns the draft, and may go on with it on any device.

    Raises:
        NotSignedInError: a visitor.
        InvalidInputError: no name, or no commune of today.
        InvalidBusinessError: too many drafts wait already.
    """
    if unit.viewer.user_id is None:
        raise NotSignedInError
    drafts = await unit.session.scalar(queries.drafts_of(unit.viewer.user_id)) or 0
    if drafts >= MOST_DRAFTS:
        raise InvalidBusinessError(_("Please finish what you have begun first."), field="kind")
    checked = await _checked(unit, stall)
    profile = Profile(checked.name, kind, checked.place_id, checked.hamlet)
    business = await create_business(unit, new_code(), profile)
    unit.session.add(Verification(business_id=business.id))
    keep_alive(unit, business)
    return business


async def set_profile(unit: UnitOfWork, business_id: UUID, stall: Stall) -> Business:
    """Change who sells and where, as long as nobody checks it.

    Raises:
        NotFoundError: there is no such business.
        NotPermittedError: only owners and managers do this.
        WrongStateError: it is being checked, or was.
        InvalidInputError: no name, or no commune of today.
    """
    business = await business_in_the_making(unit, business_id)
    checked = await _checked(unit, stall)
    business.name, business.hamlet = checked.name, checked.hamlet
    business.name_folded, business.name_sort = fold(checked.name), sort_key(checked.name)
    business.place_id = checked.place_id
    await drop_foreign_account(unit, business)
    unit.announce(BusinessChanged(business.id))
    return business


async def business_to_manage(
    unit: UnitOfWork,
    business_id: UUID,
    may: Callable[[Viewer, UUID], bool] = policies.may_manage,
) -> Business:
    """A business of the viewer's own, locked; or one whose seller let the viewer do this.

    Raises:
        NotFoundError: there is none the viewer may know of.
        NotPermittedError: the viewer neither owns nor manages it.
    """
    business = await unit.session.scalar(queries.reachable_for_change(unit.viewer, business_id))
    if business is None:
        raise NotFoundError(_("There is no such business."))
    if not may(unit.viewer, business.id):
        raise NotPermittedError
    if business.state is BusinessState.CLOSED:
        raise WrongStateError(_("This cannot be done in its present state."), field="state")
    return business


async def business_in_the_making(unit: UnitOfWork, business_id: UUID) -> Business:
    """A business of the viewer's own that is not being checked, locked.

    Raises:
        NotFoundError: there is none the viewer may know of.
        NotPermittedError: the viewer neither owns nor manages it.
        WrongStateError: it is being checked, or was.
    """
    business = await business_to_manage(unit, business_id)
    verification = await unit.session.scalar(verification_queries.of_business(business.id))
    if verification is None or verification.state not in OPEN_TO_CHANGES:
        raise WrongStateError(
            _("This is being checked. You can change it when an officer asks you to."),
            field="state",
        )
    keep_alive(unit, business)
    return business


def keep_alive(unit: UnitOfWork, business: Business) -> None:
    """Let a draft live on for another while; nobody finishes it, and it closes by itself."""
    if business.state is BusinessState.DRAFT:
        business.due_at, business.on_due = unit.now + DRAFT_LIFETIME, "close"


async def verified_name(unit: UnitOfWork, business: Business) -> str:
    """The name an account must be kept under: the head's where a person answers, else its own."""
    if not asks_for(business.kind, Requirement.BIRTH_DATE):
        return business.name
    speaker = await unit.session.get(BusinessRepresentative, business.id)
    return "" if speaker is None else speaker.full_name


async def drop_foreign_account(unit: UnitOfWork, business: Business) -> None:
    """Forget an account that fits the name no longer: it is asked for anew."""
    await unit.session.flush()
    name = await verified_name(unit, business)
    account: BankAccount | None = await unit.session.scalar(queries.accounts_of([business.id]))
    if account is not None and not is_same_holder(account.holder_name, name):
        account.is_active = False


async def _checked(unit: UnitOfWork, stall: Stall) -> Stall:
    name = nfc(stall.name)[:LONGEST_NAME]
    problems = []
    if not slugify(name):
        problems.append(Problem("name", _("Please enter the name of the business."), "REQUIRED"))
    commune = select(Place.id).where(
        Place.id == stall.place_id,
        Place.level == PlaceLevel.COMMUNE,
        Place.valid_to.is_(None),
    )
    if stall.place_id is None or await unit.session.scalar(commune) is None:
        problems.append(Problem("place", _("Please choose the commune."), "REQUIRED"))
    if problems:
        raise InvalidInputError(problems)
    return Stall(name, stall.place_id, nfc(stall.hamlet)[:LONGEST_NAME])


def new_code() -> str:
    """A code that tells nothing and is easy to read out: CP-7K3M9QA."""
    return "CP-" + "".join(secrets.choice(_LETTERS) for _turn in range(_CODE_LENGTH))
