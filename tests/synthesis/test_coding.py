"""Marking words with themes; the counts are true after anything."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from consult import contributions, synthesis
from consult.contributions import Answer
from consult.db import transaction
from consult.errors import Conflict, Invalid, NotAllowed, NotFound
from consult.synthesis import Coding, NewCoding, Theme
from tests.conftest import Contribute, World

Mark = Callable[..., int]
Counts = Callable[[], dict[str, int]]


def codings(world: World) -> list[Coding]:
    with transaction(world.engine, readonly=True) as db:
        return list(db.exec(select(Coding)))


def test_words_are_marked_by_a_person_and_counted(
    world: World,
    theme: Callable[[str], Theme],
    answer: Callable[..., Answer],
    mark: Mark,
    counts: Counts,
) -> None:
    waiting, said = theme("Waiting"), answer("Six hours of waiting.")
    assert mark(said, waiting, 13, 20) == 1
    (one,) = codings(world)
    assert said.text[one.start : one.end] == "waiting"
    assert one.by == world.person("ana").id
    assert counts() == {
        "coded:response": 1,
        f"theme:{waiting.id}": 1,
        f"theme:response:{waiting.id}": 1,
    }


def test_the_same_span_twice_changes_nothing(
    world: World,
    theme: Callable[[str], Theme],
    answer: Callable[..., Answer],
    mark: Mark,
    counts: Counts,
) -> None:
    waiting, said = theme("Waiting"), answer()
    mark(said, waiting, 0, 4)
    before = counts()
    assert mark(said, waiting, 0, 4, by="olu") == 0
    assert counts() == before
    assert len(codings(world)) == 1


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 2), (0, 22), (21, 30)])
def test_a_span_lies_within_the_answer(
    theme: Callable[[str], Theme], answer: Callable[..., Answer], mark: Mark, start: int, end: int
) -> None:
    said = answer("More nurses who stay.")
    with pytest.raises(Invalid, match="outside the answer"):
        mark(said, theme("Staff"), start, end)


def test_characters_are_counted_as_people_see_them_written(
    world: World, theme: Callable[[str], Theme], answer: Callable[..., Answer], mark: Mark
) -> None:
    said = answer("😀😀 late")
    assert mark(said, theme("Late"), 3, 7) == 1
    with pytest.raises(Invalid):
        mark(said, theme("Later"), 3, 8)


@pytest.mark.parametrize("who", ["mo", "obi", "mia", "pat"])
def test_those_who_only_read_mark_nothing(
    theme: Callable[[str], Theme], answer: Callable[..., Answer], mark: Mark, who: str
) -> None:
    with pytest.raises(NotAllowed):
        mark(answer(), theme("Staff"), 0, 4, by=who)


def test_many_marks_are_all_kept_or_none(
    world: World, theme: Callable[[str], Theme], answer: Callable[..., Answer], counts: Counts
) -> None:
    staff, said = theme("Staff"), answer()
    marks = [NewCoding(said.id, staff.id, n, n + 1) for n in range(10)]
    by, at, here = world.person("ana"), world.at, world.consultation
    with pytest.raises(Invalid), transaction(world.engine) as db:
        synthesis.code_many(db, here, [*marks, NewCoding(said.id, staff.id, 0, 99)], by=by, at=at)
    assert counts() == {}
    with transaction(world.engine) as db:
        assert synthesis.code_many(db, here, marks * 2, by=by, at=at) == 10
    assert counts()["coded:response"] == 1


def test_a_theme_of_another_consultation_marks_nothing_here(
    world: World, answer: Callable[..., Answer]
) -> None:
    stray = Theme(consultation_id=world.consultation.id, name="Stray", made_at=world.at)
    with transaction(world.engine) as db, pytest.raises(NotFound):
        synthesis.code_many(
            db,
            world.consultation,
            [NewCoding(answer().id, stray.id, 0, 1)],
            by=world.person("ana"),
            at=world.at,
        )


def test_reading_is_counted_once_and_can_be_taken_back(
    world: World, contribute: Contribute, counts: Counts
) -> None:
    one, here = contribute().contribution, world.consultation
    for who in ("ana", "ana", "olu"):
        with transaction(world.engine) as db:
            synthesis.mark_read(db, here, [one.id], by=world.person(who), at=world.at)
    assert counts() == {"read:response": 1}
    with transaction(world.engine, readonly=True) as db:
        assert synthesis.progress_of(db, one) == (True, 0)
    for who, left in (("ana", {"read:response": 1}), ("olu", {})):
        with transaction(world.engine) as db:
            synthesis.mark_unread(db, here, [one.id], by=world.person(who), at=world.at)
        assert counts() == left


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["code", "code", "code", "uncode", "read", "unread", "withdraw", "retire"]),
        st.integers(0, 4),
        st.integers(0, 2),
        st.integers(0, 3),
    ),
    max_size=25,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_counts_equal_the_truth_after_any_history(
    world: World,
    contribute: Contribute,
    theme: Callable[[str], Theme],
    mark: Mark,
    counts: Counts,
    truth: Counts,
    drain: Callable[[], int],
    steps: list[tuple[str, int, int, int]],
) -> None:
    history = History(world, contribute, theme, mark)
    for what, which, theme_at, span in steps:
        history.do(what, which, theme_at, span)
    drain()
    assert counts() == truth()


class History:
    """Five contributions, three themes, and what people do with them in any order."""

    def __init__(
        self, world: World, contribute: Contribute, theme: Callable[[str], Theme], mark: Mark
    ) -> None:
        self.world, self.mark = world, mark
        self.sent = [contribute(f"A heron, number {n}.").contribution for n in range(5)]
        with transaction(world.engine, readonly=True) as db:
            self.answers = [contributions.answers_of(db, one)[0] for one in self.sent]
        self.themes = [theme(f"Theme {uuid4()}") for _ in range(3)]

    def do(self, what: str, which: int, theme_at: int, span: int) -> None:
        try:
            getattr(self, what)(which, theme_at, span)
        except (NotFound, Conflict):
            pass  # withdrawn or retired in the meantime: refused, and nothing changes

    def code(self, which: int, theme_at: int, span: int) -> None:
        self.mark(self.answers[which], self.themes[theme_at], span, span + 2)

    def uncode(self, which: int, theme_at: int, span: int) -> None:
        with transaction(self.world.engine) as db:
            here = self.world.consultation
            mine = select(Coding).where(Coding.contribution_id == self.sent[which].id)
            if (one := db.exec(mine.limit(1)).first()) is not None:
                by = self.world.person("olu")
                synthesis.uncode(db, here, one, by=by, at=self.world.at)

    def read(self, which: int, theme_at: int, span: int) -> None:
        self._reading(synthesis.mark_read, which, span)

    def unread(self, which: int, theme_at: int, span: int) -> None:
        self._reading(synthesis.mark_unread, which, span)

    def withdraw(self, which: int, theme_at: int, span: int) -> None:
        with transaction(self.world.engine) as db:
            one = contributions.by_id(db, self.world.consultation, self.sent[which].id)
            contributions.withdraw(db, one, at=self.world.at)

    def retire(self, which: int, theme_at: int, span: int) -> None:
        with transaction(self.world.engine) as db:
            here = self.world.consultation
            one = synthesis.theme_by_id(db, here, self.themes[theme_at].id)
            synthesis.retire(db, here, one, by=self.world.person("ana"), at=self.world.at)

    def _reading(self, verb: Callable[..., None], which: int, span: int) -> None:
        with transaction(self.world.engine) as db:
            by = self.world.person("ana" if span % 2 else "olu")
            verb(db, self.world.consultation, [self.sent[which].id], by=by, at=self.world.at)
