"""Settings for tests: from the given values alone, whatever a developer's `.env` says."""

from marketplace.app.settings import Settings


def a_setting_of(**values: object) -> Settings:
    """Settings with these values and the defaults for the rest."""
    return Settings(_env_file=None, **values)  # type: ignore[call-arg, arg-type]  # pydantic's own
