"""What an analyst wants to see of a consultation: a search and filters, and how many pass them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import exists
from sqlalchemy import select as rows
from sqlmodel import col

from consult.contributions import Answer, Channel, Connection, Contribution, Standing
from consult.synthesis import words
from consult.synthesis.models import Coding, Reading
from consult.synthesis.words import Query


@dataclass(frozen=True)
class Filters:
    """What to show of a consultation; empty means everything that has words."""

    words: str = ""
    question: UUID | None = None
    group: str = ""
    connection: str = ""
    theme: UUID | None = None
    read: str = ""
    coded: str = ""
    standing: Standing | None = None

    @property
    def query(self) -> Query:
        """The search meant. Raises Invalid with a sentence."""
        return words.read(self.words)

    @property
    def are_set(self) -> bool:
        return self != Filters()


def known_count(filters: Filters, counts: dict[str, int]) -> int | None:
    """How many pass, where a running count says so already."""
    groups = [filters.group] if filters.group else ["response", "post"]
    if filters == Filters(group=filters.group):
        gone = Standing.WITHDRAWN.value
        return sum(
            counts.get(f"received:{one}", 0) - counts.get(f"standing:{one}:{gone}", 0)
            for one in groups
        )
    if filters == Filters(group=filters.group, theme=filters.theme):
        return sum(counts.get(f"theme:{one}:{filters.theme}", 0) for one in groups)
    if filters == Filters(group=filters.group, standing=filters.standing) and filters.standing:
        return sum(counts.get(f"standing:{one}:{filters.standing.value}", 0) for one in groups)
    return None


def conditions(filters: Filters) -> list[Any]:
    """The filters that are no search, as conditions on contributions."""
    id_, standing = col(Contribution.id), col(Contribution.standing)
    rules: list[Any] = [
        standing == filters.standing if filters.standing else standing != Standing.WITHDRAWN
    ]
    if filters.group:
        is_post = col(Contribution.channel) == Channel.POST
        rules.append(is_post if filters.group == "post" else ~is_post)
    if filters.connection:
        said = next((one for one in Connection if one.value == filters.connection), None)
        rules.append(col(Contribution.connection) == said)
    if filters.theme:
        with_it = rows(col(Coding.contribution_id)).where(col(Coding.theme_id) == filters.theme)
        rules.append(id_.in_(with_it))
    if filters.read:
        rules.append(is_read(id_) if filters.read == "read" else ~is_read(id_))
    if filters.coded:
        coded = exists().where(col(Coding.contribution_id) == id_)
        rules.append(coded if filters.coded == "coded" else ~coded)
    return rules


def is_read(contribution_id: Any) -> Any:
    """Whether anybody has read it."""
    return exists().where(col(Reading.contribution_id) == contribution_id)


def answers(question: UUID) -> Any:
    """Whether a contribution answers this question."""
    return exists().where(
        col(Answer.contribution_id) == col(Contribution.id), col(Answer.question_id) == question
    )
