"""GraphQL types of joining: what a business shows of itself, and who sees it."""

from datetime import date
from uuid import UUID

import strawberry

from businesses.api.joining_codes import IdentifierKind, JoiningStep, Requirement
from businesses.api.joining_loaders import MOST_LOOKS, JoiningLoaders
from businesses.api.papers import Evidence, EvidenceLook, Licence
from businesses.api.types import Business
from businesses.api.verification import Suspension, Verification
from businesses.policies import businesses as policies
from businesses.rules import banks
from businesses.rules import joining as rules
from businesses.rules.verification import OPEN_TO_CHANGES
from marketplace.kernel.context import Info, RequestContext
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.i18n import translate
from marketplace.law.api.loaders import LawLoaders
from marketplace.law.api.types import LegalBasis


@strawberry.type
class Bank:
    """A bank, as transfers and QR codes name it."""

    bin: str = strawberry.field(description="Its six digits.")
    name: str = strawberry.field(description="What people call it.")


@strawberry.type
class ChecklistEntry:
    """One thing that has to be shown, and whether it is."""

    requirement: Requirement = strawberry.field(description="Which.")
    step: JoiningStep = strawberry.field(description="On which step it is asked.")
    is_paper: bool = strawberry.field(description="Whether it is a file that is handed in.")
    is_required: bool = strawberry.field(description="Whether nothing goes on without it.")
    is_met: bool = strawberry.field(description="Whether it is there.")
    note: str | None = strawberry.field(description="What an officer asks to be changed.")
    entry: strawberry.Private[rules.Need]

    @strawberry.field
    def why(self, info: Info) -> str:
        """Why it is asked, in the language of the request."""
        return translate(self.entry.why, info.context.language)

    @strawberry.field
    async def basis(self, info: Info) -> LegalBasis | None:
        """The rule of the law that asks it, where one does."""
        if self.entry.basis is None:
            return None
        row = await info.context.once(LawLoaders).by_code.load(self.entry.basis)
        return None if row is None else LegalBasis.of(row, info.context.language)


@strawberry.type
class BusinessIdentifier:
    """A number by which the state knows a business, as much of it as is shown."""

    kind: IdentifierKind = strawberry.field(description="Which register it comes from.")
    masked: str = strawberry.field(description="A tax code; of a personal number only the end.")


@strawberry.type
class Representative:
    """Who answers for a business."""

    full_name: str = strawberry.field(description="The full name.")
    born_on: date | None = strawberry.field(description="The date of birth, where it is asked.")


@strawberry.type
class BankAccount:
    """Where buyers pay to."""

    bank: Bank = strawberry.field(description="The bank.")
    number_masked: str = strawberry.field(description="The end of its number.")
    holder_name: str = strawberry.field(description="Under whose name it is kept.")


@strawberry.type
class Joining:
    """What a business shows of itself; for its owner, its managers and its officers."""

    id: strawberry.ID = strawberry.field(description="The id of it.")
    may_decide: bool = strawberry.field(description="Whether the viewer decides about it.")
    may_manage: bool = strawberry.field(description="Whether the viewer fills it in.")
    key: strawberry.Private[UUID]

    @strawberry.field
    async def checklist(self, info: Info) -> list[ChecklistEntry]:
        """What has to be shown, whether it is, and why it is asked."""
        loaders = info.context.once(JoiningLoaders)
        entries = await loaders.checklist.load(self.key)
        verification = await loaders.verification.load(self.key)
        notes = (verification.notes if verification is not None else None) or {}
        return [
            ChecklistEntry(
                requirement=entry.need.requirement,
                step=entry.need.step,
                is_paper=entry.need.is_paper,
                is_required=entry.need.is_required,
                is_met=entry.is_met,
                note=notes.get(entry.need.requirement.value),
                entry=entry.need,
            )
            for entry in entries
        ]

    @strawberry.field
    async def verification(self, info: Info) -> Verification | None:
        """Where its check stands."""
        row = await info.context.once(JoiningLoaders).verification.load(self.key)
        return None if row is None else Verification.of(row)

    @strawberry.field
    async def can_change(self, info: Info) -> bool:
        """Whether what was said may still be changed."""
        row = await info.context.once(JoiningLoaders).verification.load(self.key)
        return self.may_manage and row is not None and row.state in OPEN_TO_CHANGES

    @strawberry.field
    async def identifier(self, info: Info) -> BusinessIdentifier | None:
        """Its tax code or personal number."""
        row = await info.context.once(JoiningLoaders).identifier.load(self.key)
        return None if row is None else BusinessIdentifier(kind=row.kind, masked=row.masked)

    @strawberry.field
    async def representative(self, info: Info) -> Representative | None:
        """Who answers for it."""
        row = await info.context.once(JoiningLoaders).representative.load(self.key)
        return None if row is None else Representative(full_name=row.full_name, born_on=row.born_on)

    @strawberry.field
    async def bank_account(self, info: Info) -> BankAccount | None:
        """Where buyers pay to."""
        row = await info.context.once(JoiningLoaders).account.load(self.key)
        if row is None:
            return None
        found = banks.BY_BIN.get(row.bank_bin)
        bank = Bank(bin=row.bank_bin, name=row.bank_bin if found is None else found.name)
        return BankAccount(bank=bank, number_masked=row.number_masked, holder_name=row.holder_name)

    @strawberry.field
    async def evidence(self, info: Info) -> list[Evidence]:
        """Its papers."""
        rows = await info.context.once(JoiningLoaders).evidence.load(self.key)
        return [Evidence.of(row) for row in rows]

    @strawberry.field
    async def licences(self, info: Info) -> list[Licence]:
        """Its licences, the one that ends first on top."""
        rows = await info.context.once(JoiningLoaders).licences.load(self.key)
        return [Licence.of(row) for row in rows]

    @strawberry.field
    async def looks(self, info: Info) -> list[EvidenceLook]:
        """Who opened its papers lately, the last one on top."""
        rows = await info.context.once(JoiningLoaders).looks.load(self.key)
        return [
            EvidenceLook(
                requirement=row.requirement,
                at=row.at,
                address=row.address,
                viewer_key=row.viewer_id,
            )
            for row in rows[:MOST_LOOKS]
        ]

    @strawberry.field
    async def suspensions(self, info: Info) -> list[Suspension]:
        """Notices and suspensions that nobody has lifted."""
        rows = await info.context.once(JoiningLoaders).suspensions.load(self.key)
        return [
            Suspension(
                kind=row.kind,
                reason=row.reason,
                authority=row.authority,
                document_number=row.document_number,
                legal_basis=row.legal_basis,
                announced=row.announced_at,
                takes_effect=row.takes_effect_at,
            )
            for row in rows
        ]


@strawberry.type
class BusinessJoining:
    """What joining adds to `Business`."""

    @strawberry.field
    async def joining(self, parent: strawberry.Parent[Business], info: Info) -> Joining | None:
        """What it shows of itself; nothing for those it does not concern."""
        return joining_of(info.context, parent)


def joining_of(context: RequestContext, business: Business) -> Joining | None:
    """The papers of a business, if the viewer may see them."""
    viewer = context.viewer
    manages = policies.may_manage(viewer, business.key)
    supervises = policies.may_supervise(viewer, business.place_key)
    if not manages and not supervises:
        return None
    is_own = viewer.role_in(business.key) is not None
    return Joining(
        id=to_global("Joining", business.key),
        may_decide=supervises and not is_own,
        may_manage=manages,
        key=business.key,
    )
