"""What is written into an account can be read back from it, word for word."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from consult.decisions import OutcomeKind
from consult.lib import text
from consult.questions import Put, PutState, Told
from consult.questions.telling import JOINED, of_joined, of_put, read

AT = datetime(2026, 3, 20, tzinfo=UTC)
words = st.text(min_size=1, max_size=80).map(text.tidy).filter(bool)
links = st.sampled_from(["", "https://hansard.example.org/a?b=1#c", "http://video.example.org/x"])


@given(words, links)
def test_an_answer_and_its_link_come_back_as_they_were_written(answer: str, link: str) -> None:
    put = Put(state=PutState.PUT, answer=answer, link=link)
    alone = read(OutcomeKind.INFORMED, of_put(put), AT)
    assert alone == Told(PutState.PUT, AT, answer=answer, link=link)
    joined = read(OutcomeKind.DUPLICATE, of_joined(put), AT)
    assert joined == Told(PutState.PUT, AT, answer=answer, link=link, joined=True)


@given(words)
def test_a_reason_comes_back_as_it_was_written(reason: str) -> None:
    put = Put(state=PutState.NOT_PUT, reason=reason)
    assert read(OutcomeKind.CONSIDERED, of_put(put), AT) == Told(
        PutState.NOT_PUT, AT, reason=reason
    )
    joined = read(OutcomeKind.DUPLICATE, of_joined(put), AT)
    assert joined == Told(PutState.NOT_PUT, AT, reason=reason, joined=True)


def test_a_question_joined_with_one_not_yet_put_is_told_nothing_of_it() -> None:
    assert read(OutcomeKind.DUPLICATE, JOINED, AT) is None


def test_what_is_joined_fits_into_what_can_be_kept() -> None:
    put = Put(state=PutState.PUT, answer="a" * 1500, link="https://" + "b" * 292)
    assert len(of_joined(put)) <= 2000
