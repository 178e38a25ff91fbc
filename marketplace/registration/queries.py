"""Statements over dossiers: built here, executed by whoever asks."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, false, or_, select, true, union

from businesses.models import Business
from businesses.rules.businesses import BusinessState
from marketplace.kernel.text import fold, nfc
from marketplace.kernel.viewer import OfficerFunction, Viewer
from marketplace.registration.models import Dossier, DossierDocument, DossierEvent, Industry
from marketplace.registration.rules.kinds import DossierKind
from marketplace.registration.rules.states import COUNTED, UNFILED


def is_in_charge(viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which a dossier lies on the viewer's desk: filed, at their office."""
    offices = [
        true() if grant.place_id is None else Dossier.office_id == grant.place_id
        for grant in viewer.grants
        if grant.function is OfficerFunction.REGISTRATION
    ]
    return and_(
        Dossier.state.not_in(UNFILED), Dossier.filed_at.is_not(None), or_(*offices, false())
    )


def is_visible(viewer: Viewer) -> ColumnElement[bool]:
    """One's own dossiers, and once they are filed those of one's office."""
    if viewer.is_system:
        return true()
    own = false() if viewer.user_id is None else Dossier.applicant_id == viewer.user_id
    return or_(own, is_in_charge(viewer))


def visible_dossiers(viewer: Viewer) -> Select[Dossier]:
    """The dossiers the viewer may see."""
    return select(Dossier).where(is_visible(viewer))


def own_dossiers(viewer: Viewer) -> Select[Dossier]:
    """The dossiers the viewer began, the newest first."""
    own = false() if viewer.user_id is None else Dossier.applicant_id == viewer.user_id
    return select(Dossier).where(own).order_by(Dossier.id.desc())


def desk_dossiers(viewer: Viewer) -> Select[Dossier]:
    """The dossiers on the viewer's desk."""
    return select(Dossier).where(is_in_charge(viewer))


def dossier_for_change(dossier_id: UUID) -> Select[Dossier]:
    """The dossier, locked until the transaction ends."""
    return select(Dossier).where(Dossier.id == dossier_id).with_for_update()


def dossier_with_receipt(receipt: str) -> Select[Dossier]:
    """The filed dossier of a receipt number, the registry's or ours."""
    return select(Dossier).where(
        or_(Dossier.external_code == receipt, Dossier.our_code == receipt),
        Dossier.filed_at.is_not(None),
    )


def papers_of(ids: Collection[UUID]) -> Select[DossierDocument]:
    """The papers of those dossiers."""
    return (
        select(DossierDocument)
        .where(DossierDocument.dossier_id.in_(ids))
        .order_by(DossierDocument.id)
    )


def events_of(ids: Collection[UUID]) -> Select[DossierEvent]:
    """What happened to those dossiers, in its order."""
    return (
        select(DossierEvent)
        .where(DossierEvent.dossier_id.in_(ids))
        .order_by(DossierEvent.at, DossierEvent.id)
    )


def households_named(place_id: UUID, name_key: str, other_than: UUID) -> Select[UUID]:
    """Filed household dossiers of the commune that bear the name."""
    return select(Dossier.id).where(
        Dossier.kind == DossierKind.HOUSEHOLD,
        Dossier.place_id == place_id,
        Dossier.name_key == name_key,
        Dossier.state.in_(COUNTED),
        Dossier.id != other_than,
    )


def names_in(place_id: UUID, other_than: UUID) -> CompoundSelect[Any]:
    """The names borne in a commune: businesses on display, and dossiers that are filed."""
    shops = select(Business.name).where(
        Business.place_id == place_id, Business.state == BusinessState.ACTIVE
    )
    filed = select(Dossier.name).where(
        Dossier.place_id == place_id, Dossier.state.in_(COUNTED), Dossier.id != other_than
    )
    return union(shops, filed).limit(500)


def households_of_person(person_hash: bytes, other_than: UUID) -> Select[UUID]:
    """Filed household dossiers of the person behind a hash."""
    return select(Dossier.id).where(
        Dossier.kind == DossierKind.HOUSEHOLD,
        Dossier.person_hash == person_hash,
        Dossier.state.in_(COUNTED),
        Dossier.id != other_than,
    )


def industries(version: str, search: str | None = None) -> Select[Industry]:
    """The lines of business of a version whose code, name or keywords hold every word."""
    statement = select(Industry).where(Industry.version == version).order_by(Industry.sort_key)
    for word in fold(nfc(search or "")).split():
        statement = statement.where(Industry.search.contains(f" {word}", autoescape=True))
    return statement


def industries_among(version: str, codes: Collection[str]) -> Select[Industry]:
    """Those lines of business."""
    return select(Industry).where(Industry.version == version, Industry.code.in_(codes))
