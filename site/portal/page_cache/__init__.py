"""Public pages kept in the memory of each web process, for as long as the catalogue stands still.

Nothing is invalidated: a page belongs to a generation, which ends with the next change of the
catalogue and with the day.
"""
