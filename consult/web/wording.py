"""What pages call a contribution: a response to proposals, a question in a call for questions."""

from dataclasses import dataclass

from consult.consultations import Consultation, Kind
from consult.contributions import Card, Connection, Consent
from consult.web.languages import gettext as _


@dataclass(frozen=True)
class Words:
    """The words of one kind of consultation, in the language of the request."""

    is_call: bool
    one: str
    many: str
    take_part: str
    send: str
    days: str
    public_list: str
    yours: str
    receipt: str


def words_of(consultation: Consultation) -> Words:
    """The words to use on every page of this consultation."""
    return _questions() if consultation.kind == Kind.QUESTIONS else _proposals()


def _proposals() -> Words:
    return Words(
        is_call=False,
        one=_("response"),
        many=_("responses"),
        take_part=_("Respond now"),
        send=_("Send your response"),
        days=_("to respond"),
        public_list=_("Published responses"),
        yours=_("Your response"),
        receipt=_("Thank you. We have your response."),
    )


def _questions() -> Words:
    return Words(
        is_call=True,
        one=_("question"),
        many=_("questions"),
        take_part=_("Ask a question"),
        send=_("Send your question"),
        days=_("to ask"),
        public_list=_("Questions people ask"),
        yours=_("Your question"),
        receipt=_("Thank you. We have your question."),
    )


def connections() -> dict[Connection, str]:
    """How a person may describe their connection to the subject, for the form and the list's filter."""
    return {
        Connection.LIVED: _("It affects me directly"),
        Connection.CARER: _("I care for or support someone it affects"),
        Connection.PROFESSIONAL: _("I work in this field"),
        Connection.ORGANISATION: _("I speak for an organisation"),
    }


def authors() -> dict[Connection, str]:
    """The same as it reads on a card in place of a name."""
    return {
        Connection.LIVED: _("Someone it affects directly"),
        Connection.CARER: _("A carer"),
        Connection.PROFESSIONAL: _("Someone who works in the field"),
        Connection.ORGANISATION: _("An organisation"),
    }


def author_of(card: Card) -> str:
    """Who says it, as far as they allow: a name, or a connection and a place, or just someone."""
    if card.who:
        return card.who
    one = card.contribution
    who = authors()[one.connection] if one.connection else _("Someone who took part")
    return f"{who}, {one.area}" if one.area else who


def consents() -> dict[Consent, str]:
    """What we may do with the words, as the author chooses it."""
    return {
        Consent.NAME: _("Yes, with my name"),
        Consent.NO_NAME: _("Yes, without my name"),
        Consent.COUNT_ONLY: _("No. Read it and count it, but do not publish it"),
    }
