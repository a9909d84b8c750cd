"""Who may ask for a page. A stranger is told there is nothing here; a reader, that they may not."""

from consult import consultations, identity
from consult.errors import NotAllowed, NotFound
from consult.identity import Role
from consult.web.page import PageRequest, Rule

NOTHING = "There is nothing at this address, or you are not signed in to see it."
NOT_YOURS = (
    "Your role does not let you see this page. Ask an owner of your organisation for the role."
)


def anyone(request: PageRequest) -> None:
    """Open to the public."""


def signed_in(request: PageRequest) -> None:
    """For anyone with an account, about themselves."""
    if request.person is None:
        raise NotFound(NOTHING)


def demo_only(request: PageRequest) -> None:
    """For the demo world, which cannot be switched on in a real one."""
    if not request.app.state.settings.demo:
        raise NotFound(NOTHING)


def staff(*roles: Role) -> Rule:
    """For people with one of these roles: in the consultation's organisation where the address names one."""
    wanted = frozenset(roles) | {Role.OWNER}

    def rule(request: PageRequest) -> None:
        held = _held(request)
        if not held:
            raise NotFound(NOTHING)
        if not held & wanted:
            raise NotAllowed(NOT_YOURS)
        request.roles = held

    rule.roles = wanted  # type: ignore[attr-defined]
    return rule


def _held(request: PageRequest) -> frozenset[Role]:
    if request.person is None:
        return frozenset()
    if "slug" not in request.path_params:
        return request.held
    request.consultation = consultations.by_slug(request.db, request.path_params["slug"])
    return identity.roles_in(request.db, request.person, request.consultation.organisation_id)


any_staff = staff(*Role)
