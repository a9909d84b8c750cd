"""Whatever happens to contributions, the running counts are what counting would find."""

from datetime import UTC, datetime
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from consult import consultations, contributions
from consult.consultations import Consultation
from consult.contributions import (
    Channel,
    Connection,
    Consent,
    Contribution,
    Incoming,
    NewAnswer,
    NewContribution,
    Standing,
)
from consult.db import transaction
from tests.conftest import World

MOVES = [one for one in Standing if one != Standing.WITHDRAWN]
arrival = st.tuples(
    st.just("arrive"),
    st.sampled_from(Channel),
    st.sampled_from(Consent),
    st.sampled_from([None, *Connection]),
)
ruling = st.tuples(st.just("rule"), st.integers(0, 20), st.sampled_from(MOVES))
withdrawal = st.tuples(st.just("withdraw"), st.integers(0, 20))
histories = st.lists(st.one_of(arrival, ruling, withdrawal), max_size=25)


@given(history=histories)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_running_counts_are_true_after_any_history(
    world: World, engine: Engine, history: list[tuple[object, ...]]
) -> None:
    with transaction(engine) as db:
        here = consultations.by_slug(db, world.consultation.slug)
        for happened in history:
            _happen(db, here, happened)
        db.flush()
        kept = consultations.counts(db, here.id)
        assert {what: n for what, n in kept.items() if n} == contributions.true_counts(db, here)


def _happen(db: Session, here: Consultation, happened: tuple[object, ...]) -> None:
    match happened:
        case ("arrive", Channel() as channel, Consent() as consent, connection):
            new = NewContribution.model_validate(
                {
                    "answers": [NewAnswer(text="Words.")],
                    "consent": consent,
                    "connection": connection,
                }
            )
            one = Incoming(uuid4().hex, new, datetime.now(UTC))
            contributions.take(db, here, [one], channel=channel)
        case ("rule", int() as which, Standing() as standing):
            if (found := _one(db, which)) and found.standing != Standing.WITHDRAWN:
                contributions.stand(db, found, standing)
        case ("withdraw", int() as which):
            if found := _one(db, which):
                contributions.withdraw(db, found, at=datetime.now(UTC))


def _one(db: Session, which: int) -> Contribution | None:
    everyone = db.exec(select(Contribution)).all()
    return everyone[which % len(everyone)] if everyone else None
