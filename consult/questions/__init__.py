"""The MPs' side: the sitting, and each question as put."""

from consult.questions.answers import Answer, answered, published_totals
from consult.questions.hearings import (
    NewHearing,
    add_hearing,
    change_hearing,
    hearing,
    hearings_of,
)
from consult.questions.models import Hearing, Put, PutState
from consult.questions.queries import (
    Around,
    Asked,
    Which,
    around,
    asked,
    calls_of,
    lead_id_of,
    put_of,
    totals,
)
from consult.questions.rules import may_put
from consult.questions.service import Answered, join, not_put, put, undo
from consult.questions.telling import MOST, Told, told

__all__ = [
    "MOST",
    "Answer",
    "Answered",
    "Around",
    "Asked",
    "Hearing",
    "NewHearing",
    "Put",
    "PutState",
    "Told",
    "Which",
    "add_hearing",
    "answered",
    "around",
    "asked",
    "calls_of",
    "change_hearing",
    "hearing",
    "hearings_of",
    "join",
    "lead_id_of",
    "may_put",
    "not_put",
    "published_totals",
    "put",
    "put_of",
    "told",
    "totals",
    "undo",
]
