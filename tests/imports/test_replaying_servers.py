"""What other servers answered once, our reader understands."""

from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from consult.errors import Invalid
from consult.imports.readers.html_text import text_of
from consult.imports.readers.mastodon import Hashtag, server_address, tag_name
from consult.imports.readers.posts import post_of
from consult.imports.readers.shapes import Cursors, LeftOut, SocialPost
from consult.imports.readers.trouble import Trouble, quota_of, retry_time
from tests.imports.replays import SHAPES, Timeline, fetcher, recorded, replay

AT = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
GTS, TAKAHE, MOCK = SHAPES


def hashtag(handler, **more) -> Hashtag:
    return Hashtag(fetcher(handler), "social.test", "DementiaChallengersX", now=lambda: AT, **more)


@pytest.mark.parametrize("server", SHAPES)
def test_every_recorded_page_is_understood(server):
    page = hashtag(replay(server, "tag_page")).pages(Cursors())
    newest, older = page.items
    signs = older if server == MOCK else newest
    assert signs.warning == "dementia care"
    assert "https://example.org/guide" in signs.text
    assert signs.text.endswith("#dementiachallengersx")
    assert signs.tags == ("dementiachallengersx",)
    assert signs.author_uid.startswith("http")
    assert page.cursors.forward.startswith("limit=2&min_id=") or "min_id=" in page.cursors.forward
    assert page.more is True


def test_pictures_keep_their_description_only():
    signs = hashtag(replay(GTS, "tag_page")).pages(Cursors()).items[0]
    assert [(item.type, item.alt) for item in signs.media] == [("image", "A plain blue sign")]


def test_local_authors_get_the_domain_and_others_keep_theirs():
    assert hashtag(replay(GTS, "tag_page")).pages(Cursors()).items[0].author == "bob@social.test"
    page = hashtag(replay(TAKAHE, "tag_page"), domain="other.test").pages(Cursors())
    assert page.items[0].author == "bob@social.test"


def test_not_to_be_discovered_is_kept_but_no_opt_out():
    post = hashtag(replay(GTS, "tag_page")).pages(Cursors()).items[0]
    assert (post.discoverable, post.opted_out) == (False, ())


def test_not_to_be_indexed_is_an_opt_out():
    post = hashtag(replay(MOCK, "tag_page")).pages(Cursors()).items[0]
    assert [reason.split(":")[0] for reason in post.opted_out] == ["indexable"]


@pytest.mark.parametrize("server", [GTS, TAKAHE])
def test_a_server_that_wants_a_token_says_so(server):
    with pytest.raises(Trouble, match="access token") as trouble:
        hashtag(replay(server, "tag_unauth")).pages(Cursors())
    assert trouble.value.final is True


def test_a_web_page_in_place_of_posts_is_trouble():
    page = httpx2.Response(200, headers={"content-type": "text/html"}, text="<h1>Maintenance</h1>")
    with pytest.raises(Trouble, match="web page instead") as trouble:
        hashtag(lambda request: page).pages(Cursors())
    assert trouble.value.retry_at == AT + timedelta(minutes=5)


def test_a_recorded_web_page_of_an_error_is_trouble():
    with pytest.raises(Trouble, match="no hashtag pages"):
        hashtag(replay(TAKAHE, "deleted")).pages(Cursors())


@pytest.mark.parametrize("server", SHAPES)
def test_thirty_five_posts_are_found_once_whatever_the_ids(server):
    timeline = Timeline(server, 35)
    reader, cursors, uids = hashtag(timeline, token="secret"), Cursors(), []
    for _ in range(20):
        page = reader.pages(cursors)
        uids += [post.uid for post in page.items]
        cursors = page.cursors
        if not page.more:
            break
    assert len(uids) == len(set(uids)) == 35
    new = timeline.add()
    assert [post.uid for post in reader.pages(cursors).items] == [new["uri"]]


def test_links_to_elsewhere_are_followed_at_home_only():
    timeline = Timeline(GTS, 35)
    reader = hashtag(timeline, token="secret")
    reader.pages(reader.pages(Cursors()).cursors)
    assert {request.headers["host"] for request in timeline.asked} == {"social.test"}
    assert timeline.asked[1].url.params["max_id"]


def test_we_say_who_we_are():
    timeline = Timeline(GTS, 1)
    hashtag(timeline, token="secret").pages(Cursors())
    headers = timeline.asked[0].headers
    assert headers["user-agent"] == "Consult/0.1 (+us@example.org)"
    assert headers["authorization"] == "Bearer secret"


def test_reading_stops_while_a_fifth_is_left_for_others():
    page = recorded(GTS, "tag_page")
    page["headers"] |= {
        "x-ratelimit-remaining": "60",
        "x-ratelimit-reset": "2026-11-22T14:04:00.000Z",
    }
    answer = httpx2.Response(200, headers=page["headers"], json=page["body"])
    assert hashtag(lambda r: answer).pages(Cursors()).come_back_at == AT + timedelta(minutes=4)


@pytest.mark.parametrize(
    ("headers", "minutes"),
    [
        ({"x-ratelimit-reset": "2026-11-22T14:10:00.000Z"}, 10),
        ({"x-rate-limit-reset": str(int(AT.timestamp()) + 600)}, 10),
        ({"ratelimit-reset": "600"}, 10),
        ({"retry-after": "120", "x-ratelimit-reset": "2026-11-22T14:10:00.000Z"}, 2),
        ({"retry-after": "Sun, 22 Nov 2026 14:03:00 GMT"}, 3),
        ({"retry-after": "soon"}, 5),
        ({"x-ratelimit-reset": "2026-11-22T13:00:00Z"}, 0),
        ({"retry-after": "99999999"}, 24 * 60),
        ({}, 5),
    ],
)
def test_every_dialect_of_coming_back_is_understood(headers, minutes):
    assert retry_time(headers, AT, timedelta(minutes=5)) == AT + timedelta(minutes=minutes)


def test_an_allowance_that_is_not_told_stops_nothing():
    assert quota_of({}, AT).come_back_at() is None


def status(**changes):
    return recorded(GTS, "tag_page")["body"][0] | changes


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"visibility": "unlisted"}, "It is not public."),
        ({"reblog": {"id": "1"}}, "It only passes on another post."),
        ({"uri": None}, "It has no address"),
        ({"created_at": "yesterday"}, "It has no address, author or time"),
    ],
)
def test_a_post_that_may_not_be_taken_is_left_out(changes, reason):
    left = post_of(status(**changes), domain="social.test", at=AT)
    assert isinstance(left, LeftOut)
    assert left.reason.startswith(reason)


def test_a_post_from_the_future_says_so():
    post = post_of(status(created_at="2027-01-01T00:00:00Z"), domain="social.test", at=AT)
    assert isinstance(post, SocialPost)
    assert post.remarks == ("It is dated in the future.",)


def test_an_address_that_runs_a_script_is_no_link():
    post = post_of(status(url="javascript:alert(1)"), domain="social.test", at=AT)
    assert isinstance(post, SocialPost)
    assert post.url == post.uid


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One<br>two</p><p>three &amp; four</p>", "One\ntwo\n\nthree & four"),
        ('<a href="https://a.test/t" class="hashtag">#<span>Tag</span></a>', "#Tag"),
        ('<a href="https://a.test/x"><span class="invisible">https://</span>a.test/x</a>',
         "https://a.test/x"),
        ('<a href="https://a.test/x">the guide</a>', "the guide (https://a.test/x)"),
        ('<a href="javascript:x()">the guide</a>', "the guide"),
        ("<ul><li>a</li><li>b</li></ul>", "– a\n– b"),
        ("a<script>alert(1)</script>b<style>p{}</style>", "ab"),
        ("<p>not closed <b>at all", "not closed at all"),
        ("a \x07b 2 < 3", "a b 2 < 3"),
    ],
)  # fmt: skip
def test_html_becomes_plain_words(html, text):
    assert text_of(html) == text


@pytest.mark.parametrize(
    "typed", ["mastodon.social", " https://mastodon.social/ ", "https://mastodon.social/about"]
)
def test_a_server_may_be_typed_in_several_ways(typed):
    assert server_address(typed) == "https://mastodon.social"


@pytest.mark.parametrize(
    "typed", ["", "ftp://a.test", "https://", "https://me:pw@a.test", "a.test:x"]
)
def test_what_is_no_server_is_refused(typed):
    with pytest.raises(Invalid):
        server_address(typed)


@pytest.mark.parametrize("typed", ["", "#", "two words", "123", "a/../b", "a?b"])
def test_what_is_no_hashtag_is_refused(typed):
    with pytest.raises(Invalid):
        tag_name(typed)
