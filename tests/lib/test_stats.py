import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.lib import stats

PART_OF = st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_the_interval_is_wilsons(count, total, low, high):
    assert stats.share(count, total) == pytest.approx((low, high), abs=5e-5)


@given(PART_OF)
def test_the_interval_holds_the_share_and_stays_possible(part):
    count, total = part
    low, high = stats.share(count, total)
    assert 0 <= low <= count / total <= high <= 1
    assert low < high


def test_more_people_make_a_narrower_interval():
    few, many = stats.share(5, 10), stats.share(500, 1000)
    assert few[0] < many[0] < many[1] < few[1]


@pytest.mark.parametrize(("count", "total"), [(0, 0), (-1, 5), (6, 5), (0, -1)])
def test_an_impossible_share_is_refused(count, total):
    for measure in (stats.share, stats.percent):
        with pytest.raises(ValueError, match="is no share"):
            measure(count, total)


@pytest.mark.parametrize(
    ("count", "total", "said"),
    [(0, 9, 0), (1, 1000, 1), (999, 1000, 99), (9, 9, 100), (1, 8, 13), (1, 3, 33)],
)
def test_some_are_never_rounded_to_none_nor_most_to_all(count, total, said):
    assert stats.percent(count, total) == said


@pytest.mark.parametrize(
    ("counts", "said"),
    [([1, 1, 1], [34, 33, 33]), ([2, 1], [67, 33]), ([0, 0], [0, 0]), ([], []), ([7], [100])],
)
def test_percentages_add_up(counts, said):
    assert stats.percentages(counts) == said


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=30))
def test_percentages_add_up_and_none_is_a_whole_point_off(counts):
    shown = stats.percentages(counts)
    if sum(counts):
        assert sum(shown) == 100
        assert all(abs(p - 100 * c / sum(counts)) < 1 for p, c in zip(shown, counts, strict=True))


def test_a_count_below_nothing_is_refused():
    with pytest.raises(ValueError, match="below 0"):
        stats.percentages([-1, 5])
