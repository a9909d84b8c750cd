"""What outcomes and verdicts are called on pages and in letters: the one place that says so."""

from consult.consultations import Kind
from consult.decisions.models import How, OutcomeKind, Verdict

PROPOSALS = {
    OutcomeKind.INFORMED: "Informed a decision",
    OutcomeKind.CONSIDERED: "Considered, no change",
    OutcomeKind.CAMPAIGN: "Part of a campaign, answered with it",
    OutcomeKind.DUPLICATE: "The same as another response",
    OutcomeKind.OUT_OF_SCOPE: "Out of scope",
    OutcomeKind.WITHHELD: "Withheld from view",
    OutcomeKind.WITHDRAWN: "Withdrawn by its author",
}
QUESTIONS = {
    **PROPOSALS,
    OutcomeKind.INFORMED: "Put and answered",
    OutcomeKind.CONSIDERED: "Not put",
    OutcomeKind.CAMPAIGN: "Asked by a campaign, taken as one question",
    OutcomeKind.DUPLICATE: "Joined with another question",
}
VERDICTS = {
    Verdict.ACCEPTED: "Accepted",
    Verdict.PARTLY: "Accepted in part",
    Verdict.NOT_ACCEPTED: "Not accepted",
    Verdict.NOTED: "Noted",
}
WAYS = {
    How.SINGLE: "chosen singly",
    How.THEME: "by theme",
    How.SEARCH: "by search",
    How.SELECTION: "selected from a list",
}


def label(kind: OutcomeKind, consultation_kind: Kind) -> str:
    """What an outcome is called where it is shown."""
    words = QUESTIONS if consultation_kind == Kind.QUESTIONS else PROPOSALS
    return words[kind]
