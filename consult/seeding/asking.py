"""The consultation, its questions, and everything that came in."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from consult import consultations, contributions
from consult.consultations import Kind, Layout, Moderation, NewConsultation, NewQuestion
from consult.contributions import (
    Answer,
    Channel,
    Connection,
    Consent,
    Contribution,
    Incoming,
    NewAnswer,
    NewContribution,
)
from consult.imports import Ground, Post, Source, SourceState
from consult.lib import dates
from consult.seeding.world import World

OF_QUESTION = {"title", "hint", "required", "options", "low", "high", "points", "max_length"}


def seed(world: World) -> None:
    """Ask, take in what people sent, and close where the file says so."""
    _consultation(world)
    _contributions(world)
    if world.words.get("posts"):
        _posts(world)
    _find_answers(world)
    if world.words["state"] != "open":
        by, at = world.setter, world.consultation.closes_at
        consultations.close(world.db, world.consultation, by=by, at=at)


def _consultation(world: World) -> None:
    words, by, opened = world.words, world.setter, world.moment("opens_in_days")
    asked = NewConsultation(
        title=words["title"],
        summary=words["summary"],
        background=words["background"],
        kind=Kind(words["kind"]),
        topic=words["topic"],
        hashtags=words["hashtags"],
        layout=Layout(words["layout"]),
        moderation=Moderation(words["moderation"]),
        opens_at=dates.start_of(dates.london(opened).date()),
        closes_at=dates.end_of(dates.london(world.moment("closes_in_days")).date()),
    )
    where = world.cast.organisations[words["organisation"]].id
    at = opened - timedelta(days=7)
    made = consultations.create(world.db, where, asked, by=by, at=at, slug=words["slug"])
    for one in words["questions"]:
        given = {name: one[name] for name in OF_QUESTION & one.keys()}
        question = NewQuestion(kind=one["kind"], **given)
        world.questions[one["key"]] = consultations.add_question(
            world.db, made, question, by=by, at=at
        )
    consultations.open_to_public(world.db, made, by=by, at=opened)
    world.consultation = made


def _contributions(world: World) -> None:
    ordered = sorted(world.words["contributions"], key=lambda one: -one["days_ago"])
    # Made before they are taken in by channel, so that their ids are in the order they arrived.
    incoming = {one["key"]: _incoming(world, one) for one in ordered}
    world.ids = {key: one.id for key, one in incoming.items()}
    for channel in Channel:
        batch = [incoming[one["key"]] for one in ordered if one["channel"] == channel.value]
        contributions.take(world.db, world.consultation, batch, channel=channel)


def _incoming(world: World, one: dict[str, Any]) -> Incoming:
    answers = [
        contributions.read_answer(world.questions[key], _as_sent(value))
        for key, value in one["answers"].items()
    ]
    new = NewContribution(
        answers=answers,
        consent=Consent(one["consent"]),
        connection=Connection(one["connection"]) if one["connection"] else None,
        area=one["area"] or "",
        organisation=one["organisation"] or "",
        name=one["name"] or "",
        email=one["email"] or "",
    )
    return Incoming(f"seed:{one['key']}", new, world.ago(one["days_ago"]))


def _as_sent(value: Any) -> list[str]:
    return [str(each) for each in (value if isinstance(value, list) else [value])]


def _posts(world: World) -> None:
    """Posts as a run of the hashtag would have brought them. The server is invented, so it is paused."""
    source = Source(
        consultation_id=world.consultation.id,
        server="https://social.example",
        hashtag=world.words["hashtags"][0],
        ground=Ground.PUBLIC_TASK,
        state=SourceState.PAUSED,
        from_date=world.moment("opens_in_days"),
        walked_back=True,
        added_by=world.person("ana").id,
        created_at=world.moment("opens_in_days"),
        last_run_at=world.now,
    )
    world.db.add(source)
    world.db.flush()
    ordered = sorted(world.words["posts"], key=lambda one: -one["written_days_ago"])
    batch = [_post(world, one) for one in ordered]
    contributions.take(world.db, world.consultation, batch, channel=Channel.POST)
    for one, incoming in zip(ordered, batch, strict=True):
        world.db.add(_provenance(world, one, incoming, source))
    world.db.flush()


def _post(world: World, one: dict[str, Any]) -> Incoming:
    consent = Consent.COUNT_ONLY if _opt_outs(one) else Consent.NO_NAME
    new = NewContribution(answers=[NewAnswer(text=one["text"])], consent=consent)
    return Incoming(one["uri"], new, world.ago(one["written_days_ago"]))


def _opt_outs(one: dict[str, Any]) -> list[str]:
    tags = [tag for tag in ("#nobot", "#noindex") if tag in one["note"].lower()]
    return tags if one["indexable"] else ["not indexable", *tags]


def _provenance(world: World, one: dict[str, Any], incoming: Incoming, source: Source) -> Post:
    return Post(
        consultation_id=world.consultation.id,
        contribution_id=incoming.id,
        source_id=source.id,
        uid=one["uri"],
        link=one["url"],
        server=source.server,
        author=one["author"],
        author_name=one["author_name"],
        author_link=one["url"].rsplit("/", 1)[0],
        written_at=incoming.received_at,
        first_seen_at=incoming.received_at,
        checked_at=world.now,
        language=one["language"] or "",
        warning=one["warning"] or "",
        sensitive=bool(one["warning"]),
        media=[{"type": "image", "url": "", "alt": each["alt"]} for each in one["media"]],
        opt_outs=_opt_outs(one),
    )


def _find_answers(world: World) -> None:
    keys = {contribution_id: key for key, contribution_id in world.ids.items()}
    asked = {question.id: key for key, question in world.questions.items()}
    found = world.db.exec(
        select(Answer)
        .join(Contribution, col(Contribution.id) == col(Answer.contribution_id))
        .where(Contribution.consultation_id == world.consultation.id)
        .where(col(Answer.question_id).is_not(None))
    )
    for answer in found:
        if answer.question_id:
            world.answers[keys[answer.contribution_id], asked[answer.question_id]] = answer
