"""The tables as pandas DataFrames. pandas is optional: `pip install closeread[frames]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeread.exports.tables import COLUMNS, to_tables
from closeread.findings import Reading

if TYPE_CHECKING:
    import pandas as pd


def to_frames(reading: Reading) -> dict[str, pd.DataFrame]:
    """One DataFrame per table, columns as in `tables.COLUMNS`. Raises ImportError where pandas is missing."""
    import pandas as pd

    tables = to_tables(reading)
    return {name: pd.DataFrame(tables[name], columns=list(columns)) for name, columns in COLUMNS.items()}
