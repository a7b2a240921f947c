"""The first tables, and the second wall: row security for the role that the hub works under.

That role owns no table. What it may see of operations and grants while it answers a laptop is what
that laptop's worker holds; the hub's own acts (taking in, a lead's decisions) see all. The audit
takes lines and gives them up to nobody: they can be neither changed nor taken out.
"""

from __future__ import annotations

from importlib.resources import files

from alembic import context, op

revision = "0001"
down_revision = None

_HELD = """
    scope = 'team'
    OR scope IN (SELECT 'worker:' || alias FROM hub_alias
        WHERE worker = current_setting('linkworker.worker', true))
    OR EXISTS (SELECT 1 FROM hub_grant g
        WHERE g.worker = current_setting('linkworker.worker', true) AND g.scope = {table}.scope
        AND (g.until IS NULL OR g.until > {now}))"""

_NOW = "nullif(current_setting('linkworker.now', true), '')::bigint"

_ITSELF = "current_setting('linkworker.acts', true) = 'hub'"


def upgrade() -> None:
    """Make the tables, and raise the wall."""
    said = str(context.config.get_main_option("linkworker.role"))
    role = '"' + said.replace('"', '""').replace(":", "\\:") + '"'  # a colon would begin a value
    script = files("linkworker.hub.migrations.versions").joinpath("first.sql")
    for statement in script.read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            op.execute(statement)
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
    op.execute(f"REVOKE UPDATE, DELETE ON hub_audit FROM {role}")
    op.execute(f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {role}")
    for table in ("hub_op", "hub_scope"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY hub_itself ON {table} USING ({_ITSELF}) WITH CHECK ({_ITSELF})")
        held = _HELD.format(table=table, now=_NOW)
        op.execute(f"CREATE POLICY held ON {table} FOR SELECT USING ({held})")
    for table in ("hub_tells", "hub_face", "hub_clue", "hub_pair"):  # no laptop's, ever
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY hub_itself ON {table} USING ({_ITSELF}) WITH CHECK ({_ITSELF})")
    op.execute("ALTER TABLE hub_grant ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY hub_itself ON hub_grant USING ({_ITSELF}) WITH CHECK ({_ITSELF})")
    op.execute(
        "CREATE POLICY own ON hub_grant FOR SELECT "
        "USING (worker = current_setting('linkworker.worker', true))"
    )
