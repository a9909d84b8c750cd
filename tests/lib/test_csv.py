import csv
import io
from datetime import UTC, date, datetime
from itertools import count, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.lib.csv import FORMULA, write

CELLS = st.text(alphabet=st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))


def read_back(lines):
    return list(csv.reader(io.StringIO("".join(lines), newline="")))


@pytest.mark.parametrize("typed", ["=1+1", "+44 20", "-2", "@sum", "\t=1", "\r=1", "  =1", "＝1"])
def test_a_formula_becomes_text(typed):
    assert read_back(write([[typed]], ["words"]))[1] == [f"'{typed}"]


def test_numbers_dates_and_nothing_are_written_plainly():
    row = [-5, 0.5, None, True, date(2026, 3, 20), datetime(2026, 3, 20, 14, 5, tzinfo=UTC)]
    assert read_back(write([row], list("abcdef")))[1] == [
        "-5",
        "0.5",
        "",
        "yes",
        "2026-03-20",
        "2026-03-20T14:05:00Z",
    ]


def test_rows_may_be_mappings_and_only_the_columns_are_taken():
    assert "".join(write([{"b": 2, "a": 1, "secret": 3}], ["a", "b"])) == "a,b\r\n1,2\r\n"


def test_excel_gets_its_mark_once():
    assert "".join(write([["ŵ"]], ["gair"], for_excel=True)) == "\ufeffgair\r\nŵ\r\n"


def test_a_table_without_end_is_written_as_it_comes():
    assert len(list(islice(write(([n] for n in count()), ["n"]), 1000))) == 1000


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="2 cells where there are 1 columns"):
        list(write([[1, 2]], ["a"]))


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=5))
def test_every_cell_comes_back_whole_and_none_is_a_formula(rows):
    back = read_back(write(rows, ["one", "two"]))[1:]
    assert not any(cell.startswith(FORMULA) for row in back for cell in row)
    assert [[cell.removeprefix("'") for cell in row] for row in back] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
