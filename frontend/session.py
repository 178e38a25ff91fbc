"""The cookies of the site: who is signed in, and the proof that a form came from our own page.

`session` holds an opaque token; only a hash of it is stored, so the cookie is worth nothing to who
reads the database. `form` holds a random value; every form repeats it, signed with the secret of
the deployment and bound to the session, and another site can do neither.
"""

import hmac
import secrets
from hashlib import sha256
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

SESSION_COOKIE: Final = "session"
FORM_COOKIE: Final = "form"
FORM_FIELD: Final = "form_token"
SESSION_SECONDS: Final = 60 * 60 * 24 * 30
_SALT_BYTES: Final = 16


class ForgedFormError(Exception):
    """A form did not come from a page of ours, or its page is too old."""


class FormGuard:
    """Gives and checks the token of a form (signed double submit).

    The value for the cookie is made only when a page really shows a form, so that pages without
    one stay the same for every visitor.
    """

    def __init__(self, request: Request, secret: str) -> None:
        self._secret = secret.encode()
        self._session = request.cookies.get(SESSION_COOKIE) or ""
        self._known = request.cookies.get(FORM_COOKIE) or ""
        self.fresh_salt = ""

    @property
    def token(self) -> str:
        """What the form carries in its hidden field."""
        if not self._known and not self.fresh_salt:
            self.fresh_salt = secrets.token_urlsafe(_SALT_BYTES)
        return self._sign(self._known or self.fresh_salt)

    @property
    def was_used(self) -> bool:
        """Whether the page shows a form of this browser."""
        return bool(self._known or self.fresh_salt)

    def check(self, token: object) -> None:
        """Refuse a form whose token is not the one we gave.

        Raises:
            ForgedFormError: it is missing or another one.
        """
        # As bytes: two texts can be compared this way in ASCII only, and anything may be sent.
        sent = str(token or "").encode(errors="replace")
        if not self._known or not hmac.compare_digest(sent, self._sign(self._known).encode()):
            raise ForgedFormError

    def _sign(self, salt: str) -> str:
        words = f"form\n{salt}\n{self._session}".encode()
        return hmac.new(self._secret, words, sha256).hexdigest()


def keep_session(response: Response, token: str, *, is_secure: bool) -> None:
    """Remember who signed in; the form cookie is renewed at the next page."""
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=SESSION_SECONDS,
        httponly=True,
        secure=is_secure,
        samesite="lax",
    )


def keep_form_salt(response: Response, salt: str, *, is_secure: bool) -> None:
    """Remember the value that this browser's forms must repeat."""
    response.set_cookie(FORM_COOKIE, salt, httponly=True, secure=is_secure, samesite="lax")


def forget_session(response: Response) -> None:
    """Sign this browser out."""
    response.delete_cookie(SESSION_COOKIE)
    response.delete_cookie(FORM_COOKIE)
