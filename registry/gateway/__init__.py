"""Foreign catalogues: a file read into rows, its columns recognised, each row read as an entry.

`read_rows` → `joined_repeats` → `propose_mapping` → `read_entry` for each row. Nothing here writes or decides.
"""

from registry.gateway.columns import Mapping, field_order, propose_mapping
from registry.gateway.entries import read_entry
from registry.gateway.readings import EntryReading, Mending, Problem, Reading
from registry.gateway.rows import RawRow, RowFile, joined_repeats, read_rows

__all__ = [
    "EntryReading",
    "Mapping",
    "Mending",
    "Problem",
    "RawRow",
    "Reading",
    "RowFile",
    "field_order",
    "joined_repeats",
    "propose_mapping",
    "read_entry",
    "read_rows",
]
