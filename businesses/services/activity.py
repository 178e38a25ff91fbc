"""Writing down who changed what for a business."""

from uuid import UUID

from businesses.models import BusinessChange
from marketplace.kernel.unit_of_work import UnitOfWork

_LONGEST_LABEL = 250


def record_change(
    unit: UnitOfWork,
    business_id: UUID,
    name: str,
    thing: tuple[str, UUID],
    label: str,
    **details: object,
) -> None:
    """Add a line to the log of the business; call it where the change itself is made.

    Args:
        unit: the change; its viewer is who did it, and for whom.
        business_id: whose log.
        name: what was done: `product.edited`, `member.invited`.
        thing: the kind and the key of what was changed.
        label: what the thing is called today.
        **details: the names of fields, and values that all members may read.
    """
    object_type, object_id = thing
    unit.session.add(
        BusinessChange(
            business_id=business_id,
            name=name,
            object_type=object_type,
            object_id=object_id,
            label=label[:_LONGEST_LABEL],
            details=details,
            actor_id=unit.viewer.user_id,
            on_behalf_of_id=unit.viewer.on_behalf_of,
            at=unit.now,
        ),
    )
