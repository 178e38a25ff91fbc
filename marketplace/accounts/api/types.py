"""GraphQL types of people."""

from datetime import UTC, datetime
from typing import Self
from uuid import UUID

import strawberry

from marketplace.accounts import models, queries
from marketplace.accounts.api.loaders import AccountLoaders
from marketplace.accounts.rules.calendar import local_day
from marketplace.accounts.rules.contacts import show_phone
from marketplace.accounts.rules.countries import country_name
from marketplace.kernel.context import Info
from marketplace.kernel.graph.ids import to_global
from marketplace.kernel.graph.scalars import Image, LanguageCodeEnum
from marketplace.kernel.viewer import OfficerFunction

strawberry.enum(
    OfficerFunction,
    name="OfficerFunctionEnum",
    description="The public task of an officer.",
)


@strawberry.type
class CountryDisplay:
    """A country, with its name in the language of the request."""

    code: str = strawberry.field(description="Its ISO 3166-1 alpha-2 code.")

    @strawberry.field
    def country(self, info: Info) -> str:
        """Its name."""
        return country_name(self.code, info.context.language)


@strawberry.type
class Address:
    """Where a person lives or receives things."""

    id: strawberry.ID = strawberry.field(description="The id of the address.")
    first_name: str = strawberry.field(description="Given name.")
    last_name: str = strawberry.field(description="Family and middle names.")
    company_name: str = strawberry.field(description="Company.")
    street_address1: str = strawberry.field(
        name="streetAddress1", description="Street and number, if there are any."
    )
    street_address2: str = strawberry.field(
        name="streetAddress2", description="What helps to find the door."
    )
    city: str = strawberry.field(description="Commune, ward or town.")
    city_area: str = strawberry.field(description="A part of it.")
    postal_code: str = strawberry.field(description="Postal code.")
    country: CountryDisplay = strawberry.field(description="The country.")
    country_area: str = strawberry.field(description="Province or city.")
    phone: str | None = strawberry.field(description="Whom the carrier may call, in E.164.")
    commune_code: str | None = strawberry.field(description="The code of the commune, if known.")
    hamlet: str = strawberry.field(description="Thôn, bản, tổ dân phố.")
    is_default_shipping_address: bool | None = strawberry.field(
        default=None, description="Whether goods are sent here first, where that is known."
    )
    is_default_billing_address: bool | None = strawberry.field(
        default=None, description="Whether bills are sent here first, where that is known."
    )

    @classmethod
    def of(cls, row: models.Address, owner: models.User | None = None) -> Self:
        """The address as the schema shows it."""
        return cls(
            id=to_global("Address", row.id),
            first_name=row.first_name,
            last_name=row.last_name,
            company_name=row.company_name,
            street_address1=row.street_address_1,
            street_address2=row.street_address_2,
            city=row.city,
            city_area=row.city_area,
            postal_code=row.postal_code,
            country=CountryDisplay(code=row.country),
            country_area=row.country_area,
            phone=row.phone,
            commune_code=row.commune_code,
            hamlet=row.hamlet,
            is_default_shipping_address=(
                None if owner is None else owner.default_shipping_address_id == row.id
            ),
            is_default_billing_address=(
                None if owner is None else owner.default_billing_address_id == row.id
            ),
        )


@strawberry.type
class AccountSession:
    """A browser in which the person is signed in."""

    id: strawberry.ID = strawberry.field(description="The id of the session.")
    created_at: datetime = strawberry.field(description="When it was signed in.")
    last_seen_at: datetime = strawberry.field(description="When it was last in use, to the hour.")
    expires_at: datetime = strawberry.field(description="When it ends by itself.")
    user_agent: str = strawberry.field(description="What the browser says it is.")
    address: str = strawberry.field(description="The network address it was signed in from.")
    is_current: bool = strawberry.field(description="Whether it is the one that asks.")

    @classmethod
    def of(cls, row: models.Session, current: UUID | None) -> Self:
        """The session as the schema shows it."""
        return cls(
            id=to_global("AccountSession", row.id),
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            expires_at=row.expires_at,
            user_agent=row.user_agent,
            address=row.address,
            is_current=row.id == current,
        )


@strawberry.type
class OfficerAppointment:
    """A public function that a person holds."""

    id: strawberry.ID = strawberry.field(description="The id of the appointment.")
    function: OfficerFunction = strawberry.field(description="Which public task.")
    place_id: strawberry.ID | None = strawberry.field(
        description="The place it is bound to; null for the whole province."
    )
    department_name: str = strawberry.field(description="The department, as it calls itself.")

    @classmethod
    def of(cls, row: models.OfficerAppointment) -> Self:
        """The appointment as the schema shows it."""
        return cls(
            id=to_global("OfficerAppointment", row.id),
            function=row.function,
            place_id=None if row.place_id is None else to_global("Place", row.place_id),
            department_name=row.department_name,
        )


@strawberry.type
class User:
    """A person with an account."""

    id: strawberry.ID = strawberry.field(description="The id of the person.")
    email: str = strawberry.field(description="The e-mail address; empty when there is none.")
    phone: str | None = strawberry.field(description="The phone number, in E.164.")
    first_name: str = strawberry.field(description="Given name.")
    last_name: str = strawberry.field(description="Family and middle names.")
    full_name: str = strawberry.field(description="Family, middle and given names, in this order.")
    is_active: bool = strawberry.field(description="Whether the account is open.")
    is_confirmed: bool = strawberry.field(description="Whether address or number were proved.")
    is_staff: bool = strawberry.field(description="Whether the person administers the site.")
    date_joined: datetime = strawberry.field(description="When they signed up.")
    language_code: LanguageCodeEnum = strawberry.field(description="The language of letters.")
    key: strawberry.Private[UUID]
    row: strawberry.Private[models.User]

    @classmethod
    def of(cls, row: models.User) -> Self:
        """The person as the schema shows them."""
        return cls(
            id=to_global("User", row.id),
            email=row.email or "",
            phone=row.phone,
            first_name=row.first_name,
            last_name=row.last_name,
            full_name=row.full_name,
            is_active=row.is_active,
            is_confirmed=row.is_confirmed,
            is_staff=row.is_administrator,
            date_joined=row.date_joined,
            language_code=LanguageCodeEnum(row.language),
            key=row.id,
            row=row,
        )

    @strawberry.field
    def phone_display(self) -> str | None:
        """The phone number as people at home write it: 0912 345 678."""
        return None if self.phone is None else show_phone(self.phone)

    @strawberry.field
    def avatar(self) -> Image | None:
        """A picture of the person; this marketplace keeps none."""
        return None

    @strawberry.field
    async def addresses(self, info: Info) -> list[Address]:
        """The addresses the person keeps."""
        rows = await info.context.once(AccountLoaders).addresses_by_user.load(self.key)
        return [Address.of(row, self.row) for row in rows]

    @strawberry.field
    async def default_shipping_address(self, info: Info) -> Address | None:
        """Where goods are sent first."""
        return await self._address(info, self.row.default_shipping_address_id)

    @strawberry.field
    async def default_billing_address(self, info: Info) -> Address | None:
        """Where bills are sent first."""
        return await self._address(info, self.row.default_billing_address_id)

    @strawberry.field
    async def sessions(self, info: Info) -> list[AccountSession]:
        """Where the viewer is signed in; of other people nothing is told."""
        viewer = info.context.viewer
        if viewer.user_id != self.key:
            return []
        rows = await info.context.reader.all(queries.visible_sessions(viewer, datetime.now(UTC)))
        return [AccountSession.of(row, viewer.session_id) for row in rows]

    @strawberry.field
    async def offices(self, info: Info) -> list[OfficerAppointment]:
        """The public functions the person holds today."""
        statement = queries.visible_appointments(info.context.viewer, local_day(datetime.now(UTC)))
        rows = await info.context.reader.all(
            statement.where(models.OfficerAppointment.user_id == self.key),
        )
        return [OfficerAppointment.of(row) for row in rows]

    async def _address(self, info: Info, key: UUID | None) -> Address | None:
        if key is None:
            return None
        rows = await info.context.once(AccountLoaders).addresses_by_user.load(self.key)
        return next((Address.of(row, self.row) for row in rows if row.id == key), None)
