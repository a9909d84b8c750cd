"""Questions are put, not put or joined, and the account stays whole."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from consult import consultations, contributions, decisions, questions
from consult.consultations import Consultation
from consult.contributions import Standing
from consult.db import transaction
from consult.decisions import Outcome, OutcomeKind
from consult.errors import Conflict, Invalid, NotAllowed
from consult.questions import Answered, PutState, Which
from tests.questions.calls import Call

LINK = "https://hansard.example.org/1"
ANSWER = Answered(answer="Yes, by spring.", link=LINK)


def now() -> datetime:
    return datetime.now(UTC)


def outcome_of(db, question) -> Outcome | None:
    here = db.get_one(Consultation, question.consultation_id)
    return questions.around(db, here, question).asked.outcome


def kind_of(db, question) -> OutcomeKind | None:
    outcome = outcome_of(db, question)
    return outcome.kind if outcome else None


def sums_hold(db, call: Call) -> None:
    here = call.here(db)
    kept = consultations.counts(db, here.id)
    truth = decisions.true_counts(db, here)
    assert {name: n for name, n in kept.items() if name.startswith("outcome:") and n} == {
        name: n for name, n in truth.items() if name.startswith("outcome:")
    }


def test_a_question_put_has_its_answer_and_its_outcome(call: Call) -> None:
    first, _ = call.ask("Will the bus come back?")
    with transaction(call.world.engine) as db:
        one = call.question(db, first)
        questions.put(db, one, None, ANSWER, by=call.world.person("mia"), at=now())
        put = questions.put_of(db, one)
        assert put is not None and (put.state, put.answer, put.link) == (
            PutState.PUT,
            "Yes, by spring.",
            LINK,
        )
        assert kind_of(db, one) == OutcomeKind.INFORMED
        sums_hold(db, call)


def test_a_later_word_replaces_an_earlier_one(call: Call) -> None:
    first, _ = call.ask("Will the bus come back?")
    mia = call.world.person("mia")
    with transaction(call.world.engine) as db:
        one = call.question(db, first)
        questions.not_put(db, one, "Time ran out.", by=mia, at=now())
        questions.put(db, one, None, ANSWER, by=mia, at=now())
        assert kind_of(db, one) == OutcomeKind.INFORMED
        questions.not_put(db, one, "It was ruled out of order.", by=mia, at=now())
        assert kind_of(db, one) == OutcomeKind.CONSIDERED
        questions.undo(db, one, by=mia, at=now())
        assert kind_of(db, one) is None and questions.put_of(db, one) is None
        sums_hold(db, call)


def test_those_joined_share_the_answer_whichever_comes_first(call: Call) -> None:
    ids = [call.ask(words)[0] for words in ("A bus?", "Bus please?", "Why no bus?")]
    mia = call.world.person("mia")
    with transaction(call.world.engine) as db:
        first, second, third = (call.question(db, one) for one in ids)
        assert questions.join(db, [second], first, by=mia, at=now()) == 1
        questions.put(db, first, None, ANSWER, by=mia, at=now())
        assert questions.join(db, [third], first, by=mia, at=now()) == 1
        for one in (second, third):
            assert kind_of(db, one) == OutcomeKind.DUPLICATE
            outcome = outcome_of(db, one)
            assert outcome and "Yes, by spring." in outcome.reason and LINK in outcome.reason
            put = questions.put_of(db, one)
            assert put is not None and put.answer == "Yes, by spring."
        assert questions.totals(consultations.counts(db, call.here(db).id)) == {
            Which.OPEN: 0,
            Which.PUT: 1,
            Which.NOT_PUT: 0,
            Which.JOINED: 2,
            Which.APART: 0,
            Which.ALL: 3,
        }
        sums_hold(db, call)


def test_joining_takes_along_what_was_joined_before(call: Call) -> None:
    ids = [call.ask(words)[0] for words in ("A bus?", "Bus please?", "Why no bus?")]
    mia = call.world.person("mia")
    with transaction(call.world.engine) as db:
        first, second, third = (call.question(db, one) for one in ids)
        questions.join(db, [third], second, by=mia, at=now())
        assert questions.join(db, [second], first, by=mia, at=now()) == 2
        assert questions.lead_id_of(db, third) == first.id
        asked = questions.around(db, call.here(db), first).asked
        assert (asked.people, asked.joined) == (3, 2)


def test_nothing_is_joined_with_what_is_joined_itself_or_with_nothing(call: Call) -> None:
    ids = [call.ask(words)[0] for words in ("A bus?", "Bus please?", "Why no bus?")]
    mia = call.world.person("mia")
    with transaction(call.world.engine) as db:
        first, second, third = (call.question(db, one) for one in ids)
        questions.join(db, [second], first, by=mia, at=now())
        with pytest.raises(Conflict, match="itself joined"):
            questions.join(db, [third], second, by=mia, at=now())
        with pytest.raises(Conflict, match="at least two"):
            questions.join(db, [first], first, by=mia, at=now())


def test_one_taken_out_waits_by_itself_and_the_others_stay(call: Call) -> None:
    ids = [call.ask(words)[0] for words in ("A bus?", "Bus please?", "Why no bus?")]
    mia = call.world.person("mia")
    with transaction(call.world.engine) as db:
        first, second, third = (call.question(db, one) for one in ids)
        questions.join(db, [second, third], first, by=mia, at=now())
        questions.put(db, first, None, ANSWER, by=mia, at=now())
        questions.undo(db, second, by=mia, at=now())
        assert kind_of(db, second) is None
        assert questions.put_of(db, second) is None
        assert kind_of(db, third) == OutcomeKind.DUPLICATE


def test_taking_an_answer_back_takes_it_from_those_joined_too(call: Call) -> None:
    ids = [call.ask(words)[0] for words in ("A bus?", "Bus please?")]
    mia = call.world.person("mia")
    with transaction(call.world.engine) as db:
        first, second = (call.question(db, one) for one in ids)
        questions.join(db, [second], first, by=mia, at=now())
        questions.put(db, first, None, ANSWER, by=mia, at=now())
        questions.undo(db, first, by=mia, at=now())
        outcome = outcome_of(db, second)
        assert outcome is not None and "spring" not in outcome.reason


def test_nothing_is_said_of_a_question_its_author_took_back(call: Call) -> None:
    first, _ = call.ask("Will the bus come back?")
    with transaction(call.world.engine) as db:
        one = call.question(db, first)
        contributions.withdraw(db, one, at=now())
        with pytest.raises(Conflict, match="withdrawn"):
            questions.put(db, one, None, ANSWER, by=call.world.person("mia"), at=now())
        assert one.standing == Standing.WITHDRAWN


def test_a_reason_is_needed_when_a_question_is_not_put(call: Call) -> None:
    first, _ = call.ask("Will the bus come back?")
    with transaction(call.world.engine) as db, pytest.raises(Invalid, match="Write why"):
        questions.not_put(db, call.question(db, first), "  ", by=call.world.person("mia"), at=now())


@pytest.mark.parametrize("link", ["hansard", "javascript:alert(1)", "https:// x", "ftp://x.org"])
def test_a_link_that_leads_nowhere_is_refused(link: str) -> None:
    with pytest.raises(ValidationError, match="begins with https"):
        Answered(answer="Yes.", link=link)


@pytest.mark.parametrize("name", ["ana", "mo", "obi", "pat"])
def test_only_those_who_put_questions_may_say_what_came_of_them(call: Call, name: str) -> None:
    first, _ = call.ask("Will the bus come back?")
    with transaction(call.world.engine) as db:
        one, by = call.question(db, first), call.world.person(name)
        with pytest.raises(NotAllowed):
            questions.put(db, one, None, ANSWER, by=by, at=now())
        with pytest.raises(NotAllowed):
            questions.join(db, [one], one, by=by, at=now())


def test_the_most_supported_come_first_and_posts_are_not_among_them(call: Call) -> None:
    ids = [call.ask(words)[0] for words in ("A bus?", "A dentist?", "A doctor?")]
    with transaction(call.world.engine) as db:
        for browser in ("one", "two"):
            dentist = call.question(db, ids[1])
            contributions.support(db, dentist, supporter=browser, at=now())
        found = questions.asked(db, call.here(db), Which.OPEN, 1)
    assert [one.words for one in found.items] == ["A dentist?", "A bus?", "A doctor?"]
    assert (found.total, found.items[0].supports) == (3, 2)
