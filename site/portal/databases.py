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
# The lock goes to whoever asks at the right moment, so a request may miss several that were free.
WEB_SQLITE_LOCK_SECONDS = 3.0
WEB_LOCK_MS = 2_000
# The slowest page of the administration takes a second; what takes longer has gone wrong.
WEB_STATEMENT_MS = 15_000
# Opening a connection for each request costs two thirds of the answers per second, on SQLite too.
KEPT_SECONDS = 60


def database_settings(parsed: dict[str, Any]) -> dict[str, Any]:
    """Complete the connection read from `DATABASE_URL` with the options of its engine.

    `parsed` is the dictionary that django-environ makes of the address.
    """
    engine = parsed["ENGINE"]
    if engine.endswith("sqlite3"):
        options = {**SQLITE_OPTIONS, **parsed.get("OPTIONS", {})}
        # The address gives text, SQLite wants a number.
        options["timeout"] = float(options["timeout"])
        return {**parsed, "CONN_MAX_AGE": KEPT_SECONDS, "OPTIONS": options}
    return {
        **parsed,
        "CONN_MAX_AGE": KEPT_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 3, **parsed.get("OPTIONS", {})},
    }


def limit_waiting(connection: dict[str, Any]) -> None:
    """Let a process that answers requests give up on a lock or a connection in 2 to 3 seconds.

    Eight requests that wait are a site that is down for everybody, so each is answered "try again"
    instead. `connection` is an entry of DATABASES, changed before the first connection. Nobody
    sits before migrations, imports and the worker: they wait as long as it takes.
    """
    if connection["ENGINE"].endswith("sqlite3"):
        connection["OPTIONS"]["timeout"] = WEB_SQLITE_LOCK_SECONDS
        return
    given = connection["OPTIONS"].get("options", "")
    limits = f"-c lock_timeout={WEB_LOCK_MS} -c statement_timeout={WEB_STATEMENT_MS}"
    connection["OPTIONS"] |= {"connect_timeout": 2, "options": f"{limits} {given}".strip()}
