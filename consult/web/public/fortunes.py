"""What became of one response, step by step, in the words its author reads on the receipt."""

from collections.abc import Sequence
from dataclasses import dataclass

from consult.consultations import Consultation, Kind, Moderation
from consult.contributions import Consent, Contribution, Standing
from consult.decisions import Fate, OutcomeKind
from consult.moderation import Ruled, Ruling, ground_title
from consult.questions import PutState, Told
from consult.web import languages
from consult.web.languages import gettext as _
from consult.web.languages import ngettext
from consult.web.public.timelines import Step, step


@dataclass(frozen=True)
class Facts:
    """All that is known of one contribution."""

    contribution: Contribution
    consultation: Consultation
    rulings: Sequence[Ruling]
    is_read: bool
    themes: int
    fate: Fate
    put: Told | None

    @property
    def is_withdrawn(self) -> bool:
        return self.contribution.standing == Standing.WITHDRAWN

    @property
    def is_decided(self) -> bool:
        return self.put is not None or bool(self.fate.publication and self.fate.outcome)


def steps(facts: Facts) -> list[Step]:
    """Received, moderated, read, coded, decided: what is done, what is happening, what is to come."""
    received = step(_("Received"), "done", languages.moment(facts.contribution.received_at))
    if facts.is_withdrawn:
        return [received, _withdrawn()]
    return [received, _moderated(facts), _read(facts), _coded(facts), _decided(facts)]


def _withdrawn() -> Step:
    said = _("You took it back. Your words are erased for good; only the count of one remains.")
    return step(_("Withdrawn"), "done", text=said)


def _moderated(facts: Facts) -> Step:
    title = _("Looked at by a moderator")
    if facts.rulings:
        last = facts.rulings[-1]
        state = "now" if last.ruled == Ruled.HOLD else "done"
        return step(title, state, languages.moment(last.at), _ruled(last, facts.contribution))
    standing = facts.contribution.standing
    if standing == Standing.SHOWN:
        return step(
            _("Checked"), "done", text=_("Nothing stood in the way. ") + _shown(facts.contribution)
        )
    return step(title, "now", text=_waiting(facts))


def _waiting(facts: Facts) -> str:
    if facts.contribution.standing == Standing.HELD:
        return _("It is held until a moderator has looked at it.")
    if facts.consultation.moderation == Moderation.BEFORE:
        return _("A moderator reads it before anything of it is shown.")
    return _("It goes through a first check before it is shown.")


def _ruled(ruling: Ruling, one: Contribution) -> str:
    """What was ruled, on what ground and why: the author is told all three."""
    said = {
        Ruled.PUBLISH: _shown(one),
        Ruled.REDACT: _("Some words are blacked out. ") + _shown(one),
        Ruled.HOLD: _("It is held for a closer look and not shown yet."),
        Ruled.WITHHOLD: _("It is not shown. It is still read and counted."),
    }[ruling.ruled]
    ground = (
        _("Ground: %(title)s.") % {"title": ground_title(ruling.ground)} if ruling.ground else ""
    )
    reason = _("Reason: %(reason)s") % {"reason": ruling.reason} if ruling.reason else ""
    return " ".join(part for part in (said, ground, reason) if part)


def _shown(one: Contribution) -> str:
    return {
        Consent.NAME: _("It is shown to the public with your name."),
        Consent.NO_NAME: _("It is shown to the public without your name."),
        Consent.COUNT_ONLY: _(
            "It is not shown to the public, as you asked; it is read and counted."
        ),
    }[one.consent]


def _read(facts: Facts) -> Step:
    if facts.is_read or facts.is_decided:
        return step(_("Read"), "done", text=_("A person has read it from beginning to end."))
    return step(_("Read"), "todo", text=_("People read every one, from beginning to end."))


def _coded(facts: Facts) -> Step:
    title = _("Sorted with what others say")
    if facts.themes:
        said = ngettext(
            "It is marked with %(n)s theme, beside others who say the same.",
            "It is marked with %(n)s themes, beside others who say the same.",
            facts.themes,
        ) % {"n": facts.themes}
        return step(title, "done", text=said)
    return step(title, "done" if facts.is_decided else "todo")


def _decided(facts: Facts) -> Step:
    if facts.put is not None:
        return _put(facts.put)
    if facts.consultation.kind == Kind.QUESTIONS and not facts.is_decided:
        return step(_("Put and answered, or not put, and why"), "todo")
    if not facts.is_decided or facts.fate.outcome is None or facts.fate.publication is None:
        return step(_("Decided"), "todo", text=_("You will read here what was decided, and why."))
    when = languages.day(facts.fate.publication.at)
    said = _outcome(facts.fate.outcome.kind, len(facts.fate.decisions))
    return step(_("Decided"), "done", when, said)


def _put(put: Told) -> Step:
    when = languages.day(put.at)
    if put.state == PutState.PUT:
        return step(_("Put and answered"), "done", when, _("The answer is below."))
    return step(_("Not put"), "done", when, _("The reason is below."))


def _outcome(kind: OutcomeKind, decisions: int) -> str:
    if kind == OutcomeKind.INFORMED:
        return ngettext("It informed a decision.", "It informed %(n)s decisions.", decisions) % {
            "n": decisions
        }
    return {
        OutcomeKind.CONSIDERED: _("It was considered and changed nothing; the reason is below."),
        OutcomeKind.CAMPAIGN: _("It was answered together with a campaign it is part of."),
        OutcomeKind.DUPLICATE: _("The same was sent twice; the other one was answered."),
        OutcomeKind.OUT_OF_SCOPE: _("It is outside what could be decided; the reason is below."),
        OutcomeKind.WITHHELD: _("It was withheld on a legal ground, and is accounted for."),
        OutcomeKind.WITHDRAWN: _("You took it back."),
    }[kind]
