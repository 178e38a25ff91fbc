"""Public functions that people hold."""

from datetime import date
from uuid import UUID

from marketplace.accounts import policies, queries
from marketplace.accounts.models import OfficerAppointment
from marketplace.kernel.errors import NotFoundError, NotPermittedError
from marketplace.kernel.i18n import _
from marketplace.kernel.text import nfc
from marketplace.kernel.unit_of_work import UnitOfWork
from marketplace.kernel.viewer import OfficerFunction


async def appoint_officer(
    unit: UnitOfWork,
    user_id: UUID,
    function: OfficerFunction,
    *,
    place_id: UUID | None = None,
    department_name: str = "",
    starts_on: date,
    ends_on: date | None = None,
) -> OfficerAppointment:
    """Give a person a public function, for a place or the whole province.

    Raises:
        NotFoundError: there is no such person.
        NotPermittedError: it is for administrators.
    """
    user = await unit.session.scalar(queries.user_for_change(user_id))
    if user is None:
        raise NotFoundError(_("There is no such person."), field="user")
    if not policies.may_manage_accounts(unit.viewer):
        raise NotPermittedError
    appointment = OfficerAppointment(
        user_id=user_id,
        function=function,
        place_id=place_id,
        department_name=nfc(department_name),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    unit.session.add(appointment)
    await unit.session.flush()
    return appointment
