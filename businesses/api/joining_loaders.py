"""Batches of what businesses show of themselves; the field above them asks who may see it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload
from strawberry.dataloader import DataLoader

from businesses.models import (
    BankAccount,
    BusinessIdentifier,
    BusinessRepresentative,
    Evidence,
    EvidenceLook,
    Licence,
    Suspension,
    Verification,
    VerificationCheck,
)
from businesses.queries import joining as queries
from businesses.rules.joining import ChecklistEntry, checklist_of
from marketplace.accounts.models import User
from marketplace.accounts.rules.calendar import local_day
from marketplace.kernel.context import RequestContext

T = TypeVar("T")
Statement = Callable[[Collection[UUID]], Select[Any]]
MOST_LOOKS = 50


class JoiningLoaders:
    """One per request, made by `context.once(JoiningLoaders)`."""

    def __init__(self, context: RequestContext) -> None:
        self._reader = context.reader
        self.checklist = DataLoader[UUID, tuple[ChecklistEntry, ...]](load_fn=self._checklists)
        self.verification = self._one(Verification, self._verifications)
        self.identifier = self._one(BusinessIdentifier, queries.identifiers_of)
        self.representative = self._one(BusinessRepresentative, queries.representatives_of)
        self.account = self._one(BankAccount, queries.accounts_of)
        self.evidence = self._many(Evidence, self._evidence)
        self.licences = self._many(Licence, queries.licences_of)
        self.looks = self._many(EvidenceLook, self._looks)
        self.checks = self._many(VerificationCheck, self._checks)
        self.suspensions = self._many(Suspension, queries.open_suspensions)
        self.names = DataLoader[UUID, str](load_fn=self._names)

    def _one(self, kind: type[T], statement: Statement) -> DataLoader[UUID, T | None]:
        async def load(ids: list[UUID]) -> Sequence[T | None]:
            rows: Sequence[Any] = await self._reader.all(statement(ids))
            found = {row.business_id: row for row in rows}
            return [found.get(key) for key in ids]

        del kind  # named for the type checker only
        return DataLoader[UUID, T | None](load_fn=load)

    def _many(self, kind: type[T], statement: Statement) -> DataLoader[UUID, list[T]]:
        async def load(ids: list[UUID]) -> Sequence[list[T]]:
            found: defaultdict[UUID, list[T]] = defaultdict(list)
            rows: Sequence[Any] = await self._reader.all(statement(ids))
            for row in rows:
                found[row.business_id].append(row)
            return [found[key] for key in ids]

        del kind  # named for the type checker only
        return DataLoader[UUID, list[T]](load_fn=load)

    async def _checklists(self, ids: list[UUID]) -> list[tuple[ChecklistEntry, ...]]:
        statement = queries.facts_of(ids, local_day(datetime.now(UTC)))
        found = {
            row.id: checklist_of(queries.facts_in(row))
            for row in await self._reader.rows(statement)
        }
        return [found.get(key, ()) for key in ids]

    def _verifications(self, ids: Collection[UUID]) -> Select[Verification]:
        return select(Verification).where(Verification.business_id.in_(ids))

    def _evidence(self, ids: Collection[UUID]) -> Select[Evidence]:
        return queries.evidence_of(ids).options(joinedload(Evidence.media))

    def _looks(self, ids: Collection[UUID]) -> Select[EvidenceLook]:
        return (
            select(EvidenceLook)
            .where(EvidenceLook.business_id.in_(ids))
            .order_by(EvidenceLook.at.desc(), EvidenceLook.id.desc())
            .limit(MOST_LOOKS * max(1, len(ids)))
        )

    def _checks(self, ids: Collection[UUID]) -> Select[VerificationCheck]:
        return queries.standing_checks(ids, datetime.now(UTC))

    async def _names(self, ids: list[UUID]) -> list[str]:
        rows = await self._reader.all(select(User).where(User.id.in_(ids)))
        found = {row.id: row.full_name for row in rows}
        return [found.get(key, "") for key in ids]
