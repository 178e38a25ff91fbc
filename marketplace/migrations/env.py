"""How Alembic reaches the database: one writer at a time, and never waiting long for a lock."""

from alembic import context
from sqlalchemy import create_engine, pool, text

from marketplace.app.tables import METADATA

ADVISORY_LOCK = 7_202_511_220


def is_ours(
    thing: object,
    name: str | None,
    kind: str,
    reflected: bool,
    counterpart: object,
) -> bool:
    """Leave procrastinate's own tables and functions to its own migrations."""
    del thing, reflected, counterpart
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


def migrate() -> None:
    """Run the migrations over one connection, holding the lock of all migrations."""
    url = context.config.attributes.get("url") or context.config.get_main_option("sqlalchemy.url")
    engine = create_engine(str(url), poolclass=pool.NullPool)
    with engine.connect() as connection:
        connection.execute(text("SET lock_timeout = '4s'"))
        connection.execute(text(f"SELECT pg_advisory_lock({ADVISORY_LOCK})"))
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=METADATA,
            include_object=is_ours,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.execute(text(f"SELECT pg_advisory_unlock({ADVISORY_LOCK})"))
        connection.commit()
    engine.dispose()


if not context.is_offline_mode():
    migrate()
