"""Handing a letter over: to a mail server, or to a folder where none is set."""

import os
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

TIMEOUT = 30.0


class NotNow(Exception):  # noqa: N818 - what happened, not a fault of the program
    """The letter was not taken this time; nothing went, and it can be tried again."""


class Refused(Exception):  # noqa: N818 - as above
    """The letter will never be taken as it is."""


class Unknown(Exception):  # noqa: N818 - as above
    """We were cut off after the words had gone and before the server said that it has them."""


@dataclass(frozen=True)
class Handed:
    """One letter in clear, for the moment of handing it over."""

    id: str
    sender: str
    to: str
    subject: str
    text: str
    at: datetime

    def mail(self) -> bytes:
        """As mail goes over the wire, its lines ended as its standard wants.

        The Message-ID is the letter's own, so that a mail program joins a letter sent again.
        """
        made = EmailMessage(policy=SMTP)
        made["From"], made["To"], made["Subject"] = self.sender, self.to, self.subject
        made["Date"] = format_datetime(self.at)
        made["Message-ID"] = f"<{self.id}@{self.sender.rpartition('@')[2]}>"
        made["Auto-Submitted"] = "auto-generated"
        made.set_content(self.text)
        return made.as_bytes()


def keep(letter: Handed, folder: Path) -> None:
    """Write the letter as a file, whole or not at all; a second time gives the same file."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{letter.id}.part"
    unfinished.write_bytes(letter.mail())
    os.replace(unfinished, folder / f"{letter.id}.eml")


def send(letter: Handed, address: str) -> None:
    """Hand the letter to the mail server at `smtp://user:password@host:port` (or smtps://)."""
    server = _greeted(address)
    try:
        _addressed(server, letter)
        _worded(server, letter)
    finally:
        server.close()


def _greeted(address: str) -> smtplib.SMTP:
    parts = urlsplit(address)
    host, secure = parts.hostname or "localhost", parts.scheme == "smtps"
    try:
        kind = smtplib.SMTP_SSL if secure else smtplib.SMTP
        server = kind(host, parts.port or (465 if secure else 25), timeout=TIMEOUT)
        server.ehlo_or_helo_if_needed()
        if not secure and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except (OSError, smtplib.SMTPException) as wrong:
        raise NotNow(f"The mail server did not let us in ({type(wrong).__name__}).") from None
    return server


def _addressed(server: smtplib.SMTP, letter: Handed) -> None:
    try:
        answers = [server.mail(letter.sender), server.rcpt(letter.to)]
    except (OSError, smtplib.SMTPException, UnicodeError) as wrong:
        raise NotNow(f"The mail server went away ({type(wrong).__name__}).") from None
    for code, _ in answers:
        _judge(code, "The mail server refuses the address.")


def _worded(server: smtplib.SMTP, letter: Handed) -> None:
    try:
        code, _ = server.data(letter.mail())
    except smtplib.SMTPDataError as wrong:
        code = wrong.smtp_code
    except (OSError, smtplib.SMTPException) as wrong:
        raise Unknown(f"The connection broke ({type(wrong).__name__}).") from None
    _judge(code, "The mail server refuses the letter.")
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        return  # it has the letter: how it says goodbye changes nothing


def _judge(code: int, sentence: str) -> None:
    if 400 <= code < 500:
        raise NotNow(f"The mail server asks us to come back later ({code}).")
    if code >= 500:
        raise Refused(f"{sentence[:-1]} ({code}).")
