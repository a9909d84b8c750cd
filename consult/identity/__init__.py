"""People, organisations, roles, and the browsers they are signed in with."""

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
from consult.identity.queries import (
    by_email,
    memberships,
    organisation,
    organisation_names,
    organisations_of,
    person_of,
    roles_in,
    sign_ins,
)
from consult.identity.service import (
    create_organisation,
    create_person,
    end_sign_in,
    grant,
    operator,
    sign_in,
)

__all__ = [
    "LinkedAccount",
    "Membership",
    "OperatorType",
    "Organisation",
    "OrganisationKind",
    "Person",
    "Role",
    "SignIn",
    "SignInAttempt",
    "SignInLink",
    "by_email",
    "create_organisation",
    "create_person",
    "end_sign_in",
    "grant",
    "memberships",
    "operator",
    "organisation",
    "organisation_names",
    "organisations_of",
    "person_of",
    "roles_in",
    "sign_in",
    "sign_ins",
]
