"""The words of moderation as its pages say them: piles, kinds of flag, channels, what was done."""

from datetime import datetime

from consult.contributions import Channel
from consult.moderation import Ruled
from consult.web.languages import gettext as _
from consult.web.languages import ngettext


def piles() -> dict[str, str]:
    """The piles of the queue, in the order they are best worked through."""
    return {
        "broken": _("Screener failed"),
        "reported": _("Reported by readers"),
        "flagged": _("Flagged"),
        "clear": _("Nothing found"),
        "held": _("Held"),
    }


def about_pile(pile: str) -> str:
    """What lies on a pile, and what to do with it."""
    return {
        "broken": _(
            "The screener could not read these, so nothing is known of them. Read each one whole."
        ),
        "reported": _("A reader says that something is wrong. A report is not a verdict."),
        "flagged": _("A rule found something. The gravest come first."),
        "clear": _(
            "The rules found nothing. Look through as many as you like, then publish the rest."
        ),
        "held": _("A moderator held these: they wait for somebody's word, and still for yours."),
    }[pile]


def kinds() -> dict[str, tuple[str, str]]:
    """A kind of flag as people read it, with the colour of its tag."""
    return {
        "threat": (_("Threat"), "bad"),
        "hate": (_("Contempt for people"), "bad"),
        "defamation": (_("Accusation"), "warn"),
        "contempt": (_("Case before a court"), "warn"),
        "personal_data": (_("Personal data"), "warn"),
        "spam": (_("Advertising"), "plain"),
        "self_harm_disclosure": (_("Someone in distress"), "strong"),
        "report": (_("Reported"), "plain"),
        "broken": (_("Screener failed"), "bad"),
    }


def kind(name: str) -> tuple[str, str]:
    """One kind; a newer rule's kind is shown by its own name."""
    return kinds().get(name, (name.replace("_", " ").capitalize(), "warn"))


def channels() -> dict[Channel, str]:
    """How it reached us."""
    return {
        Channel.WEB: _("Web form"),
        Channel.POST: _("Imported post"),
        Channel.FILE: _("Imported file"),
        Channel.LETTER: _("Letter"),
        Channel.EVENT: _("Event"),
        Channel.TELEPHONE: _("Telephone"),
    }


def did(ruled: Ruled) -> str:
    """What was done, after a name or “You”."""
    return {
        Ruled.PUBLISH: _("published it"),
        Ruled.REDACT: _("published it with words blacked out"),
        Ruled.HOLD: _("held it"),
        Ruled.WITHHOLD: _("withheld it"),
    }[ruled]


def age(since: datetime, at: datetime) -> str:
    """How long something has waited, in the largest unit that is not nothing."""
    minutes = int((at - since).total_seconds()) // 60
    if minutes < 60:
        return _("under an hour")
    if minutes < 48 * 60:
        hours = minutes // 60
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = minutes // (24 * 60)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
