"""Tables of businesses: who they are, who acts for them, how they prove it."""

from businesses.models.activity import BusinessChange
from businesses.models.assistance import ActingSession, Assistance
from businesses.models.businesses import Business, BusinessMember, BusinessTranslation
from businesses.models.identity import (
    BankAccount,
    BusinessIdentifier,
    BusinessRepresentative,
    IdentifierDispute,
)
from businesses.models.lookup import EnterpriseAnswer, RegisterEntry
from businesses.models.own_data import BusinessClosing, DataDownload
from businesses.models.papers import Evidence, EvidenceLook, Licence
from businesses.models.people import Handover, Invitation
from businesses.models.stores import OldSlug, Store, StoreClosure, StorePolicy
from businesses.models.suspensions import Suspension
from businesses.models.verification import Verification, VerificationCheck

__all__ = [
    "ActingSession",
    "Assistance",
    "BankAccount",
    "Business",
    "BusinessChange",
    "BusinessClosing",
    "BusinessIdentifier",
    "BusinessMember",
    "BusinessRepresentative",
    "BusinessTranslation",
    "DataDownload",
    "EnterpriseAnswer",
    "Evidence",
    "EvidenceLook",
    "Handover",
    "IdentifierDispute",
    "Invitation",
    "Licence",
    "OldSlug",
    "RegisterEntry",
    "Store",
    "StoreClosure",
    "StorePolicy",
    "Suspension",
    "Verification",
    "VerificationCheck",
]
