"""All procedures in force as files: JSON Lines, CSV and XLSX, in flat memory."""

from catalogue.open_data.columns import COLUMNS, Column
from catalogue.open_data.writers import WRITERS, compressed

__all__ = ["COLUMNS", "WRITERS", "Column", "compressed"]
