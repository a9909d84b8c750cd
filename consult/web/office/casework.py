"""One case laid out for a moderator: the words with what was found marked in them, and the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.responses import Response

from consult import contributions, imports, moderation
from consult.contributions import Answer, Card, Channel, Contribution, Standing
from consult.moderation import Case, CaseState, Flag, Origin
from consult.moderation.rules import Basis, catalogue, grounds
from consult.web.forms import Form
from consult.web.office import flagwords
from consult.web.office.desk import desk
from consult.web.office.queue import latest
from consult.web.page import PageRequest

BLACK = "█"


@dataclass(frozen=True)
class Found:
    """A flag with the basis it names, and the very words it rests on."""

    flag: Flag
    basis: Basis | None
    words: list[str]
    kind: str
    colour: str


@dataclass(frozen=True)
class Span:
    """Words a rule has found, as a moderator may choose them to be blacked out."""

    value: str
    text: str
    label: str


@dataclass(frozen=True)
class Sheet:
    """Everything on one case but the form."""

    contribution: Contribution
    case: Case | None
    card: Card
    flags: Sequence[Flag]

    @property
    def answers(self) -> dict[UUID, Answer]:
        return {shown.answer.id: shown.answer for shown in self.card.answers}

    @property
    def found(self) -> list[Found]:
        return [self._found(flag) for flag in self.flags]

    @property
    def marks(self) -> Mapping[UUID, list[dict[str, Any]]]:
        """What to mark in each answer."""
        marks: dict[UUID, list[dict[str, Any]]] = {}
        for flag in self.flags:
            label = flagwords.kind(flag.kind)[0]
            if flag.answer_id:
                marks.setdefault(flag.answer_id, []).extend(
                    {"start": start, "end": end, "label": label} for start, end in flag.spans
                )
        return marks

    @property
    def spans(self) -> list[Span]:
        """The words found that are not black yet, each once. Distress is never among them."""
        spans: dict[str, Span] = {}
        for flag in self.flags:
            for start, end in flag.spans if flag.kind != "self_harm_disclosure" else []:
                text = self._text(flag)[start:end]
                if text.strip(BLACK + " \n"):
                    value = f"{flag.answer_id}:{start}:{end}"
                    spans.setdefault(value, Span(value, text, flagwords.kind(flag.kind)[0]))
        return list(spans.values())

    @property
    def in_distress(self) -> bool:
        return any(flag.kind == "self_harm_disclosure" for flag in self.flags)

    @property
    def is_owed(self) -> bool:
        return self.case is not None and self.case.state == CaseState.OPEN

    @property
    def is_withdrawn(self) -> bool:
        return self.contribution.standing == Standing.WITHDRAWN

    @property
    def is_redacted(self) -> bool:
        return any(answer.redacted for answer in self.answers.values())

    @property
    def likely(self) -> list[Basis]:
        """The grounds the flags name, strongest first: offered before all others."""
        named = dict.fromkeys(flag.basis for flag in self.flags)
        possible = {one.id: one for one in grounds()}
        return [possible[one] for one in named if one in possible]

    @property
    def unlikely(self) -> list[Basis]:
        likely = {one.id for one in self.likely}
        return [one for one in grounds() if one.id not in likely]

    def _text(self, flag: Flag) -> str:
        answer = self.answers.get(flag.answer_id) if flag.answer_id else None
        return answer.text if answer else ""

    def _found(self, flag: Flag) -> Found:
        basis = next((one for one in catalogue() if one.id == flag.basis), None)
        words = list(dict.fromkeys(self._text(flag)[start:end] for start, end in flag.spans))
        return Found(flag, basis, words, *flagwords.kind(flag.kind))


def sheet(request: PageRequest) -> Sheet:
    """The case the address names."""
    found, case = moderation.with_case(request.db, request.consultation, request.path_params["id"])
    card = contributions.cards(request.db, [found])[0]
    return Sheet(found, case, card, moderation.flags_of(request.db, found))


def show_case(
    request: PageRequest,
    laid: Sheet,
    form: Form[Any],
    *,
    trouble: str = "",
    status: int = 200,
) -> Response:
    """The page of one case. `trouble` says what came between, such as another's ruling."""
    is_post = laid.contribution.channel == Channel.POST
    posts = imports.posts_of(request.db, [laid.contribution.id]) if is_post else {}
    return desk(
        request,
        "office/cases/show.html",
        part="office/cases/_ruling.html",
        status=status,
        sheet=laid,
        form=form,
        trouble=trouble,
        chosen=form.many("spans") if form.values else [one.value for one in laid.spans],
        post=posts.get(laid.contribution.id),
        log=moderation.log_of(request.db, laid.contribution),
        latest=latest(request),
        words=flagwords,
        ground_title=moderation.ground_title,
        reports=[one for one in laid.found if one.flag.origin == Origin.READER],
        findings=[one for one in laid.found if one.flag.origin != Origin.READER],
    )
