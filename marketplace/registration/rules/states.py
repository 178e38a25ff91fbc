"""The states of a dossier and the ten statuses of the national public service portal."""

from collections import deque
from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class DossierState(StrEnum):
    """Where a dossier stands; those with a number are the national portal's."""

    DRAFT = "draft"
    READY = "ready"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    NOT_RECEIVED = "not_received"
    PROCESSING = "processing"
    SUPPLEMENT_REQUIRED = "supplement_required"
    PAYMENT_REQUIRED = "payment_required"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    DECIDED = "decided"
    RETURNED = "returned"
    VOID = "void"


S = DossierState

STATE_OF_STATUS: Final[Mapping[int, DossierState]] = {
    1: S.SUBMITTED,
    2: S.RECEIVED,
    3: S.NOT_RECEIVED,
    4: S.PROCESSING,
    5: S.SUPPLEMENT_REQUIRED,
    6: S.PAYMENT_REQUIRED,
    7: S.WITHDRAWN,
    8: S.STOPPED,
    9: S.DECIDED,
    10: S.RETURNED,
}
STATUS_OF_STATE: Final = {state: status for status, state in STATE_OF_STATUS.items()}

# Which status may follow which (domain notes, jobs-tourism-b2b.md 4c).
LEGAL: Final[Mapping[int, frozenset[int]]] = {
    1: frozenset({2, 3, 4, 5, 7}),
    2: frozenset({4, 5, 6, 7, 8, 9}),
    3: frozenset(),
    4: frozenset({5, 6, 7, 8, 9}),
    5: frozenset({2, 4, 7, 8}),
    6: frozenset({4, 7, 8, 9}),
    7: frozenset(),
    8: frozenset(),
    9: frozenset({10}),
    10: frozenset(),
}
# Messages get lost; these steps may be filled in, because every dossier takes them anyway.
_UNTOLD: Final = frozenset({2, 4, 9})

OPEN: Final = frozenset(
    {S.SUBMITTED, S.RECEIVED, S.PROCESSING, S.SUPPLEMENT_REQUIRED, S.PAYMENT_REQUIRED}
)
UNFILED: Final = frozenset({S.DRAFT, S.READY})
FINAL: Final = frozenset({S.NOT_RECEIVED, S.WITHDRAWN, S.STOPPED, S.RETURNED, S.VOID})
# Whose business stands, or may soon stand: a person has one household business (art. 83).
COUNTED: Final = OPEN | {S.DECIDED, S.RETURNED}
CLOCK_STOPPED: Final = frozenset({S.SUPPLEMENT_REQUIRED, S.PAYMENT_REQUIRED})
CLOCK_RUNNING: Final = frozenset({S.RECEIVED, S.PROCESSING})


def way_to(status: int, target: int) -> tuple[int, ...] | None:
    """The statuses to go through, the target last; None when there is no legal way.

    A jump forward is legal when what lies between are steps every dossier takes: 1 → 9 passes
    through 2. Nothing else is made up: a request for papers is told, or it did not happen.
    """
    waiting: deque[tuple[int, tuple[int, ...]]] = deque([(status, ())])
    seen = {status}
    while waiting:
        here, way = waiting.popleft()
        if target in LEGAL[here]:
            return (*way, target)
        for step in sorted(LEGAL[here] & _UNTOLD - seen):
            seen.add(step)
            waiting.append((step, (*way, step)))
    return None
