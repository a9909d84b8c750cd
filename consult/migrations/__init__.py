"""Alembic migrations, numbered; each is named for what it does to people."""
