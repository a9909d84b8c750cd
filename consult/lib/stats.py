"""Numbers about people, each with what it is a share of."""

from collections.abc import Sequence
from math import sqrt

Z95 = 1.959963984540054


def share(count: int, total: int) -> tuple[float, float]:
    """Between which shares the truth probably lies when `count` of `total` people hold a view.

    The 95% Wilson score interval: (low, high), fractions of 1, with low <= count/total <= high.
    Raises ValueError unless 0 <= count <= total and total > 0. People, never answers or mentions.
    Error: of sampling alone, as though respondents were drawn by lot. They choose to respond, and
    the error of that is usually larger and unknown.
    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209-212.
    """
    _refuse_impossible(count, total)
    found, z2 = count / total, Z95 * Z95
    middle = (found + z2 / (2 * total)) / (1 + z2 / total)
    reach = Z95 / (1 + z2 / total) * sqrt(found * (1 - found) / total + z2 / (4 * total * total))
    return max(0.0, min(found, middle - reach)), min(1.0, max(found, middle + reach))


def percent(count: int, total: int) -> int:
    """A whole percentage that never rounds some to none, nor nearly all to all."""
    _refuse_impossible(count, total)
    rounded = (200 * count + total) // (2 * total)
    if 0 < count < total:
        return min(99, max(1, rounded))
    return rounded


def percentages(counts: Sequence[int]) -> list[int]:
    """Whole percentages that add up to 100, by largest remainder; all 0 where nothing was counted.

    Equal remainders go to the earlier, so that the same counts always read the same.
    """
    total = sum(counts)
    if total == 0:
        return [0] * len(counts)
    if min(counts) < 0:
        raise ValueError("A count cannot be below 0.")
    floors = [100 * count // total for count in counts]
    short = 100 - sum(floors)
    by_remainder = sorted(range(len(counts)), key=lambda i: (-(100 * counts[i] % total), i))
    return [floor + (i in by_remainder[:short]) for i, floor in enumerate(floors)]


def _refuse_impossible(count: int, total: int) -> None:
    if not 0 <= count <= total or total == 0:
        raise ValueError(f"{count} of {total} is no share: nobody can be counted twice or of none.")
