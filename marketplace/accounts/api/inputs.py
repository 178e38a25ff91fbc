"""What clients type about people and addresses."""

from enum import Enum

import strawberry

from marketplace.accounts.rules.addresses import AddressWords
from marketplace.accounts.rules.countries import CountryCode
from marketplace.accounts.services.addresses import Defaults
from marketplace.accounts.services.registration import Registration
from marketplace.kernel.graph.scalars import LanguageCodeEnum
from marketplace.kernel.i18n import Language

strawberry.enum(
    CountryCode,
    name="CountryCode",
    description="A country, by its ISO 3166-1 alpha-2 code.",
)


@strawberry.enum(description="What an address is for.")
class AddressTypeEnum(Enum):
    """Where the bill goes, or where the goods go."""

    BILLING = "billing"
    SHIPPING = "shipping"


def defaults_of(kind: AddressTypeEnum | None) -> Defaults:
    """What an address of that kind is proposed first for."""
    return Defaults(
        shipping=kind is AddressTypeEnum.SHIPPING,
        billing=kind is AddressTypeEnum.BILLING,
    )


@strawberry.input(description="An address; in the hills a hamlet stands for street and number.")
class AddressInput:
    """What is null is left as it was."""

    first_name: str | None = strawberry.field(default=None, description="Given name.")
    last_name: str | None = strawberry.field(default=None, description="Family and middle names.")
    company_name: str | None = strawberry.field(default=None, description="Company.")
    street_address1: str | None = strawberry.field(
        default=None, name="streetAddress1", description="Street and number, if there are any."
    )
    street_address2: str | None = strawberry.field(
        default=None, name="streetAddress2", description="What helps to find the door."
    )
    city: str | None = strawberry.field(default=None, description="Commune, ward or town.")
    city_area: str | None = strawberry.field(default=None, description="A part of it.")
    postal_code: str | None = strawberry.field(default=None, description="Five digits, if known.")
    country: CountryCode | None = strawberry.field(default=None, description="Viet Nam if null.")
    country_area: str | None = strawberry.field(default=None, description="Province or city.")
    phone: str | None = strawberry.field(default=None, description="Whom the carrier may call.")
    commune_code: str | None = strawberry.field(
        default=None, description="The code of the commune, where it is one of the province's."
    )
    hamlet: str | None = strawberry.field(default=None, description="Thôn, bản, tổ dân phố.")

    def words(self) -> AddressWords:
        """The address as plain words."""
        return AddressWords(
            first_name=self.first_name,
            last_name=self.last_name,
            company_name=self.company_name,
            street_address_1=self.street_address1,
            street_address_2=self.street_address2,
            city=self.city,
            city_area=self.city_area,
            postal_code=self.postal_code,
            country=None if self.country is None else self.country.value,
            country_area=self.country_area,
            phone=self.phone,
            commune_code=self.commune_code,
            hamlet=self.hamlet,
        )


@strawberry.input(description="Who signs up, and how they will sign in.")
class AccountRegisterInput:
    """A Vietnamese phone number may stand in the place of the e-mail address."""

    first_name: str | None = strawberry.field(default=None, description="Given name.")
    last_name: str | None = strawberry.field(default=None, description="Family and middle names.")
    language_code: LanguageCodeEnum | None = strawberry.field(
        default=None, description="The language of letters."
    )
    email: str = strawberry.field(description="An e-mail address or a Vietnamese phone number.")
    password: str = strawberry.field(description="At least 8 characters.")
    redirect_url: str | None = strawberry.field(
        default=None, description="The page the letter points to; `email` and `token` are added."
    )
    channel: str | None = strawberry.field(default=None, description="The channel's slug.")
    accepted_regulation: str | None = strawberry.field(
        default=None, description="The version of the operating regulation that was accepted."
    )

    def registration(self, language: Language) -> Registration:
        """The same as the service takes it; letters are in the request's language by default."""
        return Registration(
            login=self.email,
            password=self.password,
            first_name=self.first_name,
            last_name=self.last_name,
            language=language if self.language_code is None else self.language_code.ours,
            redirect_url=self.redirect_url,
            accepted_regulation=self.accepted_regulation,
        )


@strawberry.input(description="What a person changes about themselves.")
class AccountInput:
    """What is null is left as it was."""

    first_name: str | None = strawberry.field(default=None, description="Given name.")
    last_name: str | None = strawberry.field(default=None, description="Family and middle names.")
    language_code: LanguageCodeEnum | None = strawberry.field(
        default=None, description="The language of letters."
    )
