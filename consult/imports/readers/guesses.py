"""The guesses that speak for a column, and the choice among them."""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingOf

from consult.imports.readers import dates
from consult.imports.readers.choices import Options, option_in_heading
from consult.imports.readers.known import WORDS, Form
from consult.imports.readers.shapes import QUESTION, Asked, Guess, Kind, Special, answers_to
from consult.imports.readers.similar import likeness, plain

Sample = Sequence[MappingOf[str, str]]
LEAST = 0.5  # less sure than this is not guessed but left to the person
LONG = 25  # characters on average that make a column one of longer texts


def best(
    columns: Sequence[str], rows: Sample, questions: Sequence[Asked], form: Form | None
) -> dict[str, Guess]:
    """Column → the guess to show for it; columns that nothing speaks for are left out."""
    candidates = sorted(_candidates(columns, rows, questions, form), key=_order)
    return _last_resort(_chosen(candidates, questions), columns, rows, questions, form)


def _order(guess: Guess) -> tuple[float, bool]:
    return -guess.confidence, guess.target.startswith(QUESTION) is False


def _candidates(
    columns: Sequence[str], rows: Sample, questions: Sequence[Asked], form: Form | None
) -> Iterable[Guess]:
    for column in columns:
        values = [row.get(column, "") for row in rows if row.get(column, "").strip()]
        yield from _as_special(column, values, form)
        for number, question in enumerate(questions, start=1):
            yield from _as_answer(column, values, question, number)


def _as_special(column: str, values: Sequence[str], form: Form | None) -> Iterable[Guess]:
    name = plain(column)
    if form and name in form.specials:
        why = f"{form.name} calls it so."
        yield Guess(column, form.specials[name], 0.96, why)
    elif not (form and name in form.plain):
        for special, names in WORDS.items():
            if name in names and _can_be(special, values):
                yield Guess(column, special, 0.85, f"“{column}” is a usual heading for this.")
    if values and all(_is_mail(value) for value in values):
        yield Guess(column, Special.EMAIL, 0.9, "It holds e-mail addresses.")


def _can_be(special: Special, values: Sequence[str]) -> bool:
    """Whether the values do not speak against what the heading says."""
    if special == Special.SUBMITTED_AT and values:
        return any(dates.parse(v) or dates.parse(v, day_first=False) for v in values)
    if special == Special.EMAIL and values:
        return any(_is_mail(value) for value in values)
    if special == Special.REFERENCE:
        return all(len(value) <= 200 for value in values) and len(set(values)) == len(values)
    return True


def _is_mail(value: str) -> bool:
    before, _, after = value.strip().partition("@")
    return bool(before) and "." in after and not any(c.isspace() for c in value.strip())


def _as_answer(column: str, values: Sequence[str], question: Asked, number: int) -> Iterable[Guess]:
    target = answers_to(question.key)
    like = likeness(column, question.key, question.title, number)
    if like.confidence:
        yield Guess(column, target, like.confidence, like.why)
    if question.kind == Kind.MANY and option_in_heading(column, question):
        yield Guess(column, target, 0.94, "The heading is the question and one of its options.")
    share = _share_of_options(values, question)
    if share >= 0.8 and like.confidence < 0.6:
        sure = round(max(0.4 + 0.2 * share, like.confidence) + like.confidence * 0.2, 2)
        yield Guess(column, target, sure, "Its answers are the question's options.")


def _share_of_options(values: Sequence[str], question: Asked) -> float:
    if not values or not question.options:
        return 0.0
    options = Options(question.options)
    fitting = sum(1 for value in values if not options.many(value)[1])
    return fitting / len(values)


def _chosen(candidates: Sequence[Guess], questions: Sequence[Asked]) -> dict[str, Guess]:
    """The surest guess for each column. Two equally good columns for one question: neither."""
    chosen: dict[str, Guess] = {}
    several = {answers_to(q.key) for q in questions if q.kind == Kind.MANY} | {Special.NAME}
    taken: set[str] = set()
    for guess in candidates:
        again = guess.target in several and guess.confidence >= 0.94
        if guess.confidence < LEAST or guess.column in chosen:
            continue
        if (guess.target in taken and not again) or _rivalled(guess, candidates, chosen, taken):
            continue
        chosen[guess.column] = guess
        taken.add(guess.target)
    return chosen


def _rivalled(
    guess: Guess, candidates: Sequence[Guess], chosen: dict[str, Guess], taken: set[str]
) -> bool:
    """Whether a weak guess has an equal, for its column or for its target."""
    if guess.confidence >= 0.8:
        return False
    return any(
        abs(other.confidence - guess.confidence) < 0.02
        and other.column not in chosen
        and other.target not in taken
        and ((other.column == guess.column) != (other.target == guess.target))
        for other in candidates
    )


def _last_resort(
    chosen: dict[str, Guess],
    columns: Sequence[str],
    rows: Sample,
    questions: Sequence[Asked],
    form: Form | None,
) -> dict[str, Guess]:
    """One text question left and one column of longer texts left: they belong together."""
    left = _open_texts(chosen, questions)
    texts = _long_columns(chosen, columns, rows, form)
    if len(left) != 1 or len(texts) != 1:
        return chosen
    why = "It is the only column of longer texts, and this the only question in words left."
    return chosen | {texts[0]: Guess(texts[0], answers_to(left[0].key), LEAST, why)}


def _open_texts(chosen: dict[str, Guess], questions: Sequence[Asked]) -> list[Asked]:
    found = {guess.target for guess in chosen.values()}
    return [q for q in questions if q.kind == Kind.TEXT and answers_to(q.key) not in found]


def _long_columns(
    chosen: dict[str, Guess], columns: Sequence[str], rows: Sample, form: Form | None
) -> list[str]:
    plain_names = form.plain if form else frozenset()
    left = [c for c in columns if c not in chosen and plain(c) not in plain_names]
    return [column for column in left if average(column, rows) >= LONG]


def average(column: str, rows: Sample) -> float:
    filled = [row.get(column, "").strip() for row in rows if row.get(column, "").strip()]
    spaced = [value for value in filled if " " in value]
    return sum(map(len, spaced)) / len(filled) if filled else 0.0
