"""How Alembic reaches the database: a connection is handed over by `consult.schema`."""

from typing import Literal

from alembic import context

from consult.db import Choice, Moment, metadata
from consult.schema import ours

connection = context.config.attributes["connection"]


def rendered(kind: str, thing: object, _: object) -> str | Literal[False]:
    """Write our column types as what they are underneath, so that old migrations need no old code."""
    names = {Moment: "sa.DateTime(timezone=True)", Choice: "sa.String(length=40)"}
    return names.get(type(thing), False) if kind == "type" else False


context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=not context.config.attributes.get("first"),
    render_item=rendered,
    include_object=ours,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
