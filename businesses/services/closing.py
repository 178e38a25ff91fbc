"""Closing a business: asked with the password, undone within a week, then for good."""

from uuid import UUID

from sqlalchemy import delete, select

from businesses.errors import InvalidBusinessError
from businesses.models import (
    BankAccount,
    Business,
    BusinessClosing,
    Invitation,
    Store,
    StoreClosure,
    StorePolicy,
)
from businesses.queries import own_data
from businesses.queries.businesses import business_for_change
from businesses.rules.businesses import BusinessState
from businesses.rules.own_data import CLOSING_PERIOD
from businesses.rules.own_data import ClosingState as S
from businesses.services.activity import record_change
from businesses.services.businesses import MACHINE as BUSINESS_MACHINE
from businesses.services.own_data import own_business
from marketplace.accounts.models import User
from marketplace.accounts.ports import AccountSettings
from marketplace.accounts.services.sign_in import prove_password
from marketplace.kernel.errors import NotFoundError, NotSignedInError
from marketplace.kernel.i18n import _
from marketplace.kernel.transitions import SYSTEM_ROLE, Machine, Transition, WrongStateError, move
from marketplace.kernel.unit_of_work import UnitOfWork


async def _close(unit: UnitOfWork, closing: BusinessClosing) -> None:
    """Close the business, and delete what no law asks to keep."""
    business = await unit.session.scalar(business_for_change(closing.business_id))
    if business is None or business.state is BusinessState.CLOSED:
        return
    await move(
        unit, BUSINESS_MACHINE, business, "close", roles={SYSTEM_ROLE}, reason_code="OWNER_ASKED"
    )
    for model in (BankAccount, Invitation, Store, StoreClosure, StorePolicy):
        await unit.session.execute(delete(model).where(model.business_id == business.id))


MACHINE = Machine(
    "business closing",
    BusinessClosing,
    (
        Transition(
            "ask",
            (S.WAITING,),
            S.WAITING,
            frozenset({"owner"}),
            deadline=CLOSING_PERIOD,
            on_due="finish",
        ),
        Transition("undo", (S.WAITING,), S.UNDONE, frozenset({"owner"})),
        Transition("finish", (S.WAITING,), S.DONE, frozenset({SYSTEM_ROLE}), effects=(_close,)),
    ),
)


async def ask_to_close(
    unit: UnitOfWork, settings: AccountSettings, business_id: UUID, password: str
) -> BusinessClosing:
    """Ask that one's business be closed; it stays open for a week in which one may think again.

    Raises:
        NotFoundError: there is no such business.
        NotPermittedError: only owners do this.
        WrongStateError: it is closed already.
        InvalidBusinessError: it was asked before.
        OldPasswordError: the password is another one.
    """
    business = await own_business(unit, business_id)
    if unit.viewer.user_id is None:
        raise NotSignedInError
    if business.state is BusinessState.CLOSED:
        raise WrongStateError(_("This cannot be done in its present state."), field="state")
    if await unit.session.scalar(own_data.waiting_closing(business.id)) is not None:
        raise InvalidBusinessError(_("You have asked for this already."))
    user = (await unit.session.scalars(select(User).where(User.id == unit.viewer.user_id))).one()
    await prove_password(unit, settings, user, password)
    closing = BusinessClosing(
        business_id=business.id, asked_by_id=user.id, asked_at=unit.now, version=1
    )
    unit.session.add(closing)
    await unit.session.flush()
    await move(unit, MACHINE, closing, "ask", roles={"owner"})
    _note(unit, business, "closing.asked")
    return closing


async def undo_closing(unit: UnitOfWork, business_id: UUID) -> None:
    """Keep the business after all.

    Raises:
        NotFoundError: nobody asked to close it, or the week is over.
        NotPermittedError: only owners do this.
    """
    business = await own_business(unit, business_id)
    closing = await unit.session.scalar(own_data.waiting_closing(business.id))
    if closing is None:
        raise NotFoundError(_("This business is not about to be closed."))
    await move(unit, MACHINE, closing, "undo", roles={"owner"})
    _note(unit, business, "closing.undone")


def _note(unit: UnitOfWork, business: Business, name: str) -> None:
    record_change(unit, business.id, name, ("business", business.id), business.name)
