"""A hashtag comes in once, whole, from a real server."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from sqlmodel import col, select

from consult import consultations, contributions, imports, jobs
from consult.contributions import Channel, Consent, Contribution, Standing
from consult.db import transaction
from consult.errors import Conflict
from consult.imports import Ground, NewSource, Post, Run, RunState, Source, SourceState, following
from consult.imports.posts import incoming
from consult.imports.readers.posts import post_of
from consult.imports.readers.shapes import SocialPost
from tests.conftest import World
from tests.imports.replays import recorded
from tests.imports.servers import GRACE, MastodonServer
from tests.imports.world import counts, kept, words

Drain = Callable[[], int]
_numbers = count(1)


@pytest.fixture
def tag() -> str:
    return f"Following{next(_numbers)}Tag"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "PAUSE", 0)
    monkeypatch.setattr(following, "PAGE", 10)


def follow(world: World, server: str, tag: str) -> Source:
    with transaction(world.engine) as db:
        here = consultations.by_slug(db, world.consultation.slug)
        new = NewSource(
            server=server,
            hashtag=tag,
            ground=Ground.PUBLIC_TASK,
            from_date=world.at - timedelta(days=9),
        )
        return imports.add_source(db, here, new, by=world.person("mo"), at=world.at)


def source_of(world: World, source: Source) -> Source:
    with transaction(world.engine, readonly=True) as db:
        return db.get_one(Source, source.id)


def posts(world: World) -> list[Post]:
    with transaction(world.engine, readonly=True) as db:
        return list(db.exec(select(Post).order_by(col(Post.written_at))).all())


def read(world: World, source: Source) -> None:
    jobs.run_now(world.engine, "imports.read_source", source_id=source.id)


def test_every_post_comes_in_once_and_later_ones_follow(
    world: World, mastodon: MastodonServer, tag: str, drain: Drain
) -> None:
    written = {mastodon.post(f"Post {n} #{tag}")["uri"] for n in range(25)}
    source = follow(world, mastodon.url, f"#{tag}")
    drain()
    assert {post.uid for post in posts(world)} == written
    written |= {mastodon.post(f"More {n} #{tag}")["uri"] for n in range(10)}
    read(world, source)
    read(world, source)
    assert {post.uid for post in posts(world)} == written
    assert len(kept(world)) == 35
    assert counts(world)["received:post"] == 35
    assert counts(world).get("received:response", 0) == 0


def test_a_post_waits_for_a_moderator_and_keeps_where_it_comes_from(
    world: World, mastodon: MastodonServer, tag: str, drain: Drain
) -> None:
    picture = mastodon.picture("A hand-drawn map of the ward")
    made = mastodon.post(f"Look #{tag}", media_ids=[picture], spoiler_text="Hospital")
    follow(world, mastodon.url, tag)
    drain()
    [one], [post] = kept(world), posts(world)
    assert (one.channel, one.standing) == (Channel.POST, Standing.WAITING)
    assert counts(world)["queue:clear"] == 1
    assert (post.uid, post.contribution_id, post.warning) == (made["uri"], one.id, "Hospital")
    assert post.media[0]["alt"] == "A hand-drawn map of the ward"
    assert post.author.startswith("ada@")
    with transaction(world.engine, readonly=True) as db:
        assert imports.posts_of(db, [one.id]) == {one.id: post}


def test_an_author_who_asked_not_to_be_shown_is_only_counted(
    world: World, mastodon: MastodonServer, tag: str, drain: Drain
) -> None:
    mastodon.describe("I write. #nobot", by=GRACE)
    try:
        mastodon.post(f"Count me #{tag}", by=GRACE)
        follow(world, mastodon.url, tag)
        drain()
    finally:
        mastodon.describe("", by=GRACE)
    assert kept(world)[0].consent == Consent.COUNT_ONLY
    assert any("#nobot" in why for why in posts(world)[0].opt_outs)


def test_words_are_shown_without_a_name_where_nobody_asked_otherwise(world: World) -> None:
    shape = recorded("gotosocial_0.20.0rc1", "tag_page")["body"][0]
    shape["account"].pop("indexable", None)
    post = post_of(shape, domain="social.test", at=world.at)
    assert isinstance(post, SocialPost)
    assert incoming(replace(post, opted_out=()), world.at).new.consent == Consent.NO_NAME
    assert incoming(replace(post, opted_out=("#nobot",)), world.at).new.consent == (
        Consent.COUNT_ONLY
    )


def test_the_same_post_from_two_ways_is_one(
    world: World, mastodon: MastodonServer, tag: str, drain: Drain
) -> None:
    mastodon.post(f"Twice #{tag} #{tag}b")
    follow(world, mastodon.url, tag)
    follow(world, mastodon.url, f"{tag}b")
    drain()
    assert len(kept(world)) == len(posts(world)) == 1


def test_a_broken_answer_is_said_and_nothing_is_lost(
    world: World, mastodon: MastodonServer, tag: str, drain: Drain
) -> None:
    for n in range(15):
        mastodon.post(f"Post {n} #{tag}")
    mastodon.fail({"status": 429, "headers": {"Retry-After": "120"}})
    source = follow(world, mastodon.url, tag)
    drain()
    found = source_of(world, source)
    assert "asks us to slow down" in found.trouble
    assert found.state == SourceState.ON
    assert found.next_run_at is not None
    assert found.next_run_at > world.at + timedelta(seconds=60)
    read(world, source)
    assert len(posts(world)) == 15
    assert source_of(world, source).trouble == ""


def test_a_server_that_wants_a_token_pauses_the_hashtag_and_says_so(
    world: World, mastodon: MastodonServer, tag: str, drain: Drain
) -> None:
    mastodon.fail({"status": 401})
    source = follow(world, mastodon.url, tag)
    drain()
    found = source_of(world, source)
    assert found.state == SourceState.PAUSED
    assert "access token" in found.trouble


def test_a_paused_hashtag_is_not_read_and_goes_on_where_it_stopped(
    world: World, mastodon: MastodonServer, tag: str, drain: Drain
) -> None:
    mastodon.post(f"One #{tag}")
    source = follow(world, mastodon.url, tag)
    drain()
    with transaction(world.engine) as db:
        here = consultations.by_slug(db, world.consultation.slug)
        mine = imports.source_in(db, here, source.id)
        imports.pause(db, here, mine, by=world.person("olu"), at=world.at)
    mastodon.post(f"Two #{tag}")
    read(world, source)
    assert len(posts(world)) == 1
    with transaction(world.engine) as db:
        here = consultations.by_slug(db, world.consultation.slug)
        mine = imports.source_in(db, here, source.id)
        imports.start_source(db, here, mine, by=world.person("olu"), at=world.at)
    drain()
    assert len(posts(world)) == 2


def test_what_is_due_is_read_and_the_rest_is_left(
    world: World, mastodon: MastodonServer, tag: str, drain: Drain
) -> None:
    source = follow(world, mastodon.url, tag)
    drain()
    mastodon.post(f"Late #{tag}")
    for at, due in ((world.at, 0), (world.at + timedelta(minutes=10), 1)):
        with transaction(world.engine) as db:
            assert following.enqueue_due(db, at=at) == due
    jobs.drain(world.engine, delayed=True)
    assert len(posts(world)) == 1
    assert source_of(world, source).last_run_at is not None


def test_a_reading_that_was_overtaken_keeps_nothing(
    world: World, mastodon: MastodonServer, tag: str, drain: Drain
) -> None:
    mastodon.post(f"One #{tag}")
    source = follow(world, mastodon.url, tag)
    drain()
    page = following.Page((), following.Cursors("elsewhere", "", True))
    with transaction(world.engine) as db, pytest.raises(following.NotOurs):
        following.keep_page(db, source.id, following.Cursors(), page, at=world.at)


def test_an_edited_post_shows_its_newest_words_after_a_moderator_looked_again(
    world: World, mastodon: MastodonServer, tag: str, drain: Drain
) -> None:
    made = mastodon.post(f"The day centre is good #{tag}")
    source = follow(world, mastodon.url, tag)
    drain()
    with transaction(world.engine) as db:
        one = db.get_one(Contribution, kept(world)[0].id)
        contributions.stand(db, one, Standing.SHOWN)
    mastodon.edit(made["id"], f"Ring me on 07700 900123 #{tag}")
    with transaction(world.engine) as db:
        mine = db.get_one(Source, source.id)
        mine.forward_cursor = mine.backward_cursor = None
        db.add(mine)
    read(world, source)
    drain()
    assert words(world) == [f"Ring me on 07700 900123 #{tag}"]
    assert kept(world)[0].standing == Standing.WAITING
    assert counts(world)["queue:flagged"] == 1
    assert counts(world).get("queue:clear", 0) == 0


def test_a_hashtag_is_followed_once_on_a_server(world: World, mastodon: MastodonServer) -> None:
    follow(world, mastodon.url, "Straßenfest")
    with pytest.raises(Conflict, match="followed already"):
        follow(world, mastodon.url, "strassenfest")


def test_a_reading_is_reported_once_it_found_something(
    world: World, mastodon: MastodonServer, tag: str, drain: Drain
) -> None:
    mastodon.post(f"One #{tag}")
    source = follow(world, mastodon.url, tag)
    drain()
    read(world, source)
    with transaction(world.engine, readonly=True) as db:
        [run] = db.exec(select(Run)).all()
    assert (run.state, run.taken, run.source_id) == (RunState.DONE, 1, source.id)
