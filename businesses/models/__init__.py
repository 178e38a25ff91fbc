"""Tables of businesses: who they are, who acts for them, how they prove it."""

from businesses.models.businesses import Business, BusinessMember, BusinessTranslation
from businesses.models.identity import (
    BankAccount,
    BusinessIdentifier,
    BusinessRepresentative,
    IdentifierDispute,
)
from businesses.models.papers import Evidence, EvidenceLook, Licence
from businesses.models.suspensions import Suspension
from businesses.models.verification import Verification, VerificationCheck

__all__ = [
    "BankAccount",
    "Business",
    "BusinessIdentifier",
    "BusinessMember",
    "BusinessRepresentative",
    "BusinessTranslation",
    "Evidence",
    "EvidenceLook",
    "IdentifierDispute",
    "Licence",
    "Suspension",
    "Verification",
    "VerificationCheck",
]
