"""What a spreadsheet would run as a formula, and how it stays text (X3)."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(text: str) -> str:
    """Return `text` for a cell of a CSV file, which cannot say that a cell is text."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
