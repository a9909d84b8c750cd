"""Who may see the queue and who may rule: pure rules over roles."""

from consult.identity import Role

Roles = frozenset[Role]


def may_rule(roles: Roles) -> bool:
    """Moderators decide; officials do not moderate what is said of them."""
    return Role.MODERATOR in roles
