"""What a deployment may set, read once from the environment and from `.env`.

Every field carries its description: the table in the README and `marketplace doctor` are made
from them, so that a setting is explained in one place only. Nothing else in the project reads
the environment.
"""

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEVELOPMENT_SECRET: Final = "for-development-only-never-in-production"  # noqa: S105 - public on purpose
SHORTEST_SECRET: Final = 32
OUTBOX: Final = "file:var/outbox"


class Environment(StrEnum):
    """What kind of deployment this is; production is the strict one."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"
    TEST = "test"


class LogFormat(StrEnum):
    """How log lines are written: for people or for machines."""

    CONSOLE = "console"
    JSON = "json"


class Settings(BaseSettings):
    """The settings of one process; frozen, because a setting that changes is state."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    environment: Environment = Field(
        default=Environment.DEVELOPMENT,
        description="development, production or test; production refuses unsafe defaults.",
    )
    secret_key: SecretStr = Field(
        default=SecretStr(DEVELOPMENT_SECRET),
        description="Signs cookies and links; at least 32 random characters.",
    )
    data_key: SecretStr | None = Field(
        default=None,
        description="Seals personal numbers and bank accounts; new key first, with commas.",
    )
    port: int = Field(default=8000, ge=1, le=65535, description="The port of the web server.")
    public_url: str = Field(
        default_factory=lambda given: f"http://localhost:{given['port']}",
        description="The address visitors see, without a slash at its end.",
    )
    host: str = Field(default="127.0.0.1", description="The address the web server listens on.")
    web_processes: int = Field(default=1, ge=1, description="How many web processes run.")
    database_url: str | None = Field(
        default=None,
        description="PostgreSQL 15 or newer; empty: a server of our own in VAR_FOLDER.",
    )
    database_pool_size: int = Field(
        default=8, ge=1, description="Connections each process keeps to PostgreSQL."
    )
    reference_seconds: float = Field(
        default=5,
        ge=0,
        description="How long categories, channels and attributes may be kept by a process.",
    )
    meili_url: str | None = Field(
        default=None, description="Meilisearch 1.21; empty: a server of our own in VAR_FOLDER."
    )
    meili_master_key: SecretStr | None = Field(
        default=None, description="The key of that Meilisearch server."
    )
    media_url: str = Field(
        default="file:var/media",
        description="Pictures: file:<folder> or s3://<bucket>/<prefix>?endpoint_url=<address>.",
    )
    upload_megabytes: int = Field(
        default=500, ge=1, description="How much one person may hand in within a day, in MB."
    )
    smtp_url: str = Field(
        default=OUTBOX,
        description="Mail: smtp://user:password@host:587, smtps://… or file:<folder>.",
    )
    sms_url: str = Field(
        default=OUTBOX, description="Text messages: file:<folder> or https://… of a gateway."
    )
    stripe_secret_key: SecretStr | None = Field(
        default=None, description="Card payments; empty: cards are not offered."
    )
    stripe_webhook_secret: SecretStr | None = Field(
        default=None, description="Proves that a webhook comes from Stripe."
    )
    stripe_api_base: str = Field(
        default="https://api.stripe.com", description="Where Stripe's API answers."
    )
    oidc_issuer: str | None = Field(
        default=None, description="Sign-in of a public identity provider; empty: not offered."
    )
    oidc_client_id: str | None = Field(default=None, description="Our name at that provider.")
    oidc_client_secret: SecretStr | None = Field(
        default=None, description="Our secret at that provider."
    )
    oidc_name: str = Field(default="VNeID", description="What readers call that provider.")
    oidc_claims: dict[str, str] = Field(
        default_factory=dict,
        description="Its claims, as JSON: name, birthdate, identifier, email, phone, level.",
    )
    enterprise_lookup_url: str | None = Field(
        default=None, description="The public tax-code API, without the code; empty: not asked."
    )
    registry_url: str | None = Field(
        default=None,
        description="The business registry (docs/guides/registry.md); empty: the demo's sandbox.",
    )
    registry_token: SecretStr | None = Field(
        default=None, description="What the business registry wants to see of us."
    )
    province: Path = Field(
        default=Path("provinces/bac-kan"),
        description="The folder of the province: names, units, texts, brand.",
    )
    var_folder: Path = Field(
        default=Path("var"), description="Where everything lives that a process writes by itself."
    )
    demo: bool = Field(
        default=True, description="Whether an empty database gets the demo; never in production."
    )
    log_format: LogFormat = Field(
        default=LogFormat.CONSOLE, description="console for people, json for machines."
    )
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR.")
    trusted_proxies: str = Field(
        default="",
        description="Addresses of proxies whose X-Forwarded-For is believed, with commas.",
    )
    allowed_client_hosts: frozenset[str] = Field(
        default=frozenset(),
        description="Other storefronts that may be named in links, as a JSON list of hosts.",
    )
    otel_exporter_otlp_endpoint: str | None = Field(
        default=None, description="Where traces go (OTLP over HTTP); empty: none are made."
    )

    @field_validator("database_url")
    @classmethod
    def _name_driver(cls, url: str | None) -> str | None:
        """Reads the short forms of a PostgreSQL address as the one driver we use."""
        return normalise_database_url(url) if url else None

    @field_validator("public_url")
    @classmethod
    def _without_slash(cls, url: str) -> str:
        """Addresses are built by appending a path, so the base never ends in a slash."""
        return url.rstrip("/")

    @model_validator(mode="after")
    def _fit_for_production(self) -> Self:
        """Production refuses to start on what is safe for a demo only."""
        problems = unsafe_settings(self)
        if self.environment is Environment.PRODUCTION and problems:
            raise ValueError("Not fit for production. " + " ".join(problems))
        return self

    @property
    def data_keys(self) -> list[str]:
        """What seals secrets at rest, the newest first; without a key of its own, SECRET_KEY."""
        if self.data_key is None:
            return [self.secret_key.get_secret_value()]
        return self.data_key.get_secret_value().split(",")

    @property
    def is_test(self) -> bool:
        """Whether tests or measurements run, which want nothing done behind their back."""
        return self.environment is Environment.TEST

    @property
    def is_production(self) -> bool:
        """Whether real people's data may be in here."""
        return self.environment is Environment.PRODUCTION

    @property
    def uses_sandbox(self) -> bool:
        """Whether the demo's own stand-in plays the business registry."""
        return self.registry_url is None and self.wants_demo and not self.is_test

    @property
    def wants_demo(self) -> bool:
        """Whether made-up goods and people belong in an empty database."""
        return self.demo and not self.is_production


def normalise_database_url(url: str) -> str:
    """Names psycopg as the driver of a PostgreSQL address."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    if not url.startswith("postgresql+psycopg://"):
        raise ValueError("DATABASE_URL must begin with postgresql:// (the driver is psycopg).")
    return url


def unsafe_settings(settings: Settings) -> list[str]:
    """One sentence for each setting that must be changed before production."""
    problems = []
    secret = settings.secret_key.get_secret_value()
    if secret == DEVELOPMENT_SECRET:
        problems.append("SECRET_KEY: set a random one (openssl rand -hex 32).")
    elif len(secret) < SHORTEST_SECRET:
        problems.append(f"SECRET_KEY: it has fewer than {SHORTEST_SECRET} characters.")
    if settings.database_url is None:
        problems.append("DATABASE_URL: name a PostgreSQL server that somebody backs up.")
    if settings.meili_url is None:
        problems.append("MEILI_URL: name an official Meilisearch server.")
    elif settings.meili_master_key is None:
        problems.append("MEILI_MASTER_KEY: the search server must not be open to everyone.")
    if settings.smtp_url.startswith("file:"):
        problems.append("SMTP_URL: mail written into a folder reaches nobody.")
    if settings.sms_url.startswith("file:"):
        problems.append("SMS_URL: messages written into a folder reach nobody.")
    if not settings.public_url.startswith("https://"):
        problems.append("PUBLIC_URL: visitors must come over https.")
    if settings.stripe_secret_key is not None and settings.stripe_webhook_secret is None:
        problems.append("STRIPE_WEBHOOK_SECRET: without it anybody may report a payment.")
    return problems


@cache
def read_settings() -> Settings:
    """The settings of this process, read at the first call."""
    return Settings()
