"""Commands about the people who work here: how an installation without anybody in it begins."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, NoReturn

import typer
from sqlmodel import Session, col, select

from consult import identity
from consult.commands.place import Data, database, settle
from consult.db import transaction
from consult.identity import Organisation, OrganisationKind, Role
from consult.lib import text

DAY = timedelta(days=1)


def invite(
    email: Annotated[str, typer.Argument(help="Their e-mail address, by which they are known.")],
    name: Annotated[str, typer.Option("--name", help="Their name, as pages show it.")],
    organisation: Annotated[
        str, typer.Option("--organisation", metavar="SLUG", help="Short name of the organisation.")
    ],
    role: Annotated[Role, typer.Option("--role", help="What they may do there.")],
    create_organisation: Annotated[
        str,
        typer.Option(
            "--create-organisation", metavar="NAME", help="Make the organisation, with this name."
        ),
    ] = "",
    kind: Annotated[
        OrganisationKind, typer.Option("--kind", help="What the organisation made is.")
    ] = OrganisationKind.COUNCIL,
    data: Data = None,
) -> None:
    """Give somebody an account and a role, and print a link that signs them in once, within a day."""
    if "@" not in email.strip("@"):
        _stop(f"“{email}” is not an e-mail address.")
    settings = settle(data)
    at = datetime.now(UTC)
    with transaction(database(settings)) as db:
        place = _place(db, organisation, create_organisation, kind)
        person = identity.create_person(db, email, name, at=at)
        identity.grant(db, person, place.id, role, at=at)
        token = identity.new_link(db, email, lasts=DAY, at=at)
    typer.echo(f"{person.name} is {role.value} at {place.name}.")
    typer.echo("This link signs them in, once, within a day:")
    typer.echo(f"{settings.base_url.rstrip('/')}/sign-in/link/{token}")


def _place(db: Session, slug: str, name: str, kind: OrganisationKind) -> Organisation:
    """The organisation, made now if that was asked for."""
    found = identity.organisation(db, slug)
    if found:
        return found
    if name:
        if text.slug(slug) != slug:
            _stop(f"A short name is small letters, numbers and hyphens, such as {text.slug(slug)}.")
        return identity.create_organisation(db, slug, name, kind)
    there = db.exec(select(Organisation.slug).order_by(col(Organisation.slug)).limit(20)).all()
    known = f"There is {', '.join(there)}." if there else "There is none yet."
    return _stop(
        f"There is no organisation “{slug}”. {known} To make it, add --create-organisation “Its name”."
    )


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)
