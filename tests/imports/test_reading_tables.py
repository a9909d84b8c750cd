"""Every awkward table is read, or refused with a sentence."""

import gzip
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from consult.errors import Invalid
from consult.imports.readers.content import Meter
from consult.imports.readers.shapes import BadRow, Limits, Row
from consult.imports.readers.tables import Table, open_table

Opened = Callable[[str | bytes], Table]
PLAIN = "id,text\n1,Buses are late\n2,Café – “shut”\n"
READ = [{"id": "1", "text": "Buses are late"}, {"id": "2", "text": "Café – “shut”"}]


def cells(table: Table) -> list[dict[str, str]]:
    return [row.cells for row in table.rows() if isinstance(row, Row)]


def bad(table: Table) -> dict[int, str]:
    return {row.number: row.reason for row in table.rows() if isinstance(row, BadRow)}


def workbook(*rows: list[object], **sheets: list[list[object]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for name, more in sheets.items():
        other = book.create_sheet(name)
        for row in more:
            other.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (PLAIN.encode(), "UTF-8"),
        (PLAIN.encode("utf-8-sig"), "UTF-8"),
        (b"\xff\xfe" + PLAIN.encode("utf-16-le"), "UTF-16"),
        (b"\xfe\xff" + PLAIN.encode("utf-16-be"), "UTF-16"),
        (PLAIN.encode("utf-16-le"), "UTF-16LE"),
        (PLAIN.encode("utf-16-be"), "UTF-16BE"),
        (PLAIN.encode("cp1252"), "Windows-1252"),
        (PLAIN.replace(",", ";").encode(), "UTF-8"),
        (PLAIN.replace(",", "\t").encode("utf-16"), "UTF-16"),
        (PLAIN.replace("\n", "\r\n").encode(), "UTF-8"),
        (PLAIN.replace("\n", "\r").encode(), "UTF-8"),
        (("sep=;\n" + PLAIN.replace(",", ";")).encode(), "UTF-8"),
        (gzip.compress(PLAIN.encode(), mtime=0), "UTF-8"),
        (PLAIN.replace("late", "l\0ate").encode(), "UTF-8"),
    ],
)
def test_the_same_table_is_read_however_it_is_written(table, content, encoding):
    found = table(content)
    assert (found.encoding, found.columns, cells(found)) == (encoding, ["id", "text"], READ)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("\n".join(json.dumps(row) for row in READ), "JSON lines"),
        (json.dumps(READ, indent=2), "JSON list"),
        (json.dumps({"count": 2, "responses": READ}), "JSON list"),
        (workbook(["id", "text"], [1, READ[0]["text"]], ["2", READ[1]["text"]]), "Excel workbook"),
        (PLAIN, "CSV (commas)"),
        (PLAIN.replace(",", "\t"), "TSV (tabs)"),
    ],
)
def test_the_format_is_told_by_content(table, content, kind):
    found = table(content)
    assert found.format == kind
    assert cells(found) == READ


def test_a_stray_line_in_another_encoding_spoils_only_itself(table):
    found = table(b"id,text\n" + "1,café\n".encode() * 3 + "2,caf\xe9\n".encode("cp1252"))
    assert [row["text"] for row in cells(found)] == ["café"] * 4


def test_rows_are_numbered_as_a_spreadsheet_counts_them(table):
    found = table('Report,\n\nid,text\n1,"two\nlines"\n,\n2,b\n\n\n')
    assert [(row.number, row.cells["id"]) for row in found.rows()] == [(4, "1"), (5, ""), (6, "2")]
    assert found.notes == ("Passed over above the headings: 2 lines.",)


def test_a_broken_row_is_named_and_reading_goes_on(table):
    found = table(
        'id,text,o\n1,"open,x\n2,ok,y\n3,a\n4,a,b,c\n5,"a ""q""",z\n6,"say "q"",z\n7,k,\n'
    )
    assert [row["id"] for row in cells(found)] == ["2", "5", "7"]
    reasons = bad(found)
    assert list(reasons) == [2, 4, 5, 7]
    assert "quotation mark" in reasons[2]
    assert reasons[4] == "The row has 2 cells where the headings have 3."
    assert reasons[5] == "The row has 4 cells where the headings have 3."


def test_a_quotation_mark_never_closed_costs_one_row(table):
    lines = "".join(f"{n},fine,x\n" for n in range(3, 5000))
    found = table(f'id,text,o\n1,ok,x\n2,"never closed,x\n{lines}')
    assert len(cells(found)) == 4998
    assert list(bad(found)) == [3]


def test_a_quotation_mark_closed_rows_later_costs_one_row(table):
    found = table('id,text,o\n1,ok,x\n2,"open,x\n3,ok,x\n4,"fine",x\n5,ok,x\n')
    assert [row["id"] for row in cells(found)] == ["1", "3", "4", "5"]


def test_a_text_of_a_megabyte_is_named_or_taken_and_the_rest_read(table):
    long, longer = "x" * 900_000, "x" * 5_000_000
    found = table(f"id,text\n1,{long}\n2,{longer}\n3,{'x' * 1_100_000}\n4,ok\n")
    assert [row["id"] for row in cells(found)] == ["1", "4"]
    assert bad(found) == {
        3: "The row is longer than 4,000,000 characters.",
        4: "A cell is longer than 1,000,000 characters.",
    }


def test_two_rows_of_headings_become_one(table):
    found = table(
        "Respondent ID,How was it?,How do you travel?,,\n"
        ",Open-Ended Response,Bus,Train,Other (please specify)\n"
        "11,Good,Bus,,tram\n"
    )
    assert found.header_rows == 2
    assert found.columns == [
        "Respondent ID",
        "How was it?",
        "How do you travel? – Bus",
        "How do you travel? – Train",
        "How do you travel? – Other (please specify)",
    ]
    assert [row.number for row in found.rows()] == [3]


def test_columns_get_names_of_their_own(table):
    assert table("a,a,,\n1,2,3,\n").columns == ["a", "a (2)", "Column C"]


def test_network_addresses_do_not_come_in(table):
    found = table("id,IP Address,text,from\n1,10.0.0.1,hello there,192.0.2.7\n")
    assert cells(found) == [{"id": "1", "text": "hello there"}]
    assert [column.column for column in found.dropped] == ["IP Address", "from"]


def test_answers_one_a_line_are_one_column(table):
    found = table("text\nNice, very\nBad\nGood; really\nok\n")
    assert [row["text"] for row in cells(found)] == ["Nice, very", "Bad", "Good; really", "ok"]


def test_broken_json_lines_are_named(table):
    found = table('{"a": 1, "b": {"c": ["x", "y"]}}\n{"a": 2,\n\n[1]\n{"a": true}\n')
    assert cells(found)[0] == {"a": "1", "b.c": "x\ny"}
    assert list(bad(found)) == [2, 4]
    assert [row.number for row in found.rows()] == [1, 2, 3, 4, 5]


def test_json_cut_off_in_a_list_keeps_what_came_before(table):
    found = table('[{"a": 1}, {"a": 2}, {"a": ')
    assert len(cells(found)) == 2
    assert "from item 3 on" in bad(found)[3]


def test_a_workbook_is_read_below_its_title_lines(table):
    found = table(
        workbook(
            ["Responses to May"],
            [],
            ["Reference", "Submitted at", "What could be better?"],
            [1.44123456789012e18, datetime(2025, 5, 1, 10, 30), "More buses"],
            [12, datetime(2025, 5, 2), "two\nlines"],
            [None, None, None],
            Notes=[["ignore"]],
        )
    )
    assert [row.number for row in found.rows()] == [4, 5]
    assert cells(found)[0]["Reference"] == "1.44123456789012E+18"
    assert cells(found)[1]["Submitted at"] == "2025-05-02"
    assert "The workbook also has: Notes" in found.notes[-1]


def bomb(inner: bytes) -> bytes:
    stream, book = io.BytesIO(), io.BytesIO(workbook(["id"], [1]))
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, inner if name.endswith("sheet1.xml") else old.read(name))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (bytes(range(256)) * 50, "not a table"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "xlsx"),
        (b"<!DOCTYPE html><title>Sign in</title>", "web page"),
        (b"PK\x03\x04broken", "damaged"),
        (",".join(f"c{n}" for n in range(600)).encode() + b"\n", "600 columns"),
        (b'{"a": 1, "b": {"c": [1]}', "one object a line"),
        (gzip.compress(PLAIN.encode(), mtime=0)[:-30], "cut off"),
        (bomb(b"<a>" + b" " * 120_000_000), "far too large"),
        (bomb(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "damaged"),
        (bomb(b"<worksheet><sheetData><row"), "damaged"),
    ],
)
def test_what_is_no_table_gets_a_sentence(table, content, sentence):
    with pytest.raises(Invalid, match=sentence):
        list(table(content).rows())


def test_a_gzip_bomb_is_stopped(tmp_path: Path):
    path = tmp_path / "upload"
    path.write_bytes(gzip.compress(b"id,text\n" + b"1,aaaaaaaaaaaaaaaaaaaaaa\n" * 50_000, mtime=0))
    found = open_table(path, limits=Limits(unpacked=1_000_000))
    with pytest.raises(Invalid, match="far too large"):
        list(found.rows())


def test_many_entries_in_a_workbook_are_refused(tmp_path: Path):
    path = tmp_path / "upload"
    path.write_bytes(workbook(["id"], [1]))
    with pytest.raises(Invalid, match="far too large"):
        open_table(path, limits=Limits(packed_entries=3))


def test_reading_goes_on_where_it_stopped_and_shows_how_far(table):
    found, meter = table("id,text\n" + "1,some words\n" * 30_000), Meter()
    rows = found.rows(after=29_000, meter=meter)
    assert next(rows).number == 29_001
    assert 0.8 < meter.fraction() <= 1.0


def test_a_large_file_is_never_held_whole(tmp_path: Path):
    path = tmp_path / "upload"
    path.write_text("id,text\n" + "".join(f"{n},{'words ' * 40}\n" for n in range(30_000)))
    tracemalloc.start()
    assert sum(1 for _ in open_table(path).rows()) == 30_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert path.stat().st_size > 5_000_000
    assert peak < 3_000_000
