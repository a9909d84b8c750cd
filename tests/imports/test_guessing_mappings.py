"""A column is matched to a question with a reason, or left to a person."""

import pytest

from consult.errors import Invalid
from consult.imports.readers.mapping import as_data, corrected, from_data, guess_mapping
from consult.imports.readers.shapes import Asked, Kind

GOOD = Asked("good", "What was good about your care?")
BETTER = Asked("better", "What could be better?")
WHO = Asked("who", "Which describes you best?", Kind.ONE, ("Patient", "Carer", "Staff"))
MODES = Asked("modes", "How do you travel?", Kind.MANY, ("Bus", "Train", "On foot"))
ALL = (GOOD, BETTER, WHO, MODES)
LONG = "The nurses were kind and explained everything"


def guessed(columns, *rows, questions=ALL):
    sample = [dict(zip(columns, row, strict=False)) for row in rows]
    return guess_mapping(columns, sample, questions)


@pytest.mark.parametrize(
    ("heading", "key", "least"),
    [
        ("What was good about your care?", "good", 1.0),
        ("what was good about your CARE", "good", 0.95),
        ("2. What could be better?", "better", 0.95),
        ("Q2", "better", 0.8),
        ("Question 1", "good", 0.8),
        ("better", "better", 0.97),
        ("What was good about your care", "good", 0.9),
        ("What was good about yo", "good", 0.85),
        ("Good things about care", "good", 0.5),
    ],
)
def test_a_heading_is_known_by_its_words(heading, key, least):
    guess = guessed([heading], [LONG]).guesses[0]
    assert guess.target == f"question:{key}"
    assert guess.confidence >= least
    assert guess.why


def test_a_choice_is_known_by_its_answers():
    mapping = guessed(["x", "y"], ["carer", "a"], ["Patient", "b"])
    assert mapping.targets == {"x": "question:who"}
    assert mapping.guesses[0].why == "Its answers are the question's options."


def test_two_questions_with_the_same_options_are_left_to_a_person():
    scale = ("Agree", "Disagree")
    twins = [Asked("a", "Statement A", Kind.ONE, scale), Asked("b", "Remark B", Kind.ONE, scale)]
    mapping = guessed(["x", "y"], ["Agree", "Disagree"], questions=twins)
    assert mapping.targets == {}
    assert mapping.unmapped_questions == ("a", "b")


def test_one_text_question_and_one_text_column_belong_together():
    mapping = guessed(["comment", "code"], [LONG, "a1"], questions=[GOOD])
    assert mapping.targets == {"comment": "question:good"}
    assert mapping.guesses[0].confidence == 0.5


def test_what_cannot_be_told_is_said():
    mapping = guessed(["comment", "code"], [LONG, "a1"])
    assert mapping.targets == {}
    assert "“What could be better?”" in mapping.notes[0]
    assert mapping.notes[1] == "These columns hold longer texts and are not read: “comment”."


FORMS = {
    "Google Forms": ["Timestamp", "Email Address"],
    "Microsoft Forms": ["ID", "Start time", "Completion time", "Email", "Name"],
    "SurveyMonkey": ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address"],
    "SmartSurvey": ["UserID", "UserNo", "Name", "Email", "IP Address", "Started", "Ended"],
    "GOV.UK Forms": ["Reference", "Submitted at"],
}
VALUES = {"Email": "a@b.org", "Email Address": "a@b.org", "IP Address": "192.0.2.1", "Name": "Ann"}


@pytest.mark.parametrize("form", FORMS)
def test_known_forms_are_recognised(form):
    columns = [*FORMS[form], GOOD.title]
    row = [VALUES.get(column, "2025-01-02 10:00:00") for column in columns]
    mapping = guessed(columns, row)
    assert mapping.form == form
    assert "submitted_at" in mapping.targets.values()
    assert mapping.targets[GOOD.title] == "question:good"
    assert [d.column for d in mapping.dropped] == [c for c in columns if c == "IP Address"]


def test_options_in_columns_of_their_own_belong_to_one_question():
    columns = ["How do you travel? – Bus", "How do you travel? – On foot"]
    mapping = guessed(columns, ["Bus", ""])
    assert mapping.columns_for("question:modes") == tuple(columns)


def test_a_reference_column_with_doubles_is_no_reference():
    assert guessed(["id", GOOD.title], ["1", "a"], ["1", "b"]).targets == {
        GOOD.title: "question:good"
    }


@pytest.mark.parametrize(
    ("dates", "day_first", "said"),
    [
        (["13/02/2025", "01/02/2025"], True, False),
        (["02/13/2025", "01/02/2025"], False, False),
        (["01/02/2025"], True, True),
        (["2025-02-01"], True, False),
    ],
)
def test_the_order_of_day_and_month_is_found_or_asked(dates, day_first, said):
    mapping = guessed(["Timestamp", GOOD.title], *([date, "x"] for date in dates))
    assert mapping.day_first is day_first
    assert any("day first" in note for note in mapping.notes) is said


def test_a_person_corrects_a_guess_and_the_mapping_is_kept():
    mapping = guessed(["comment", "id"], [LONG, "a1"])
    better = corrected(mapping, {"comment": "better", "id": ""}, ALL)
    assert better.targets == {"comment": "question:better"}
    assert better.unmapped_columns == ("id",)
    assert "better" not in better.unmapped_questions
    assert from_data(as_data(better)) == better


@pytest.mark.parametrize("wrong", [{"nowhere": "good"}, {"comment": "nothing"}])
def test_a_correction_that_names_nothing_is_refused(wrong):
    with pytest.raises(Invalid, match="“no"):
        corrected(guessed(["comment"], [LONG]), wrong, ALL)
