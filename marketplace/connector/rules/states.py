"""Where a connection stands, and what can be wrong with it."""

from enum import StrEnum


class ConnectionState(StrEnum):
    """Whether goods are pulled from a shop."""

    ACTIVE = "active"
    DISABLED = "disabled"
    REMOVED = "removed"


class SortKind(StrEnum):
    """What a shop sorts its goods by."""

    CATEGORY = "category"
    TYPE = "type"


class Trouble(StrEnum):
    """Why a shop could not be read."""

    UNREACHABLE = "unreachable"
    FORBIDDEN_ADDRESS = "forbidden_address"
    REFUSED = "refused"
    UNREADABLE = "unreadable"
    TOO_MUCH = "too_much"
    EMPTY = "empty"
