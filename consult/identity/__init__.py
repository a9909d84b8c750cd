"""People, organisations, roles, and the browsers they are signed in with."""

from consult.identity.accounts import arrive
from consult.identity.claims import Claimed
from consult.identity.links import link_holder, new_link, use_link
from consult.identity.models import (
    LinkedAccount,
    Membership,
    OperatorType,
    Organisation,
    OrganisationKind,
    Person,
    Role,
    SignIn,
    SignInAttempt,
    SignInLink,
)
from consult.identity.oidc import believed, exchange, way_out, way_to
from consult.identity.providers import Provider, discovered
from consult.identity.queries import (
    CastMember,
    by_email,
    cast,
    hashed,
    memberships,
    organisation,
    organisation_names,
    organisations_of,
    person_of,
    roles_in,
    sign_ins,
)
from consult.identity.refusals import SignInRefused, Why
from consult.identity.service import (
    create_organisation,
    create_person,
    end_sign_in,
    end_token,
    grant,
    operator,
    sign_in,
)
from consult.identity.trips import Trip, begin_trip, end_trip

__all__ = [
    "CastMember",
    "Claimed",
    "LinkedAccount",
    "Membership",
    "OperatorType",
    "Organisation",
    "OrganisationKind",
    "Person",
    "Provider",
    "Role",
    "SignIn",
    "SignInAttempt",
    "SignInLink",
    "SignInRefused",
    "Trip",
    "Why",
    "arrive",
    "begin_trip",
    "believed",
    "by_email",
    "cast",
    "create_organisation",
    "create_person",
    "discovered",
    "end_sign_in",
    "end_token",
    "end_trip",
    "exchange",
    "grant",
    "hashed",
    "link_holder",
    "memberships",
    "new_link",
    "operator",
    "organisation",
    "organisation_names",
    "organisations_of",
    "person_of",
    "roles_in",
    "sign_in",
    "sign_ins",
    "use_link",
    "way_out",
    "way_to",
]
