"""Licences for what may not be sold or offered without one."""

from enum import StrEnum


class LicenceKind(StrEnum):
    """Which activity it permits; the names are those of the province's kinds of goods."""

    FOOD_SAFETY_CERTIFICATE = "food_safety_certificate"
    SELF_DECLARATION = "self_declaration"
    ALCOHOL_PRODUCTION = "alcohol_production"
    FUNCTIONAL_FOOD = "functional_food"
    QUARANTINE = "quarantine"
    PLANT_NURSERY = "plant_nursery"
    LODGING = "lodging"
    TRAVEL = "travel"
