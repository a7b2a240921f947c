"""What came by the front door and waits, the partners who have a key, and to what is sealed."""

from __future__ import annotations

from alembic import context, op

from linkworker.hub.upgrading import STEPS

revision = "0002"
down_revision = "0001"

_ITSELF = "current_setting('linkworker.acts', true) = 'hub'"


def upgrade() -> None:
    """Make the tables, which no laptop sees."""
    said = str(context.config.get_main_option("linkworker.role"))
    role = '"' + said.replace('"', '""').replace(":", "\\:") + '"'  # a colon would begin a value
    for statement in STEPS[2]:
        op.execute(statement)
    for table in ("hub_introduction", "hub_partner"):
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {role}")
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY hub_itself ON {table} USING ({_ITSELF}) WITH CHECK ({_ITSELF})")
