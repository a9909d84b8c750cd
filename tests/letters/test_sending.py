"""Handing letters over: to a real mail server, or to a folder; never twice, and never lost in silence."""

import email
import re
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import Engine
from sqlmodel import select

from consult import jobs, letters
from consult import settings as settings_module
from consult.db import transaction
from consult.letters import Letter, LetterState
from consult.letters import tasks as sending
from consult.letters.transports import NotNow
from consult.secrecy import seal
from consult.settings import Settings
from tests.letters.conftest import Postbox

Write = Callable[..., UUID]


@pytest.fixture
def write(engine: Engine) -> Write:
    def put(to: str = "pat@example.org", key: str = "a", text: str = "Ŵyn said: hello.") -> UUID:
        with transaction(engine) as db:
            letters.write(db, key, seal().seal(to), "What became of it", text, at=datetime.now(UTC))
            return db.exec(select(Letter).where(Letter.key == key)).one().id

    return put


def state(engine: Engine, letter_id: UUID) -> tuple[LetterState, str]:
    with transaction(engine, readonly=True) as db:
        found = db.get_one(Letter, letter_id)
        return found.state, found.trouble


def test_a_letter_is_written_once_for_one_key(engine: Engine, write: Write) -> None:
    assert write() == write(text="Something else.")


def test_address_and_words_are_sealed_at_rest(engine: Engine, write: Write) -> None:
    kept = write()
    with transaction(engine, readonly=True) as db:
        found = db.get_one(Letter, kept)
    assert "pat@" not in found.address and "hello" not in found.body
    assert letters.contents(found) == ("pat@example.org", "Ŵyn said: hello.")


def test_without_a_mail_server_the_letter_is_kept_as_a_file(
    engine: Engine, settings: Settings, write: Write
) -> None:
    kept = write()
    jobs.drain(engine)
    jobs.run_now(engine, "letters.send", letter_id=kept)
    (file,) = (settings.data / "outbox").iterdir()
    message = email.message_from_bytes(file.read_bytes())
    assert message["To"] == "pat@example.org"
    assert "hello" in str(message.get_payload(decode=True), "utf-8")
    assert state(engine, kept)[0] == LetterState.KEPT


def test_a_mail_server_gets_the_letter_once(engine: Engine, postbox: Postbox, write: Write) -> None:
    kept = write()
    jobs.drain(engine)
    for _ in range(2):
        jobs.run_now(engine, "letters.send", letter_id=kept)
    ((to, text),) = postbox.got
    assert to == "pat@example.org"
    assert re.search(r"^Message-ID: <[0-9a-f-]+@example.org>", text, re.MULTILINE)
    assert state(engine, kept)[0] == LetterState.SENT


def test_a_long_letter_arrives_letter_for_letter(
    engine: Engine, postbox: Postbox, write: Write
) -> None:
    text = "\n".join(f".{n} Ŵyn said: {'more ' * 50}" for n in range(40)) + "\n"
    write(text=text)
    jobs.drain(engine)
    message = email.message_from_string(postbox.got[0][1])
    body = str(message.get_payload(decode=True), "utf-8")
    assert body.replace("\r\n", "\n").splitlines() == text.splitlines()


def test_a_refused_address_fails_with_the_sentence_and_is_not_tried_again(
    engine: Engine, postbox: Postbox, write: Write
) -> None:
    kept = write("nobody@example.org")
    jobs.drain(engine)
    assert state(engine, kept) == (
        LetterState.FAILED,
        "The mail server refuses the address (550).",
    )


def test_a_server_that_asks_for_patience_gets_the_letter_later(
    engine: Engine, postbox: Postbox, write: Write
) -> None:
    kept = write("later@example.org")
    with pytest.raises(NotNow):
        jobs.drain(engine)
    assert state(engine, kept) == (
        LetterState.WAITING,
        "The mail server asks us to come back later (451).",
    )


def test_a_server_that_is_down_is_tried_again_and_at_last_given_to_a_person(
    engine: Engine, postbox: Postbox, settings: Settings, write: Write
) -> None:
    up = settings_module.settings()
    settings_module.adopt(settings.model_copy(update={"smtp_url": "smtp://127.0.0.1:9"}))
    kept = write()
    for _ in sending.RETRY:
        with pytest.raises(NotNow):
            jobs.run_now(engine, "letters.send", letter_id=kept)
        assert state(engine, kept)[0] == LetterState.WAITING
    with pytest.raises(NotNow):
        jobs.run_now(engine, "letters.send", letter_id=kept)
    assert state(engine, kept)[0] == LetterState.FAILED
    settings_module.adopt(up)
    jobs.run_now(engine, "letters.send", letter_id=kept)
    assert postbox.got == []


def test_a_letter_found_half_handed_over_is_not_sent_again_by_itself(
    engine: Engine, postbox: Postbox, write: Write
) -> None:
    kept = write()
    with transaction(engine) as db:
        db.get_one(Letter, kept).state = LetterState.SENDING
    jobs.drain(engine)
    assert postbox.got == []
    assert state(engine, kept)[0] == LetterState.UNSURE


def test_a_connection_that_breaks_after_the_words_leaves_us_unsure(
    engine: Engine, postbox: Postbox, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(server: SMTP, session: Session, envelope: Envelope) -> str:
        assert server.transport is not None
        server.transport.abort()
        return "250 too late"

    monkeypatch.setattr(postbox, "handle_DATA", gone)
    kept = write()
    jobs.drain(engine)
    assert state(engine, kept)[0] == LetterState.UNSURE
