"""What is sent to people about their accounts."""

from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from marketplace.accounts.models import OneTimeToken, User
from marketplace.accounts.ports import AccountSettings, Letter
from marketplace.accounts.rules.links import link_with
from marketplace.accounts.rules.secrets import TokenPurpose, one_time_secret
from marketplace.accounts.services.letters import LETTERS, render_letter
from marketplace.hooks.models import WebhookEndpoint
from marketplace.kernel.i18n import Language, _, translate

_LETTERS: Final = {
    TokenPurpose.CONFIRM_EMAIL: "confirm_email",
    TokenPurpose.RESET_BY_EMAIL: "reset_password",
    TokenPurpose.DELETE_BY_EMAIL: "delete_account",
}
_MESSAGES: Final = {
    TokenPurpose.CONFIRM_PHONE: _("{site}: {code} confirms your number. Good for 10 minutes."),
    TokenPurpose.RESET_BY_PHONE: _(
        "{site}: {code} lets you set a new password. Tell it to nobody. Good for 10 minutes.",
    ),
    TokenPurpose.DELETE_BY_PHONE: _(
        "{site}: {code} confirms that your account is to be deleted. Good for 10 minutes.",
    ),
}


def language_of_user(user: User) -> Language:
    """The language letters to the person are written in."""
    return "en" if user.language == "en" else "vi"


async def secret_to_send(
    session: AsyncSession,
    token_id: UUID,
) -> tuple[OneTimeToken, User] | None:
    """The token and its person, or None when it was used or revoked in the meantime."""
    token = await session.get(OneTimeToken, token_id)
    if token is None or token.used_at is not None:
        return None
    return token, await session.get_one(User, token.user_id)


def letter_with_secret(
    settings: AccountSettings,
    token: OneTimeToken,
    user: User,
    *,
    is_repeat: bool,
) -> Letter:
    """The letter that carries a link with a one-time token."""
    language = language_of_user(user)
    secret = one_time_secret(settings.secret_key, token.purpose, token.id)
    page = token.redirect_url or _page_of(settings, token.purpose, language)
    return render_letter(
        LETTERS,
        "account_exists" if is_repeat else _LETTERS[token.purpose],
        language,
        token.sent_to,
        site_name=settings.site_name,
        link=link_with(page, email=token.sent_to, token=secret),
    )


def message_with_code(settings: AccountSettings, token: OneTimeToken, user: User) -> str:
    """The text message that carries a code."""
    return translate(
        _MESSAGES[token.purpose],
        language_of_user(user),
        site=settings.site_name,
        code=one_time_secret(settings.secret_key, token.purpose, token.id),
    )


def password_notice(settings: AccountSettings, user: User, email: str) -> Letter:
    """The letter that tells a person of a changed password."""
    language = language_of_user(user)
    return render_letter(
        LETTERS,
        "password_changed",
        language,
        email,
        site_name=settings.site_name,
        link=settings.page("reset", language),
    )


def endpoint_notice(settings: AccountSettings, endpoint: WebhookEndpoint) -> Letter:
    """The letter to whoever looks after an endpoint that is switched off."""
    return render_letter(
        LETTERS,
        "endpoint_given_up",
        "vi",
        endpoint.contact_email,
        site_name=settings.site_name,
        label=endpoint.label,
        host=urlsplit(endpoint.url).hostname or "",
    )


def _page_of(settings: AccountSettings, purpose: TokenPurpose, language: Language) -> str:
    pages = {
        TokenPurpose.CONFIRM_EMAIL: "confirm",
        TokenPurpose.RESET_BY_EMAIL: "reset",
        TokenPurpose.DELETE_BY_EMAIL: "delete",
    }
    return settings.page(pages[purpose], language)
