"""The ranks of administrative units."""

from enum import StrEnum


class PlaceLevel(StrEnum):
    """The rank of a unit; districts ended on 30 June 2025 (Resolution 203/2025/QH15)."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
