"""Pure readers: what a file or a network holds, in neutral shapes; no database, no pages."""

from consult.imports.readers.content import Meter
from consult.imports.readers.mapping import as_data, corrected, from_data, guess_mapping
from consult.imports.readers.mastodon import Hashtag, server_address, tag_name
from consult.imports.readers.rows import RowReader, read_row
from consult.imports.readers.tables import Table, open_table
from consult.imports.readers.trouble import Trouble

__all__ = [
    "Hashtag",
    "Meter",
    "RowReader",
    "Table",
    "Trouble",
    "as_data",
    "corrected",
    "from_data",
    "guess_mapping",
    "open_table",
    "read_row",
    "server_address",
    "tag_name",
]
