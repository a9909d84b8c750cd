"""Reads one row by a mapping: what it says, or why it cannot be taken."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingOf
from functools import lru_cache

from consult.imports.readers import choices, dates
from consult.imports.readers.choices import Options
from consult.imports.readers.known import CONSENTS, LANGUAGES, PLAIN_YES
from consult.imports.readers.shapes import (
    Asked,
    Kind,
    Mapping,
    Publish,
    Skipped,
    Special,
    Taken,
    answers_to,
)
from consult.imports.readers.similar import plain

LONGEST = 100_000  # characters of an answer; a longer one is a document and should come as one
MANGLED = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,3}", re.IGNORECASE)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
MAIL = re.compile(r"[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]+\.[^@\s<>,;\".]{2,}")

EMPTY = "empty"
NO_ANSWER = "No question is answered."
SHORTENED = (
    "The reference “{text}” was shortened by Excel and is no longer the true one. "
    "Export the file again, or have Excel treat that column as text."
)
TOO_LONG = "The answer to “{title}” has {n:,} characters; at most {most:,} can be taken."
NOT_OPTION = "“{text}” is not an option of “{title}”."
NOT_ON_SCALE = "“{text}” is not on the scale of “{title}” ({least} to {most})."

Answer = str | int | tuple[str, ...]
Cells = MappingOf[str, str]


class _Refused(Exception):  # noqa: N818 - not an error: how a row is passed over
    """The row cannot be taken; the message is the reason."""


class RowReader:
    """Reads the rows of one file. Make one and use it for all of them."""

    def __init__(
        self, mapping: Mapping, questions: Sequence[Asked], *, longest: int = LONGEST
    ) -> None:
        self._mapping, self._longest = mapping, longest
        self._columns = {special: mapping.columns_for(special) for special in Special}
        self._answers = [
            (question, columns, self._way(question, columns))
            for question in questions
            if (columns := mapping.columns_for(answers_to(question.key)))
        ]
        self._targets = sorted(mapping.targets.items(), key=lambda pair: (pair[1], pair[0]))

    def read(self, cells: Cells) -> Taken | Skipped:
        """What the row says. Nothing is guessed: what does not fit is a reason, not a blank."""
        if not any(cell.strip() for cell in cells.values()):
            return Skipped(EMPTY)
        try:
            answers = self._all_answers(cells)
            reference = self._reference(cells)
        except _Refused as refused:
            return Skipped(str(refused))
        if not answers:
            return Skipped(NO_ANSWER)
        return self._taken(cells, answers, reference)

    def _all_answers(self, cells: Cells) -> dict[str, Answer]:
        answers: dict[str, Answer] = {}
        for question, columns, way in self._answers:
            texts = [tidy(cells.get(column, "")) for column in columns]
            if any(texts) and (answer := way(texts)) not in ("", ()):
                answers[question.key] = answer
        return answers

    def _way(self, question: Asked, columns: Sequence[str]) -> Callable[[list[str]], Answer]:
        """How this question's cells become its answer."""
        options = Options(question.options)
        if question.kind == Kind.ONE:
            return lambda texts: self._one(texts, question, options)
        if question.kind == Kind.MANY:
            named = [choices.option_in_heading(column, question) for column in columns]
            return lambda texts: self._many(texts, named, question, options)
        if question.kind == Kind.SCALE:
            return lambda texts: _point(_only(texts), question)
        return lambda texts: self._text(texts, question)

    def _text(self, texts: list[str], question: Asked) -> str:
        text = "\n\n".join(text for text in texts if text)
        if len(text) > self._longest:
            most = self._longest
            raise _Refused(TOO_LONG.format(title=question.title, n=len(text), most=most))
        return text

    def _one(self, texts: list[str], question: Asked, options: Options) -> str:
        text = _only(texts)
        return options.one(text) or self._own_words(text, question)

    def _many(
        self, texts: list[str], named: list[str], question: Asked, options: Options
    ) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for text, option in zip(texts, named, strict=True):
            said = choices.from_column(text, option) if option else text
            meant, strange = options.many(said)
            own = [self._own_words(words, question) for words in strange]
            found.update(dict.fromkeys([*meant, *own]))
        return tuple(found)

    def _own_words(self, text: str, question: Asked) -> str:
        if question.key not in self._mapping.open and text:
            raise _Refused(NOT_OPTION.format(text=_short(text), title=question.title))
        return self._text([text], question)

    def _reference(self, cells: Cells) -> str:
        text = self._joined(cells, Special.REFERENCE)
        if MANGLED.fullmatch(text):
            raise _Refused(SHORTENED.format(text=text))
        return text

    def _joined(self, cells: Cells, special: Special) -> str:
        columns = self._columns[special]
        if not columns:
            return ""
        texts = (tidy(cells.get(column, "")) for column in columns)
        return " ".join(text for text in texts if text)

    def _taken(self, cells: Cells, answers: dict[str, Answer], reference: str) -> Taken:
        said = self._joined(cells, Special.SUBMITTED_AT)
        submitted = dates.parse(said, day_first=self._mapping.day_first) if said else None
        email = self._joined(cells, Special.EMAIL)
        consent = self._joined(cells, Special.CONSENT)
        remarks = _remarks(said if submitted is None else "", email, consent)
        digest = self._digest(cells)
        return Taken(
            key=f"id:{reference}" if reference else digest,
            digest=digest,
            answers=answers,
            reference=reference,
            submitted_at=submitted,
            name=self._joined(cells, Special.NAME),
            email=email if MAIL.fullmatch(email) else "",
            consent=consent_of(consent),
            consent_words=consent,
            connection=self._joined(cells, Special.CONNECTION),
            area=self._joined(cells, Special.AREA),
            language=language_of(self._joined(cells, Special.LANGUAGE)),
            remarks=remarks,
        )

    def _digest(self, cells: Cells) -> str:
        """The same for a row however its file is encoded, spaced or ordered in columns."""
        parts = (f"{to}\x1f{_level(cells.get(column, ''))}" for column, to in self._targets)
        return "sha256:" + hashlib.sha256("\x1e".join(parts).encode()).hexdigest()


def read_row(cells: Cells, mapping: Mapping, questions: Sequence[Asked]) -> Taken | Skipped:
    """One row by itself. For a whole file make a RowReader once."""
    return _reader_for(mapping, tuple(questions)).read(cells)


@lru_cache(maxsize=8)
def _reader_for(mapping: Mapping, questions: tuple[Asked, ...]) -> RowReader:
    return RowReader(mapping, questions)


def tidy(text: str) -> str:
    """Without blanks around and control characters within; line breaks as \\n."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub("", text).strip()


def _level(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _only(texts: list[str]) -> str:
    said = list(dict.fromkeys(text for text in texts if text))
    return "; ".join(said)


def _point(text: str, question: Asked) -> int:
    point = choices.on_scale(text, question)
    if point is None or not question.least <= point <= question.most:
        raise _Refused(
            NOT_ON_SCALE.format(
                text=_short(text), title=question.title, least=question.least, most=question.most
            )
        )
    return point


def consent_of(text: str) -> Publish:
    """What a consent comes to. A bare yes allows the words, not the name."""
    if not text:
        return Publish.NOT_SAID
    said = plain(text)
    for consent, writings in CONSENTS.items():
        if said in writings or text.strip().casefold() in writings:
            return consent
    return Publish.WITHOUT_NAME if said in PLAIN_YES else Publish.NOT_SAID


def language_of(text: str) -> str:
    """A short code where there is one, such as `en` or `cy`; else nothing."""
    said = text.strip().casefold()
    if not said:
        return ""
    code = said.replace("_", "-").split("-")[0]
    return LANGUAGES.get(said) or (code if re.fullmatch(r"[a-z]{2,3}", code) else "")


def _remarks(date: str, email: str, consent: str) -> tuple[str, ...]:
    remarks = []
    if date:
        remarks.append(f"The date “{_short(date)}” could not be read and was left out.")
    if email and not MAIL.fullmatch(email):
        remarks.append(f"“{_short(email)}” is not an e-mail address and was left out.")
    if consent and consent_of(consent) is Publish.NOT_SAID:
        remarks.append(
            f"“{_short(consent)}” does not say what may be published: taken as not said."
        )
    return tuple(remarks)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:57] + "…"
