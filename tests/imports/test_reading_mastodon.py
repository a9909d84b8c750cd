"""Hashtags are read whole and once, from a real server with real faults."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from consult.imports.readers.mastodon import Hashtag
from consult.imports.readers.shapes import Cursors, Page, SocialPost
from consult.imports.readers.trouble import Trouble
from consult.lib.fetch import Fetcher
from tests.imports.servers import GRACE, MastodonServer

_numbers = count(1)


@pytest.fixture
def tag() -> str:
    return f"Readers{next(_numbers)}Tag"


@pytest.fixture
def fetcher():
    with Fetcher(contact="us@example.org", allow_private=True, timeout=3) as fetcher:
        yield fetcher


def hashtag(fetcher: Fetcher, server: MastodonServer, tag: str, **more) -> Hashtag:
    return Hashtag(fetcher, server.url, tag, limit=10, **more)


def walk(reader: Hashtag, cursors: Cursors | None = None) -> tuple[list[SocialPost], Cursors, int]:
    """All pages to the end: posts, the cursors to keep, and how many pages."""
    posts, page = [], Page((), cursors or Cursors(), more=True)
    for pages in count():
        if not page.more:
            return posts, page.cursors, pages
        page = reader.pages(page.cursors)
        posts += page.items
    raise AssertionError


def write(server: MastodonServer, tag: str, posts: int) -> set[str]:
    return {server.post(f"Post {n} #{tag}")["uri"] for n in range(posts)}


def test_the_walk_back_finds_every_post_once(mastodon, fetcher, tag):
    written = write(mastodon, tag, 35)
    posts, cursors, _ = walk(hashtag(fetcher, mastodon, tag))
    assert len(posts) == 35
    assert {post.uid for post in posts} == written
    assert cursors.back == ""


def test_later_readings_bring_only_what_is_new(mastodon, fetcher, tag):
    reader = hashtag(fetcher, mastodon, tag)
    write(mastodon, tag, 12)
    _, cursors, _ = walk(reader)
    assert walk(reader, cursors)[0] == []
    new = write(mastodon, tag, 23)
    posts, cursors, _ = walk(reader, cursors)
    assert len(posts) == 23
    assert {post.uid for post in posts} == new
    assert walk(reader, cursors)[0] == []


def test_a_walk_goes_on_from_the_saved_cursors_and_misses_nothing_new(mastodon, fetcher, tag):
    written = write(mastodon, tag, 25)
    first = hashtag(fetcher, mastodon, tag).pages(Cursors())
    written |= write(mastodon, tag, 10)
    posts, _, _ = walk(hashtag(fetcher, mastodon, tag), first.cursors)
    uids = [post.uid for post in (*first.items, *posts)]
    assert len(uids) == 35
    assert set(uids) == written


def test_a_hashtag_nobody_used_is_asked_for_again(mastodon, fetcher, tag):
    reader = hashtag(fetcher, mastodon, tag)
    page = reader.pages(Cursors())
    assert (page.items, page.more, page.cursors) == ((), False, Cursors())
    written = write(mastodon, tag, 1)
    assert {post.uid for post in walk(reader, page.cursors)[0]} == written


def test_capitals_do_not_matter(mastodon, fetcher, tag):
    write(mastodon, tag.lower(), 3)
    assert len(walk(hashtag(fetcher, mastodon, f"#{tag.upper()}"))[0]) == 3


def test_the_walk_back_ends_at_the_start_date(mastodon, fetcher, tag):
    write(mastodon, tag, 25)
    since = datetime.now(UTC) + timedelta(minutes=5)
    reader = hashtag(fetcher, mastodon, tag, since=since)
    page = reader.pages(Cursors())
    assert page.items == ()
    assert len(page.left_out) == 10
    assert page.cursors.back == ""
    assert page.cursors.forward


def test_warnings_and_descriptions_of_pictures_are_kept(mastodon, fetcher, tag):
    media = [mastodon.picture("A plain blue sign", by=GRACE)]
    mastodon.post(
        f"Signs help #{tag}", by=GRACE, spoiler_text="care", sensitive=True, media_ids=media
    )
    post = walk(hashtag(fetcher, mastodon, tag))[0][0]
    assert (post.warning, post.sensitive) == ("care", True)
    assert [(item.type, item.alt) for item in post.media] == [("image", "A plain blue sign")]
    assert post.text == f"Signs help #{tag}"


def test_an_opt_out_in_the_profile_is_kept_with_the_post(mastodon, fetcher, tag):
    mastodon.describe("Knitting. #NoBot please", by="alan_token")
    mastodon.post(f"Hello #{tag}", by="alan_token")
    post = walk(hashtag(fetcher, mastodon, tag))[0][0]
    assert any(reason.startswith("#nobot:") for reason in post.opted_out)
    assert post.author.startswith("alan@127.0.0.1")


@pytest.mark.parametrize("visibility", ["unlisted", "private", "direct"])
def test_only_public_posts_are_taken(mastodon, fetcher, tag, visibility):
    mastodon.post(f"Not for all #{tag}", visibility=visibility)
    assert walk(hashtag(fetcher, mastodon, tag))[0] == []


def test_further_hashtags_are_looked_at_here_too(mastodon, fetcher, tag):
    kept = mastodon.post(f"a #{tag} #Bath")["uri"]
    mastodon.post(f"b #{tag}")
    mastodon.post(f"c #{tag} #bath #Spam")
    page = hashtag(fetcher, mastodon, tag, all_of=["bath"], none_of=["spam"]).pages(Cursors())
    assert [post.uid for post in page.items] == [kept]
    assert len(page.left_out) == 2


def test_our_own_posts_never_come_back_in(mastodon, fetcher, tag):
    mastodon.post(f"We answered #{tag}")
    reader = hashtag(fetcher, mastodon, tag, domain="gov.test", own={"ada@gov.test"})
    page = reader.pages(Cursors())
    assert [left.reason for left in page.left_out] == ["It is our own."]


FAULTS = {
    "slow down": {"type": "ratelimit"},
    "fault of its own (503)": {"type": "status", "status": 503},
    "broke off": {"type": "malformed"},
    "took too long": {"type": "timeout"},
}


@pytest.mark.parametrize("words", FAULTS)
def test_a_fault_in_the_middle_of_the_walk_costs_nothing(mastodon, fetcher, tag, words):
    written = write(mastodon, tag, 35)
    reader = hashtag(fetcher, mastodon, tag)
    first = reader.pages(Cursors())
    mastodon.fail(FAULTS[words])
    before = datetime.now(UTC)
    with pytest.raises(Trouble) as trouble:
        reader.pages(first.cursors)
    assert words in trouble.value.message
    assert trouble.value.final is False
    assert trouble.value.retry_at is not None and trouble.value.retry_at > before
    posts, _, _ = walk(reader, first.cursors)
    uids = [post.uid for post in (*first.items, *posts)]
    assert len(uids) == 35
    assert set(uids) == written


@pytest.mark.parametrize(
    ("status", "words"), [(401, "access token"), (403, "not let us"), (404, "no hashtag pages")]
)
def test_what_waiting_does_not_mend_is_for_a_person(mastodon, fetcher, tag, status, words):
    mastodon.fail({"type": "status", "status": status})
    with pytest.raises(Trouble, match=words) as trouble:
        hashtag(fetcher, mastodon, tag).pages(Cursors())
    assert trouble.value.final is True
    assert trouble.value.retry_at is None
