"""A row becomes answers, or a reason."""

from datetime import UTC, datetime

import pytest

from consult.imports.readers.dates import parse
from consult.imports.readers.rows import RowReader, read_row
from consult.imports.readers.shapes import Asked, Guess, Kind, Mapping, Publish, Skipped, Taken

WHO = Asked("who", "Which describes you best?", Kind.ONE, ("Patient", "Carer", "Staff’s friend"))
MODES = Asked("modes", "How do you travel?", Kind.MANY, ("Bus", "Train", "On foot, mostly"))
HAPPY = Asked(
    "happy", "How satisfied are you?", Kind.SCALE, ("Bad", "Poor", "So-so", "Good", "Best")
)
WORDS = Asked("words", "What could be better?")
QUESTIONS = (WHO, MODES, HAPPY, WORDS)
SPECIAL = ("reference", "submitted_at", "name", "email", "consent", "language")
TARGETS = {q.key: f"question:{q.key}" for q in QUESTIONS} | {name: name for name in SPECIAL}
MAPPING = Mapping(tuple(Guess(column, to, 1.0, "") for column, to in TARGETS.items()))


def read(mapping: Mapping = MAPPING, **cells: str) -> Taken | Skipped:
    return read_row(dict.fromkeys(TARGETS, "") | cells, mapping, QUESTIONS)


def answer(**cells: str) -> object:
    taken = read(**cells)
    assert isinstance(taken, Taken), taken
    return next(iter(taken.answers.values()))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"words": "  two\r\nlines \x07 "}, "two\nlines"),
        ({"who": " carer "}, "Carer"),
        ({"who": "staff's  FRIEND"}, "Staff’s friend"),
        ({"modes": "bus;Train"}, ("Bus", "Train")),
        ({"modes": "Bus | Bus\nTrain"}, ("Bus", "Train")),
        ({"modes": "Bus, On foot, mostly"}, ("Bus", "On foot, mostly")),
        ({"modes": "On foot, mostly"}, ("On foot, mostly",)),
        ({"happy": "4"}, 4),
        ({"happy": "4.0"}, 4),
        ({"happy": "5 – Best"}, 5),
        ({"happy": "so-so"}, 3),
    ],
)
def test_an_answer_is_read_as_its_question_asks(cells, expected):
    assert answer(**cells) == expected


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({}, "empty"),
        ({"words": " \n "}, "empty"),
        ({"name": "Ann"}, "No question is answered."),
        ({"who": "Dog"}, "“Dog” is not an option of “Which describes you best?”."),
        ({"modes": "Bus; Tram"}, "“Tram” is not an option of “How do you travel?”."),
        ({"happy": "9"}, "“9” is not on the scale of “How satisfied are you?” (1 to 5)."),
        ({"happy": "4,5"}, "“4,5” is not on the scale of “How satisfied are you?” (1 to 5)."),
        ({"words": "a", "reference": "1.44E+18"}, "The reference “1.44E+18” was shortened by"),
        ({"words": "x" * 100_001}, "The answer to “What could be better?” has 100,001 characters"),
    ],
)
def test_a_row_that_does_not_fit_is_skipped_with_the_reason(cells, reason):
    skipped = read(**cells)
    assert isinstance(skipped, Skipped)
    assert skipped.reason.startswith(reason)


def test_words_of_ones_own_are_taken_where_the_question_is_open():
    mapping = Mapping(MAPPING.guesses, open=frozenset({"who", "modes"}))
    taken = RowReader(mapping, QUESTIONS).read({"who": "Dog", "modes": "Bus; Tram"})
    assert isinstance(taken, Taken)
    assert taken.answers == {"who": "Dog", "modes": ("Bus", "Tram")}


def test_options_in_columns_of_their_own_are_joined():
    columns = [f"{MODES.title} – {option}" for option in MODES.options]
    mapping = Mapping(tuple(Guess(c, "question:modes", 1.0, "") for c in columns))
    taken = RowReader(mapping, QUESTIONS).read(dict(zip(columns, ("x", "0", "Yes"), strict=True)))
    assert isinstance(taken, Taken)
    assert taken.answers == {"modes": ("Bus", "On foot, mostly")}


def test_who_wrote_and_when_comes_with_the_answers():
    taken = read(words="a", email="a@b.org", name="Ann", language="Cymraeg", reference="R-1",
                 submitted_at="01/02/2025 09:30", consent="Yes, anonymously")  # fmt: skip
    assert isinstance(taken, Taken)
    assert (taken.key, taken.email, taken.name, taken.language) == (
        "id:R-1",
        "a@b.org",
        "Ann",
        "cy",
    )
    assert taken.submitted_at == datetime(2025, 2, 1, 9, 30, tzinfo=UTC)
    assert taken.consent is Publish.WITHOUT_NAME


def test_what_is_left_out_of_a_row_is_said():
    taken = read(words="a", email="not one", submitted_at="soon", consent="perhaps")
    assert isinstance(taken, Taken)
    assert (taken.email, taken.submitted_at, taken.consent) == ("", None, Publish.NOT_SAID)
    assert len(taken.remarks) == 3


@pytest.mark.parametrize(
    ("said", "consent"),
    [
        ("Yes", Publish.WITHOUT_NAME),
        ("Publish with my name", Publish.WITH_NAME),
        ("No", Publish.COUNT_ONLY),
        ("Confidential", Publish.COUNT_ONLY),
        ("", Publish.NOT_SAID),
    ],
)
def test_a_bare_yes_never_publishes_a_name(said, consent):
    taken = read(words="a", consent=said)
    assert isinstance(taken, Taken)
    assert taken.consent is consent


def test_equal_rows_share_a_key_however_they_are_spaced():
    one, same, other = read(words="a  b\r\n"), read(words=" a b"), read(words="a c")
    assert isinstance(one, Taken) and isinstance(same, Taken) and isinstance(other, Taken)
    assert one.key == same.key == one.digest
    assert one.key.startswith("sha256:")
    assert other.key != one.key


MORNING = datetime(2025, 2, 1, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-02-01T09:30:00Z", MORNING),
        ("2025-02-01 09:30", MORNING),
        ("2025-02-01T10:30:00+01:00", MORNING),
        ("01/02/2025 09:30:00", MORNING),
        ("1.2.25 9:30", MORNING),
        ("01-02-2025 9.30am", MORNING),
        ("1 February 2025 at 09:30", MORNING),
        ("Feb 1, 2025 9:30 AM", MORNING),
        ("2025/02/01 9:30:00 am GMT", MORNING),
        ("Sat, 01 Feb 2025 09:30:00 +0000", MORNING),
        ("Sat Feb 01 09:30:00 +0000 2025", MORNING),
        ("45689.3958333333", MORNING),
        ("1738402200", MORNING),
        ("1738402200000", MORNING),
        ("01/07/2025 10:30", datetime(2025, 7, 1, 9, 30, tzinfo=UTC)),
        ("31/02/2025", None),
        ("yesterday", None),
        ("12", None),
    ],
)
def test_dates_are_read_as_people_write_them(text, moment):
    assert parse(text) == moment


def test_the_month_may_come_first():
    assert parse("02/01/2025 9:30", day_first=False) == MORNING
