import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.lib.paging import Page, offset, page_number


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        (None, 1),
        ("", 1),
        ("3", 3),
        (" 3 ", 3),
        ("0", 1),
        ("-2", 1),
        ("two", 1),
        ("²", 1),
        ("1e9", 1),
        ("9" * 30, 1),
    ],
)
def test_an_address_may_ask_for_any_page(raw, number):
    assert page_number(raw) == number


def test_a_page_beyond_reason_is_held_back():
    assert page_number("999999999") == 1_000_000


def test_a_page_knows_its_place():
    page = Page(items=list("abcde"), number=3, size=10, total=25)
    assert (page.pages, page.first, page.last) == (3, 21, 25)
    assert (page.previous, page.next) == (2, None)


def test_an_empty_list_has_one_empty_page():
    page = Page[str](items=[], number=1, size=10, total=0)
    assert (page.pages, page.first, page.last, page.previous, page.next) == (1, 0, 0, None, None)


def test_going_past_the_end_leads_back_to_the_last_page():
    page = Page[str](items=[], number=9, size=10, total=25)
    assert (page.previous, page.next) == (3, None)


@pytest.mark.parametrize(
    ("number", "pages", "offered"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
        (1, 9, [1, 2, None, 9]),
        (9, 9, [1, None, 8, 9]),
    ],
)
def test_pages_far_away_are_left_out(number, pages, offered):
    assert Page[int](items=[1], number=number, size=1, total=pages).numbers == offered


@given(st.integers(0, 200), st.integers(1, 30))
def test_the_pages_together_hold_every_item_once(total, size):
    everything = list(range(total))
    seen, number = [], 1
    while number:
        start = offset(number, size)
        page = Page(items=everything[start : start + size], number=number, size=size, total=total)
        seen += page.items
        number = page.next
    assert seen == everything
