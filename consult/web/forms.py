"""Forms: what was posted as a checked model, or the sentences to show at each field, words kept."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar, get_origin

from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData

from consult.lib import dates

T = TypeVar("T", bound=BaseModel)


@dataclass
class Form(Generic[T]):
    """A form as sent: `data` when all is well, else `errors` as (field, sentence), in field order."""

    data: T | None = None
    values: dict[str, list[str]] = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)

    def value(self, name: str, default: str = "") -> str:
        """What was typed, to be shown again."""
        return self.values.get(name, [default])[0]

    def many(self, name: str) -> list[str]:
        """Every value of a field with several."""
        return self.values.get(name, [])

    def error(self, name: str) -> str:
        """The sentence for one field, or nothing."""
        return next((message for at, message in self.errors if at == name), "")

    def refuse(self, name: str, message: str) -> None:
        """Add a sentence found by a rule outside the model; the form then has no data."""
        self.errors.append((name, message))
        self.data = None


def values_of(posted: FormData) -> dict[str, list[str]]:
    """The text fields of what was posted; NUL bytes, which no database keeps, are dropped here."""
    values: dict[str, list[str]] = {}
    for name, value in posted.multi_items():
        if isinstance(value, str):
            values.setdefault(name, []).append(value.replace("\x00", ""))
    return values


def read(model: type[T], posted: FormData, **known: Any) -> Form[T]:
    """Check what was posted against a model. `known` are fields that come from elsewhere."""
    values = values_of(posted)
    raw = {**_for_model(model, values), **known}
    try:
        return Form(model.model_validate(raw), values)
    except ValidationError as wrong:
        return Form(None, values, [_sentence(model, one) for one in wrong.errors()])


def filled(values: dict[str, Any]) -> Form[Any]:
    """A form that shows what is already known, such as a record about to be changed."""
    return Form(None, {name: _texts(value) for name, value in values.items()})


def _for_model(model: type[BaseModel], values: dict[str, list[str]]) -> dict[str, Any]:
    raw: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        if name in values:
            many = get_origin(info.annotation) is list
            raw[name] = values[name] if many else values[name][0].strip()
        if f"{name}-day" in values:
            raw[name] = day_of(name, values)
    # An empty field is one left out: optional ones get their default, needed ones their sentence.
    return {name: value for name, value in raw.items() if value not in ("", None)}


def day_of(name: str, values: dict[str, list[str]]) -> datetime | str | None:
    """A date from three fields, at the start of that day in London; rubbish is handed on to be refused."""
    day, month, year = (values.get(f"{name}-{part}", [""])[0] for part in ("day", "month", "year"))
    if not (day or month or year):
        return None
    try:
        return dates.start_of(dates.parse_day(day, month, year)).astimezone(UTC)
    except ValueError as wrong:
        return f"!{wrong}"


def _sentence(model: type[BaseModel], wrong: Any) -> tuple[str, str]:
    name = str(wrong["loc"][0]) if wrong["loc"] else ""
    info = model.model_fields.get(name)
    label = (info.title if info and info.title else name.replace("_", " ")) or "this"
    given = wrong.get("input")
    if isinstance(given, str) and given.startswith("!"):
        return name, given[1:]
    return name, _message(wrong, label)


def _message(wrong: Any, label: str) -> str:
    context = wrong.get("ctx", {})
    shown = label[:1].upper() + label[1:]
    match wrong["type"]:
        case "missing" | "string_too_short":
            return f"Enter {label}."
        case "string_too_long":
            return f"{shown} must be {context['max_length']:,} characters or fewer."
        case "value_error":
            return str(context["error"])
        case "enum" | "literal_error":
            return f"Choose {label}."
        case "greater_than_equal":
            return f"{shown} must be {context['ge']} or more."
        case "less_than_equal":
            return f"{shown} must be {context['le']} or fewer."
    return f"Check {label}: it is not in a form that can be used."


def _texts(value: Any) -> list[str]:
    many = value if isinstance(value, list) else [value]
    return ["" if one is None else str(getattr(one, "value", one)) for one in many]
