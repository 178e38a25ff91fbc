"""What people are told about their dossiers, by letter or by text message."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from marketplace.accounts.models import User
from marketplace.accounts.ports import AccountSettings, Letter
from marketplace.accounts.services.letters import render_letter
from marketplace.accounts.services.post import language_of_user
from marketplace.kernel.i18n import Language, _, translate
from marketplace.law.services.asking import day_of
from marketplace.registration import queries
from marketplace.registration.models import Dossier
from marketplace.registration.rules.states import DossierState
from marketplace.registration.rules.words import STATE_WORDS

LETTERS: Final = Path(__file__).parents[1] / "letters"
_PAGES: Final = {
    "vi": "/dang-ky-kinh-doanh/ho-so/",
    "en": "/en/register-a-business/dossiers/",
}
_MOVED: Final = _("{site}: dossier {code}: {state}. See {link}")
_REMINDED: Final = _("{site}: dossier {code} is void after {day} unless you act. See {link}")
S = DossierState
# Steps the applicant did not take, or needs a trace of.
TOLD: Final = frozenset(
    {
        S.SUBMITTED,
        S.RECEIVED,
        S.NOT_RECEIVED,
        S.SUPPLEMENT_REQUIRED,
        S.PAYMENT_REQUIRED,
        S.STOPPED,
        S.DECIDED,
        S.RETURNED,
        S.VOID,
    }
)


@dataclass(frozen=True, slots=True)
class News:
    """One message: a letter where there is an address, else a text message, else nothing."""

    letter: Letter | None = None
    phone: str | None = None
    text: str = ""


async def news_of(
    session: AsyncSession, settings: AccountSettings, dossier_id: UUID, *, is_reminder: bool
) -> News:
    """What the applicant is told now; nothing that is personal stands in it."""
    dossier = await session.get_one(Dossier, dossier_id)
    user = await session.get_one(User, dossier.applicant_id)
    language = language_of_user(user)
    values = _values(dossier, settings, language)
    if user.email is not None:
        notes = [each.note for each in await session.scalars(queries.events_of([dossier.id]))]
        name = "dossier_reminder" if is_reminder else "dossier_moved"
        note = notes[-1] if notes and not is_reminder else ""
        letter = render_letter(LETTERS, name, language, user.email, note=note, **values)
        return News(letter=letter)
    words = _REMINDED if is_reminder else _MOVED
    return News(phone=user.phone, text=translate(words, language, **values))


def _values(dossier: Dossier, settings: AccountSettings, language: Language) -> dict[str, str]:
    return {
        "site": settings.site_name,
        "code": dossier.our_code,
        "name": dossier.name,
        "state": translate(STATE_WORDS[dossier.state], language),
        "day": "" if dossier.due_at is None else f"{day_of(dossier.due_at):%d/%m/%Y}",
        "expected": "" if dossier.expected_on is None else f"{dossier.expected_on:%d/%m/%Y}",
        "link": f"{settings.public_url}{_PAGES[language]}{dossier.our_code.lower()}",
    }
