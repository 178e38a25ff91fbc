"""The question the catalogue asks before it shows a thing: has somebody objected?"""

from typing import Protocol
from uuid import UUID

import structlog

from marketplace.kernel.ports import Port
from marketplace.kernel.unit_of_work import UnitOfWork

log = structlog.get_logger()


class DisplayReview(Protocol):
    """Decides whether a thing may be shown; oversight will stand behind it."""

    async def may_show(self, unit: UnitOfWork, kind: str, thing_id: UUID) -> bool:
        """Whether the thing of that kind may be shown as it stands now."""
        ...


class UnreviewedDisplay:
    """Says yes and writes it down: until oversight exists nothing is held back."""

    async def may_show(self, unit: UnitOfWork, kind: str, thing_id: UUID) -> bool:  # noqa: ARG002 - part of the interface
        """Yes, with a line in the log."""
        log.debug("display.unreviewed", kind=kind, thing_id=str(thing_id))
        return True


DISPLAY_REVIEW = Port[DisplayReview]("display review")
