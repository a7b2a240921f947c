"""Migrations of the hub's tables on PostgreSQL (Alembic); only the hub's own machine runs them."""
