"""All rules over one text, the most serious first."""

from consult.moderation.rules import (
    allegations,
    contempt,
    hate,
    personal_data,
    self_harm,
    spam,
    threats,
)
from consult.moderation.rules.finding import Finding, Kind
from consult.moderation.rules.reading import read

_DETECTORS = (threats, hate, allegations, contempt, personal_data, self_harm, spam)


def screen(text: str) -> list[Finding]:
    """What may be wrong with a text, the highest score first; an empty list for nothing.

    Pure and without memory: the same text gives the same findings. Spans are positions in `text`.
    """
    if not text.strip():
        return []
    reading = read(text)
    found = [finding for detector in _DETECTORS for finding in detector.found_in(reading)]
    return sorted(_settled(found), key=lambda finding: (-finding.score, finding.rule))


def _settled(found: list[Finding]) -> list[Finding]:
    """One flag for one thing: contempt before defamation, violence to a group before a call."""
    kinds, names = {f.kind for f in found}, {f.rule for f in found}
    return [
        f
        for f in found
        if not (f.kind is Kind.DEFAMATION and Kind.CONTEMPT in kinds)
        and not (f.rule == "threat.call" and "hate.violence" in names)
    ]
