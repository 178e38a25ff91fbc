"""What follows from the events of accounts: post."""

from marketplace.accounts import tasks
from marketplace.accounts.events import PasswordChanged, SecretIssued
from marketplace.hooks.events import EndpointGivenUp
from marketplace.kernel.jobs import defer
from marketplace.kernel.unit_of_work import EventBus, UnitOfWork


async def post_secret(unit: UnitOfWork, event: SecretIssued) -> None:
    """Send what was issued."""
    await defer(
        unit.session,
        tasks.send_secret,
        token_id=str(event.token_id),
        is_repeat=event.is_repeat,
    )


async def post_password_notice(unit: UnitOfWork, event: PasswordChanged) -> None:
    """Tell the person."""
    await defer(unit.session, tasks.send_password_notice, user_id=str(event.user_id))


async def post_endpoint_notice(unit: UnitOfWork, event: EndpointGivenUp) -> None:
    """Tell whoever looks after an endpoint that nothing is sent there any more."""
    await defer(unit.session, tasks.send_endpoint_notice, endpoint_id=str(event.endpoint_id))


def subscribe(bus: EventBus) -> None:
    """Listen."""
    bus.subscribe(SecretIssued, post_secret)
    bus.subscribe(PasswordChanged, post_password_notice)
    bus.subscribe(EndpointGivenUp, post_endpoint_notice)
