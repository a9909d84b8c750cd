"""The text of letters, from templates/mail: plain text, so nothing is escaped."""

from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from consult.lib import dates, paths
from consult.web import languages
from consult.web.render import number


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of letters; what is missing is an error."""
    made = Environment(
        loader=FileSystemLoader(paths.root() / "templates"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text: there is no markup to escape into
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        languages.gettext, languages.ngettext, newstyle=True
    )
    made.filters.update(day=dates.day, moment=dates.moment, number=number)
    return made


def rendered(template: str, **facts: Any) -> str:
    """One letter's text."""
    return environment().get_template(template).render(facts)
