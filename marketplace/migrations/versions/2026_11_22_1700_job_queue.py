"""The tables of the job queue.

procrastinate brings its own schema; its later versions bring upgrades, each a migration here.
"""

from collections.abc import Sequence

from alembic import op
from procrastinate.schema import SchemaManager

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

DROP_THE_REST = r"""
    DO $$
    DECLARE thing text;
    BEGIN
        FOR thing IN SELECT oid::regprocedure FROM pg_proc WHERE proname LIKE 'procrastinate\_%'
        LOOP EXECUTE 'DROP FUNCTION ' || thing || ' CASCADE'; END LOOP;
        FOR thing IN SELECT oid::regtype FROM pg_type
            WHERE typname LIKE 'procrastinate\_%' AND typtype IN ('c', 'e')
        LOOP EXECUTE 'DROP TYPE ' || thing || ' CASCADE'; END LOOP;
    END $$
"""


def upgrade() -> None:
    """Go forward."""
    op.get_bind().connection.cursor().execute(SchemaManager.get_schema())


def downgrade() -> None:
    """Go back."""
    op.execute("DROP TABLE IF EXISTS procrastinate_events, procrastinate_periodic_defers CASCADE")
    op.execute("DROP TABLE IF EXISTS procrastinate_jobs, procrastinate_workers CASCADE")
    op.execute(DROP_THE_REST)
