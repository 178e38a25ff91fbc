import pytest
from pydantic import ValidationError

from marketplace.app.settings import Settings, normalise_database_url
from tests.factories.settings import a_setting_of

FIT = {
    "environment": "production",
    "secret_key": "x" * 32,
    "database_url": "postgresql://base/marketplace",
    "meili_url": "http://search:7700",
    "meili_master_key": "y" * 32,
    "smtp_url": "smtps://mail.example.com",
    "sms_url": "https://sms.example.com",
    "public_url": "https://cho.example.com/",
}


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_production_starts_with_everything_set() -> None:
    settings = a_setting_of(**FIT)

    assert settings.is_production
    assert settings.public_url == "https://cho.example.com"
    assert settings.database_url == "postgresql+psycopg://base/marketplace"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"secret_key": None}, "SECRET_KEY: set a random one"),
        ({"secret_key": "short"}, "SECRET_KEY: it has fewer than 32 characters"),
        ({"database_url": None}, "DATABASE_URL: name a PostgreSQL server"),
        ({"meili_url": None}, "MEILI_URL: name an official Meilisearch server"),
        ({"meili_master_key": None}, "MEILI_MASTER_KEY: the search server must not be open"),
        ({"smtp_url": None}, "SMTP_URL: mail written into a folder reaches nobody"),
        ({"sms_url": None}, "SMS_URL: messages written into a folder reach nobody"),
        ({"public_url": "http://cho.example.com"}, "PUBLIC_URL: visitors must come over https"),
        ({"stripe_secret_key": "sk_live_1"}, "STRIPE_WEBHOOK_SECRET: without it anybody"),
    ],
)
def test_production_refuses_unsafe_settings(change: dict[str, object], sentence: str) -> None:
    given = {name: value for name, value in (FIT | change).items() if value is not None}

    with pytest.raises(ValidationError) as refusal:
        a_setting_of(**given)

    assert sentence in str(refusal.value)
    assert "y" * 32 not in str(refusal.value)


def test_a_setting_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8123")
    monkeypatch.setenv("ALLOWED_CLIENT_HOSTS", '["shop.example.com"]')
    monkeypatch.setenv("MEILI_URL", "")

    settings = a_setting_of()

    assert settings.port == 8123
    assert settings.allowed_client_hosts == {"shop.example.com"}
    assert settings.meili_url is None


def test_the_public_address_follows_the_port() -> None:
    assert a_setting_of(port=8123).public_url == "http://localhost:8123"


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        a_setting_of().port = 9000


def test_secrets_are_not_shown() -> None:
    assert "hidden" not in repr(a_setting_of(secret_key="hidden-" * 6))


@pytest.mark.parametrize("prefix", ["postgres://", "postgresql://", "postgresql+psycopg://"])
def test_database_addresses_name_the_driver(prefix: str) -> None:
    assert normalise_database_url(f"{prefix}u@h/d") == "postgresql+psycopg://u@h/d"


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ValueError, match="must begin with postgresql"):
        normalise_database_url("mysql://u@h/d")
