"""GraphQL types of the guides and the lines of business."""

from datetime import date
from enum import Enum
from typing import Self

import strawberry

from marketplace.kernel.context import Info
from marketplace.kernel.i18n import Language
from marketplace.law.api.loaders import LawLoaders
from marketplace.law.api.types import LegalBasis
from marketplace.registration import models
from marketplace.registration.rules import guides
from marketplace.registration.rules.interview import STEPS, Field, FieldKind, Step
from marketplace.registration.rules.kinds import DossierKind


@strawberry.enum(description="What can be registered.")
class DossierKindEnum(Enum):
    """The kinds of business."""

    HOUSEHOLD = DossierKind.HOUSEHOLD.value
    PRIVATE_ENTERPRISE = DossierKind.PRIVATE_ENTERPRISE.value
    LLC_ONE_MEMBER = DossierKind.LLC_ONE_MEMBER.value
    LLC = DossierKind.LLC.value
    JOINT_STOCK = DossierKind.JOINT_STOCK.value
    COOPERATIVE = DossierKind.COOPERATIVE.value


strawberry.enum(
    FieldKind, name="DossierFieldKindEnum", description="What the answer to a question looks like."
)


@strawberry.type
class RegistrationPaper:
    """A paper that belongs to a dossier."""

    code: str = strawberry.field(description="Its stable name.")
    name: str = strawberry.field(description="What it is, for the reader.")
    note: str = strawberry.field(description="What to mind; may be empty.")
    is_always_needed: bool = strawberry.field(
        description="Whether every dossier of the kind needs it.",
    )

    @classmethod
    def of(cls, paper: guides.Paper, language: Language) -> Self:
        """The paper as the schema shows it."""
        return cls(
            code=paper.code,
            name=paper.name[language],
            note=paper.note[language],
            is_always_needed=paper.when == "always",
        )


@strawberry.type
class RegistrationStep:
    """One thing to do."""

    title: str = strawberry.field(description="What.")
    text: str = strawberry.field(description="How.")


@strawberry.type
class RegistrationFee:
    """What has to be paid."""

    what: str = strawberry.field(description="What for.")
    amount: int = strawberry.field(description="In đồng; 0 is free.")
    note: str = strawberry.field(description="What to mind; may be empty.")
    is_certain: bool = strawberry.field(description="Whether the amount was checked.")


@strawberry.type
class RegistrationForm:
    """An official form."""

    name: str = strawberry.field(description="What it is called.")
    number: str = strawberry.field(description="Where the law prints it.")
    is_certain: bool = strawberry.field(description="Whether its number was checked.")


@strawberry.type
class DossierQuestion:
    """A question of the interview."""

    name: str = strawberry.field(description="The name its answer is sent under.")
    kind: FieldKind = strawberry.field(description="What the answer looks like.")
    is_required: bool = strawberry.field(description="Whether it must be answered.")
    longest: int = strawberry.field(description="How long the answer may be.")
    choices: list[str] = strawberry.field(description="The answers to choose from, if any.")

    @classmethod
    def of(cls, field: Field) -> Self:
        """The question as the schema shows it."""
        return cls(
            name=field.name,
            kind=field.kind,
            is_required=field.is_required,
            longest=field.longest,
            choices=list(field.choices),
        )


@strawberry.type
class DossierScreen:
    """A group of questions asked at once."""

    name: str = strawberry.field(description="Its stable name.")
    questions: list[DossierQuestion] = strawberry.field(description="Asked once.")
    row_questions: list[DossierQuestion] = strawberry.field(
        description="Asked about each of several people; answers are sent as `0.fullName`.",
    )
    fewest_rows: int = strawberry.field(description="How many people at least.")
    most_rows: int = strawberry.field(description="How many people at most.")

    @classmethod
    def of(cls, step: Step) -> Self:
        """The screen as the schema shows it."""
        return cls(
            name=step.name,
            questions=[DossierQuestion.of(field) for field in step.fields],
            row_questions=[DossierQuestion.of(field) for field in step.rows],
            fewest_rows=step.fewest_rows,
            most_rows=step.most_rows,
        )


@strawberry.type
class RegistrationGuide:
    """How one kind of business is registered, in the language of the request."""

    kind: DossierKindEnum = strawberry.field(description="What is registered.")
    slug: str = strawberry.field(description="Its name in addresses.")
    name: str = strawberry.field(description="What it is called.")
    summary: str = strawberry.field(description="In a sentence or two.")
    suits: list[str] = strawberry.field(description="Whom it suits.")
    not_for: list[str] = strawberry.field(description="Who needs it not, or another kind.")
    papers: list[RegistrationPaper] = strawberry.field(description="What to bring.")
    steps: list[RegistrationStep] = strawberry.field(description="What to do, in this order.")
    fees: list[RegistrationFee] = strawberry.field(description="What it costs.")
    forms: list[RegistrationForm] = strawberry.field(description="The official forms.")
    working_days: int = strawberry.field(description="How many working days the office has.")
    authority: str = strawberry.field(description="Who decides.")
    is_of_commune: bool = strawberry.field(description="Whether the commune handles it.")
    checked_on: date = strawberry.field(description="When this was checked last.")
    portal_url: str = strawberry.field(description="Where it is filed online.")
    portal_name: str = strawberry.field(description="What that place is called.")
    slugs: strawberry.Private[guides.Words]
    basis_codes: strawberry.Private[tuple[str, ...]]
    dossier_kind: strawberry.Private[DossierKind]

    @classmethod
    def of(cls, guide: guides.Guide, book: guides.RegistrationBook, language: Language) -> Self:
        """The guide as the schema shows it."""
        return cls(
            kind=DossierKindEnum(guide.kind.value),
            slug=guide.slugs[language],
            name=guide.name[language],
            summary=guide.summary[language],
            suits=[words[language] for words in guide.suits],
            not_for=[words[language] for words in guide.not_for],
            papers=[RegistrationPaper.of(paper, language) for paper in guide.papers],
            steps=[
                RegistrationStep(title=step.title[language], text=step.text[language])
                for step in guide.steps
            ],
            fees=[
                RegistrationFee(
                    what=fee.what[language],
                    amount=fee.amount,
                    note=fee.note[language],
                    is_certain=fee.is_certain,
                )
                for fee in guide.fees
            ],
            forms=[
                RegistrationForm(
                    name=form.name[language], number=form.number, is_certain=form.is_certain
                )
                for form in guide.forms
            ],
            working_days=guide.working_days,
            authority=guide.authority[language],
            is_of_commune=guide.is_of_commune,
            checked_on=date.fromisoformat(guide.checked_on),
            portal_url=book.portal_url,
            portal_name=book.portal_name[language],
            slugs=guide.slugs,
            basis_codes=guide.bases,
            dossier_kind=guide.kind,
        )

    @strawberry.field
    async def legal_bases(self, info: Info) -> list[LegalBasis]:
        """Where all this comes from, as of today."""
        rows = await info.context.once(LawLoaders).by_code.load_many(self.basis_codes)
        return [LegalBasis.of(row, info.context.language) for row in rows if row is not None]

    @strawberry.field
    def screens(self) -> list[DossierScreen]:
        """The interview that fills a dossier in, one screen after another."""
        return [DossierScreen.of(step) for step in STEPS[self.dossier_kind]]

    @strawberry.field
    def slug_vi(self) -> str:
        """Its name in addresses of the Vietnamese site."""
        return self.slugs["vi"]

    @strawberry.field
    def slug_en(self) -> str:
        """Its name in addresses of the English site."""
        return self.slugs["en"]


@strawberry.type
class Industry:
    """A line of business of the national classification."""

    version: str = strawberry.field(description="Which edition; a code means nothing without it.")
    code: str = strawberry.field(description="Four digits.")
    name: str = strawberry.field(description="In the language of the request.")
    official_name: str = strawberry.field(description="As the Vietnamese list has it.")

    @classmethod
    def of(cls, row: models.Industry, language: Language) -> Self:
        """The line of business as the schema shows it."""
        return cls(
            version=row.version,
            code=row.code,
            name=row.name_en if language == "en" else row.name,
            official_name=row.name,
        )
