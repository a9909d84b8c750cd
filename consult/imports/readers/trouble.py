"""What can go wrong with a network, as sentences, and when to come back."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from consult.errors import Unavailable

SOON = timedelta(minutes=1)
LATER = timedelta(minutes=5)
MUCH_LATER = timedelta(hours=1)
EPOCH = 1_000_000_000  # a larger number of seconds is a point in time, a smaller one a wait
LONGEST_WAIT = timedelta(days=1)  # a server that says more is taken at a day
SPARED = 0.2  # of a server's allowance is left for others who use the same token


class Trouble(Unavailable):
    """A network did not give what was asked. Nothing is lost: the cursors still hold.

    `final` means that waiting will not help and a person has to do something; else `retry_at` says
    when to try again.
    """

    def __init__(
        self, message: str, *, retry_at: datetime | None = None, final: bool = False
    ) -> None:
        super().__init__(message)
        self.retry_at, self.final = retry_at, final


@dataclass(frozen=True, slots=True)
class Quota:
    """What a server still allows; None where it does not say."""

    limit: int | None
    remaining: int | None
    reset_at: datetime | None

    def come_back_at(self) -> datetime | None:
        """When to go on, once only the spared fifth is left."""
        if self.limit is None or self.remaining is None or self.limit <= 0:
            return None
        return self.reset_at if self.remaining <= self.limit * SPARED else None


def quota_of(headers: Mapping[str, str], at: datetime) -> Quota:
    """The allowance by the usual headers, whatever they are called and however they tell time."""
    return Quota(
        limit=_number(_header(headers, "limit")),
        remaining=_number(_header(headers, "remaining")),
        reset_at=_moment(_header(headers, "reset"), at),
    )


def _header(headers: Mapping[str, str], name: str) -> str:
    for start in ("x-ratelimit-", "x-rate-limit-", "ratelimit-"):
        if value := headers.get(start + name, ""):
            return value.strip()
    return ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _moment(text: str, at: datetime) -> datetime | None:
    """ISO time, seconds since 1970, seconds from now, or the date form of HTTP."""
    try:
        found = _seconds(text, at) or _iso(text) or _http_date(text)
    except (ValueError, OverflowError, TypeError):
        return None
    return min(max(found, at), at + LONGEST_WAIT) if found else None


def _seconds(text: str, at: datetime) -> datetime | None:
    if not text.replace(".", "", 1).isdigit():
        return None
    seconds = float(text)
    return (
        datetime.fromtimestamp(seconds, UTC)
        if seconds > EPOCH
        else at + timedelta(seconds=math.ceil(seconds))
    )


def _iso(text: str) -> datetime | None:
    if len(text) < 11 or text[4] != "-":
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _http_date(text: str) -> datetime | None:
    return parsedate_to_datetime(text) if "," in text else None


def retry_time(headers: Mapping[str, str], at: datetime, otherwise: timedelta) -> datetime:
    """When the server wants us back, by `Retry-After`, else by its allowance, else by our guess."""
    said = _moment(headers.get("retry-after", "").strip(), at)
    return said or quota_of(headers, at).reset_at or at + otherwise


# Status → what it means for a person; these do not mend by waiting.
FINAL = {
    400: "{host} did not understand the request. It may not be a Mastodon-compatible server.",
    401: "{host} shows hashtags only to people who are signed in. Give this source an access "
    "token, or a new one if the old one has ended.",
    403: "{host} does not let us read this hashtag. Its rules or the token's rights forbid it.",
    404: "{host} has no hashtag pages at this address. It may not be a Mastodon-compatible server.",
    405: "{host} does not offer hashtag pages.",
    410: "{host} says that this is gone for good.",
    422: "{host} does not accept this hashtag. Use letters and figures only, without spaces.",
}


def of_status(host: str, status: int, headers: Mapping[str, str], at: datetime) -> Trouble:
    """The trouble that an answer with this status is."""
    if status == 429:
        when = retry_time(headers, at, LATER)
        return Trouble(f"{host} asks us to slow down.", retry_at=when)
    if status in FINAL:
        return Trouble(FINAL[status].format(host=host), final=True)
    if status >= 500:
        when = retry_time(headers, at, LATER)
        return Trouble(f"{host} has a fault of its own ({status}).", retry_at=when)
    return Trouble(f"{host} gave an answer we do not know ({status}).", retry_at=at + MUCH_LATER)
