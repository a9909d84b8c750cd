"""What a moderator decides, and what has to be said with it."""

from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from consult.moderation import rules
from consult.moderation.models import Ruled

GROUND = "Choose the ground in law or house rules: the author will be told it."
REASON = "Write the reason: the author will read it."
WORDS = "Choose the words to black out, or publish it as it is."
BOTH = "Answer both questions of the legal test: this ground is a criminal offence."
NOT_MET = (
    "By your answers the legal test for this ground is not met. Choose another ground, "
    "hold it for advice, or publish it."
)


class Redaction(BaseModel):
    """Words to black out: positions in one answer."""

    answer_id: UUID
    start: int = Field(ge=0)
    end: int


class LegalTest(BaseModel):
    """Online Safety Act 2023 s.192, on all that can reasonably be known.

    `elements`: there are reasonable grounds to infer every element of the offence, the state of
    mind among them. `defence`: there are reasonable grounds to infer that a defence may succeed.
    """

    elements: bool
    defence: bool

    @property
    def is_met(self) -> bool:
        """Whether the words are to be taken as illegal."""
        return self.elements and not self.defence


class NewRuling(BaseModel):
    """What a moderator decides. Everything but plain publishing needs its ground and a reason."""

    ruled: Ruled
    ground: str = ""
    reason: str = Field(default="", max_length=2000)
    redactions: list[Redaction] = Field(default_factory=list)
    test: LegalTest | None = None

    @model_validator(mode="after")
    def explained(self) -> "NewRuling":
        for _, sentence in faults(self):
            raise ValueError(sentence)
        return self


def faults(new: NewRuling) -> list[tuple[str, str]]:
    """What is still to be said, as pairs of a field and a sentence; nothing when all is."""
    found: list[tuple[str, str]] = []
    given = next((one for one in rules.grounds() if one.id == new.ground), None)
    if new.ruled in (Ruled.WITHHOLD, Ruled.REDACT) and given is None:
        found.append(("ground", GROUND))
    if new.ruled == Ruled.WITHHOLD and given is not None and given.is_criminal:
        found += _untested(new.test)
    if new.ruled == Ruled.REDACT and not new.redactions:
        found.append(("spans", WORDS))
    if new.ruled != Ruled.PUBLISH and not new.reason.strip():
        found.append(("reason", REASON))
    return found


def _untested(test: LegalTest | None) -> list[tuple[str, str]]:
    if test is None:
        return [("elements", BOTH)]
    return [] if test.is_met else [("elements", NOT_MET)]
