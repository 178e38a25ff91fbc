"""People, their addresses and offices, and what lets them in."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.accounts.rules.identity import IdentityPurpose
from marketplace.accounts.rules.secrets import TokenPurpose
from marketplace.kernel.database import Identified, Model
from marketplace.kernel.i18n import DEFAULT_LANGUAGE
from marketplace.kernel.viewer import OfficerFunction


def _words(kind: type[StrEnum]) -> Any:  # noqa: ANN401 - a column type of any enum
    """Kept as text, so that a new word needs no change of type."""
    return Enum(
        kind,
        native_enum=False,
        length=32,
        create_constraint=False,
        values_callable=lambda members: [member.value for member in members],
    )


class User(Identified):
    """A person with an account, known by an e-mail address, a Vietnamese phone number, or both."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("email IS NOT NULL OR phone IS NOT NULL", name="reachable"),
        CheckConstraint("email <> '' AND phone <> ''", name="absent_is_null"),
    )

    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    phone: Mapped[str | None] = mapped_column(String(16), unique=True)
    password_hash: Mapped[str] = mapped_column(String(256))
    first_name: Mapped[str] = mapped_column(String(256), default="")
    last_name: Mapped[str] = mapped_column(String(256), default="")
    language: Mapped[str] = mapped_column(String(8), default=DEFAULT_LANGUAGE)
    is_active: Mapped[bool] = mapped_column(default=True)
    is_confirmed: Mapped[bool] = mapped_column(default=False)
    is_administrator: Mapped[bool] = mapped_column(default=False)
    email_confirmed_at: Mapped[datetime | None]
    phone_confirmed_at: Mapped[datetime | None]
    token_key: Mapped[str] = mapped_column(String(32))
    date_joined: Mapped[datetime]
    last_sign_in_at: Mapped[datetime | None]
    password_changed_at: Mapped[datetime]
    deletion_requested_at: Mapped[datetime | None]
    accepted_regulation: Mapped[str | None] = mapped_column(String(32))
    accepted_regulation_at: Mapped[datetime | None]
    default_shipping_address_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("addresses.id", ondelete="SET NULL", use_alter=True),
    )
    default_billing_address_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("addresses.id", ondelete="SET NULL", use_alter=True),
    )

    @property
    def full_name(self) -> str:
        """Family and middle names, then the given name, as Vietnamese people write them."""
        return f"{self.last_name} {self.first_name}".strip()


class Address(Identified):
    """Where a person lives or receives things; no house number is needed."""

    __tablename__ = "addresses"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    first_name: Mapped[str] = mapped_column(String(256), default="")
    last_name: Mapped[str] = mapped_column(String(256), default="")
    company_name: Mapped[str] = mapped_column(String(256), default="")
    street_address_1: Mapped[str] = mapped_column(String(256), default="")
    street_address_2: Mapped[str] = mapped_column(String(256), default="")
    city: Mapped[str] = mapped_column(String(256), default="")
    city_area: Mapped[str] = mapped_column(String(128), default="")
    postal_code: Mapped[str] = mapped_column(String(20), default="")
    country: Mapped[str] = mapped_column(String(2), default="VN")
    country_area: Mapped[str] = mapped_column(String(128), default="")
    phone: Mapped[str | None] = mapped_column(String(16))
    commune_code: Mapped[str | None] = mapped_column(String(8))
    hamlet: Mapped[str] = mapped_column(String(128), default="")


class OfficerAppointment(Identified):
    """A public function that a person holds, in one place or the whole province, for a time."""

    __tablename__ = "officer_appointments"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    function: Mapped[OfficerFunction] = mapped_column(_words(OfficerFunction))
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("places.id"), index=True)
    department_name: Mapped[str] = mapped_column(String(256), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Session(Identified):
    """A browser that is signed in; its cookie holds the secret of which this is the hash."""

    __tablename__ = "sessions"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    user_agent: Mapped[str] = mapped_column(String(400), default="")
    address: Mapped[str] = mapped_column(String(45), default="")


class OneTimeToken(Identified):
    """A secret sent by letter or text message, good once and for a short time."""

    __tablename__ = "one_time_tokens"
    __table_args__ = (Index("ix_one_time_tokens_user_id_purpose", "user_id", "purpose"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    purpose: Mapped[TokenPurpose] = mapped_column(_words(TokenPurpose))
    token_hash: Mapped[bytes]
    sent_to: Mapped[str] = mapped_column(String(254))
    redirect_url: Mapped[str | None] = mapped_column(String(2000))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class Attempt(Model):
    """How often something was tried lately, by a person or from an address."""

    __tablename__ = "attempts"

    key: Mapped[bytes] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
    window_started_at: Mapped[datetime]
    blocked_until: Mapped[datetime | None]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class SigningKey(Identified):
    """An RSA key pair that signs tokens; the private half is encrypted with the site's secret."""

    __tablename__ = "signing_keys"

    kid: Mapped[str] = mapped_column(String(64), unique=True)
    public_jwk: Mapped[dict[str, Any]]
    private_key: Mapped[bytes]
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class ExternalIdentity(Identified):
    """A person's name at an outside identity provider: who comes from there is this account."""

    __tablename__ = "external_identities"
    __table_args__ = (
        UniqueConstraint("issuer", "subject"),
        UniqueConstraint("issuer", "user_id"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str] = mapped_column(String(300))
    subject: Mapped[str] = mapped_column(String(255))
    linked_at: Mapped[datetime]


class IdentityAssertion(Identified):
    """What a provider said about a person at a time: words, never pictures; numbers sealed."""

    __tablename__ = "identity_assertions"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str] = mapped_column(String(300))
    subject: Mapped[str] = mapped_column(String(255))
    level: Mapped[str] = mapped_column(String(120), default="")
    asserted_at: Mapped[datetime]
    name: Mapped[bytes | None]
    birthdate: Mapped[bytes | None]
    identifier: Mapped[bytes | None]
    identifier_hash: Mapped[bytes | None] = mapped_column(index=True)
    identifier_masked: Mapped[str] = mapped_column(String(32), default="")


class IdentityFlow(Identified):
    """Somebody is on the way to an outside provider and back, in one browser, once."""

    __tablename__ = "identity_flows"

    state_hash: Mapped[bytes] = mapped_column(unique=True)
    browser_hash: Mapped[bytes]
    purpose: Mapped[IdentityPurpose] = mapped_column(_words(IdentityPurpose))
    secrets: Mapped[bytes]
    redirect_uri: Mapped[str] = mapped_column(String(2000))
    user_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
