"""Addresses of other systems that are told what happens here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from email_validator import EmailNotValidError, validate_email

from marketplace.hooks import policies, queries
from marketplace.hooks.errors import InvalidEndpointError
from marketplace.hooks.events import DeliveryQueued, EndpointGivenUp
from marketplace.hooks.models import WebhookDelivery, WebhookEndpoint
from marketplace.hooks.rules.addresses import ForbiddenAddressError, host_of
from marketplace.hooks.rules.kinds import TEST_TYPE, TYPES, EndpointState
from marketplace.hooks.rules.signing import new_secret
from marketplace.hooks.services.announcing import queue_delivery, write_message
from marketplace.hooks.services.sources import OVERLAP
from marketplace.kernel.errors import NotFoundError, NotPermittedError
from marketplace.kernel.i18n import _
from marketplace.kernel.sealing import Sealer
from marketplace.kernel.text import nfc
from marketplace.kernel.transitions import SYSTEM_ROLE, Machine, Transition, move
from marketplace.kernel.unit_of_work import UnitOfWork

MOST_ENDPOINTS: Final = 10
_LONGEST_LABEL: Final = 120
_MANAGER: Final = "endpoint manager"
S = EndpointState


async def _tell_owner(unit: UnitOfWork, endpoint: WebhookEndpoint) -> None:
    unit.announce(EndpointGivenUp(endpoint.id))


MACHINE: Final = Machine(
    "webhook endpoint",
    WebhookEndpoint,
    (
        Transition("enable", (S.DISABLED,), S.ENABLED, frozenset({_MANAGER})),
        Transition("disable", (S.ENABLED,), S.DISABLED, frozenset({_MANAGER})),
        Transition(
            "give_up",
            (S.ENABLED,),
            S.DISABLED,
            frozenset({SYSTEM_ROLE}),
            effects=(_tell_owner,),
        ),
        Transition("remove", (S.ENABLED, S.DISABLED), S.REMOVED, frozenset({_MANAGER})),
    ),
)


@dataclass(frozen=True, slots=True)
class EndpointDraft:
    """What somebody asks for."""

    label: str
    url: str
    types: Sequence[str]
    contact_email: str
    business_id: UUID | None = None


async def create_endpoint(
    unit: UnitOfWork,
    sealer: Sealer,
    draft: EndpointDraft,
    *,
    allows_loopback: bool = False,
) -> tuple[WebhookEndpoint, str]:
    """Tell another system from now on; the secret is shown here and never again.

    Raises:
        NotPermittedError: the viewer does not look after these endpoints.
        InvalidEndpointError: something about it cannot be taken.
    """
    if not policies.may_manage_endpoints(unit.viewer, draft.business_id):
        raise NotPermittedError
    mine = queries.visible_endpoints(unit.viewer)
    own = mine.where(WebhookEndpoint.business_id.is_not_distinct_from(draft.business_id))
    if len((await unit.session.scalars(own)).all()) >= MOST_ENDPOINTS:
        raise InvalidEndpointError(_("There are {most} endpoints already."), most=MOST_ENDPOINTS)
    secret = new_secret()
    endpoint = WebhookEndpoint(
        business_id=draft.business_id,
        label=_label(draft.label),
        url=_url(draft.url, allows_loopback=allows_loopback),
        types=_types(draft.types),
        contact_email=_email(draft.contact_email),
        sealed_secret=sealer.seal(secret.encode()),
        created_at=unit.now,
    )
    unit.session.add(endpoint)
    await unit.session.flush()
    return endpoint, secret


async def rotate_endpoint_secret(
    unit: UnitOfWork,
    sealer: Sealer,
    endpoint_id: UUID,
) -> tuple[WebhookEndpoint, str]:
    """Sign with a new secret, and for another day with the old one, too.

    Raises:
        NotFoundError: there is no such endpoint for the viewer.
    """
    endpoint = await _for_change(unit, endpoint_id)
    secret = new_secret()
    endpoint.sealed_previous = endpoint.sealed_secret
    endpoint.previous_until = unit.now + OVERLAP
    endpoint.sealed_secret = sealer.seal(secret.encode())
    return endpoint, secret


async def move_endpoint(unit: UnitOfWork, endpoint_id: UUID, transition: str) -> WebhookEndpoint:
    """Enable, disable or remove an endpoint.

    Raises:
        NotFoundError: there is no such endpoint for the viewer.
        WrongStateError: its state does not allow it.
    """
    endpoint = await _for_change(unit, endpoint_id)
    await move(unit, MACHINE, endpoint, transition, roles={_MANAGER})
    endpoint.failing_since = None
    if endpoint.state is S.ENABLED:
        # What had to wait while nobody listened goes out now.
        for delivery in await unit.session.scalars(queries.pending_deliveries(endpoint.id)):
            delivery.next_at = unit.now
            unit.announce(DeliveryQueued(delivery.id, endpoint.id))
    return endpoint


async def send_test_message(unit: UnitOfWork, endpoint_id: UUID) -> WebhookDelivery:
    """Send an endpoint a message that says nothing, to see whether it is taken.

    Raises:
        NotFoundError: there is no such endpoint for the viewer.
        InvalidEndpointError: it is disabled.
    """
    endpoint = await _for_change(unit, endpoint_id)
    if endpoint.state is not S.ENABLED:
        raise InvalidEndpointError(_("The endpoint is disabled; enable it first."), field="state")
    message = await write_message(
        unit, TEST_TYPE, f"endpoint/{endpoint.id}", {}, endpoint.business_id
    )
    return await queue_delivery(unit, endpoint, message)


async def _for_change(unit: UnitOfWork, endpoint_id: UUID) -> WebhookEndpoint:
    endpoint = await unit.session.scalar(queries.endpoint_for_change(endpoint_id))
    # Whose endpoint it is is nobody else's business: to them it does not exist.
    if endpoint is None or not policies.may_manage_endpoints(unit.viewer, endpoint.business_id):
        raise NotFoundError(_("There is no such endpoint."))
    return endpoint


def _label(text: str) -> str:
    label = nfc(text)
    if not 1 <= len(label) <= _LONGEST_LABEL:
        message = _("Please name the other system, in at most {most} letters.")
        raise InvalidEndpointError(message, field="label", most=_LONGEST_LABEL)
    return label


def _url(text: str, *, allows_loopback: bool) -> str:
    url = text.strip()
    try:
        host_of(url, allows_loopback=allows_loopback)
    except ForbiddenAddressError:
        message = _("The address begins with https:// and names a machine on the open internet.")
        raise InvalidEndpointError(message, field="url") from None
    return url


def _types(chosen: Sequence[str]) -> list[str]:
    known: list[str] = [each for each in TYPES if each in set(chosen)]
    if not known or len(known) != len(set(chosen)):
        raise InvalidEndpointError(_("Please choose what is to be told."), field="types")
    return known


def _email(text: str) -> str:
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        message = _("Please give an e-mail address for when something goes wrong.")
        raise InvalidEndpointError(message, field="contactEmail") from None
