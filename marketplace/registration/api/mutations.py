"""What can be done to dossiers."""

from enum import Enum
from typing import Annotated

import strawberry

from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import required_key
from marketplace.kernel.graph.refusals import mutation
from marketplace.kernel.sealing import SEALER
from marketplace.registration.api.dossiers import Dossier
from marketplace.registration.api.types import DossierKindEnum
from marketplace.registration.ports import REGISTRATION_BOOK
from marketplace.registration.rules.kinds import DossierKind
from marketplace.registration.services.desk import Decision, DeskStep, handle_dossier
from marketplace.registration.services.dossiers import (
    Desk,
    answer_step,
    begin_dossier,
    discard_dossier,
)
from marketplace.registration.services.filing import (
    complete_dossier,
    file_dossier,
    tick_paper,
    withdraw_dossier,
)


@strawberry.enum(description="Why something about a dossier was refused.")
class DossierErrorCode(Enum):
    """Stable codes; the message says it in words."""

    GRAPHQL_ERROR = "graphql_error"
    INVALID = "invalid"
    NOT_FOUND = "not_found"
    REQUIRED = "required"
    CONTRADICTION = "contradiction"
    TOO_FEW = "too_few"
    FORBIDDEN_WORD = "forbidden_word"
    PROTECTED_NAME = "protected_name"
    TAKEN_NAME = "taken_name"
    SECOND_HOUSEHOLD = "second_household"
    UNFINISHED = "unfinished"


@strawberry.type
class DossierError:
    """Something about a dossier that was refused."""

    field: str | None = strawberry.field(description="The question it is about.")
    message: str | None = strawberry.field(description="What to tell the person.")
    code: DossierErrorCode = strawberry.field(description="Why.")


@strawberry.type
class DossierChange:
    """A dossier after a change, or why nothing changed."""

    dossier: Dossier | None = strawberry.field(default=None, description="As it stands now.")
    errors: list[DossierError] = strawberry.field(
        default_factory=list, description="What was refused; empty when all went well."
    )


@strawberry.input(description="An answer of the interview.")
class DossierAnswerInput:
    """The name of the question and what was typed; about several people `0.fullName`."""

    name: str = strawberry.field(description="The question.")
    value: str = strawberry.field(description="What was typed.")


@strawberry.input(description="What goes with a step of an officer.")
class DossierDecisionInput:
    """Which of them are needed depends on the step."""

    note: str = strawberry.field(default="", description="Why, for the applicant.")
    receipt: str | None = strawberry.field(default=None, description="The receipt number.")
    result_code: str | None = strawberry.field(
        default=None, description="The code of the new business."
    )
    wrong_papers: list[str] = strawberry.field(
        default_factory=list, description="The papers that have to be mended."
    )


DossierId = Annotated[strawberry.ID, strawberry.argument(description="Which dossier.")]


def desk_of(info: Info) -> Desk:
    """What the services need of outside."""
    return Desk(info.context.ports[REGISTRATION_BOOK], info.context.ports[SEALER])


@strawberry.type
class RegistrationMutations:
    """Root mutation fields of registration."""

    @mutation
    async def dossier_create(
        self,
        info: Info,
        kind: Annotated[DossierKindEnum, strawberry.argument(description="What is registered.")],
    ) -> DossierChange | None:
        """Begin a dossier; a draft is kept 180 days after it was saved last."""
        async with info.context.change() as unit:
            row = await begin_dossier(unit, DossierKind(kind.value))
        return DossierChange(dossier=Dossier.of(row))

    @mutation
    async def dossier_answer(
        self,
        info: Info,
        id: DossierId,
        screen: Annotated[str, strawberry.argument(description="Which screen.")],
        answers: Annotated[
            list[DossierAnswerInput], strawberry.argument(description="Every answer of it.")
        ],
    ) -> DossierChange | None:
        """Keep the answers of one screen, all of them or none."""
        info.context.signed_in()
        typed = {each.name: each.value for each in answers}
        async with info.context.change() as unit:
            key = required_key("Dossier", id)
            row = await answer_step(unit, desk_of(info), key, screen, typed)
        return DossierChange(dossier=Dossier.of(row))

    @mutation
    async def dossier_paper_tick(
        self,
        info: Info,
        id: DossierId,
        paper: Annotated[str, strawberry.argument(description="Which paper, by its code.")],
        is_there: Annotated[bool, strawberry.argument(description="Whether it is at hand.")],
    ) -> DossierChange | None:
        """Say that a paper is at hand, or is not."""
        info.context.signed_in()
        async with info.context.change() as unit:
            key = required_key("Dossier", id)
            row = await tick_paper(unit, desk_of(info), key, paper, is_there=is_there)
        return DossierChange(dossier=Dossier.of(row))

    @mutation
    async def dossier_complete(
        self,
        info: Info,
        id: DossierId,
    ) -> DossierChange | None:
        """Declare a dossier complete."""
        info.context.signed_in()
        async with info.context.change() as unit:
            row = await complete_dossier(unit, desk_of(info), required_key("Dossier", id))
        return DossierChange(dossier=Dossier.of(row))

    @mutation
    async def dossier_file(
        self,
        info: Info,
        id: DossierId,
        receipt: Annotated[
            str | None,
            strawberry.argument(
                description="The receipt of the national portal; without one the one-stop desk "
                "is asked to receive it.",
            ),
        ] = None,
    ) -> DossierChange | None:
        """File a complete dossier."""
        info.context.signed_in()
        async with info.context.change() as unit:
            row = await file_dossier(unit, desk_of(info), required_key("Dossier", id), receipt)
        return DossierChange(dossier=Dossier.of(row))

    @mutation
    async def dossier_withdraw(
        self,
        info: Info,
        id: DossierId,
        note: Annotated[str, strawberry.argument(description="Why, if one likes.")] = "",
    ) -> DossierChange | None:
        """Ask for a filed dossier back."""
        info.context.signed_in()
        async with info.context.change() as unit:
            row = await withdraw_dossier(unit, required_key("Dossier", id), note)
        return DossierChange(dossier=Dossier.of(row))

    @mutation
    async def dossier_discard(
        self,
        info: Info,
        id: DossierId,
    ) -> DossierChange | None:
        """Give up a dossier that was never filed; what it says about people is erased."""
        info.context.signed_in()
        async with info.context.change() as unit:
            row = await discard_dossier(unit, required_key("Dossier", id))
        return DossierChange(dossier=Dossier.of(row))

    @mutation
    async def dossier_handle(
        self,
        info: Info,
        id: DossierId,
        step: Annotated[DeskStep, strawberry.argument(description="What is done.")],
        decision: Annotated[
            DossierDecisionInput | None,
            strawberry.argument(description="What goes with it."),
        ] = None,
    ) -> DossierChange | None:
        """Receive, examine, send back, approve or refuse a dossier at the one-stop desk."""
        info.context.signed_in()
        given = decision or DossierDecisionInput()
        words = Decision(given.note, given.receipt, given.result_code, given.wrong_papers)
        async with info.context.change() as unit:
            key = required_key("Dossier", id)
            row = await handle_dossier(unit, desk_of(info), key, step, words)
        return DossierChange(dossier=Dossier.of(row))
