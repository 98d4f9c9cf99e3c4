"""Databases of a test run: one migrated template, cloned in a tenth of a second."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
# What a freshly migrated database depends on: migrations and the rows that they and the
# post-migrate step write.
TEMPLATE_INPUTS = (
    "requirements/base.txt",
    "*/migrations/*.py",
    "site/portal/*/migrations/*.py",
    "*/enums.py",
    "*/permissions.py",
    "*/apps.py",
    "*/data/**/*",
)


class Databases(Protocol):
    """Makes and drops databases on one engine."""

    def clone(self, name: str) -> str:
        """Make the database `name` from the migrated template and return its address."""

    def drop(self, name: str) -> None:
        """Remove the database `name`, whoever is connected."""


class SqliteDatabases:
    """SQLite files in `folder`; the template is kept in `cache` between runs."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder, self.cache = folder, cache

    def clone(self, name: str) -> str:
        """Copy the template file to `name`.sqlite3."""
        self.drop(name)
        target = self._path(name)
        shutil.copyfile(self._template(), target)
        return f"sqlite:///{target}"

    def drop(self, name: str) -> None:
        """Remove the file and what SQLite keeps beside it."""
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self._path(name)}{suffix}").unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite3"

    def _template(self) -> Path:
        self.cache.mkdir(parents=True, exist_ok=True)
        path = self.cache / f"{template_name()}.sqlite3"
        with _file_lock(self.cache / "lock"):
            if not path.exists():
                unfinished = path.with_suffix(".unfinished")
                unfinished.unlink(missing_ok=True)
                migrate(f"sqlite:///{unfinished}")
                with closing(sqlite3.connect(unfinished)) as connection:
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                unfinished.rename(path)
        return path


class PostgresDatabases:
    """Databases on the server at `server_url`; the template stays there for its lifetime."""

    def __init__(self, server_url: str) -> None:
        self.server_url = server_url

    def clone(self, name: str) -> str:
        """Make the database `name` with the template's content."""
        with self._connection() as connection:
            template = self._template(connection)
            self._drop(connection, name)
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
        return self._url(name)

    def drop(self, name: str) -> None:
        """Drop the database and end the sessions in it."""
        with self._connection() as connection:
            self._drop(connection, name)

    def _template(self, connection: psycopg.Connection) -> str:
        name = template_name()
        key = int(name.rpartition("_")[2][:15], 16)
        connection.execute("SELECT pg_advisory_lock(%s)", [key])
        try:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not found.fetchone():
                unfinished = f"{name}_unfinished"
                self._drop(connection, unfinished)
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
                migrate(self._url(unfinished))
                connection.execute(
                    sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                        sql.Identifier(unfinished), sql.Identifier(name)
                    )
                )
        finally:
            connection.execute("SELECT pg_advisory_unlock(%s)", [key])
        return name

    def _drop(self, connection: psycopg.Connection, name: str) -> None:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )

    def _connection(self) -> psycopg.Connection:
        return psycopg.connect(self.server_url, autocommit=True)

    def _url(self, name: str) -> str:
        return urlunsplit(urlsplit(self.server_url)._replace(path=f"/{name}"))


def databases_at(url: str, folder: Path) -> Databases:
    """Return the maker of databases for the engine of `url`; SQLite files go into `folder`."""
    if url.startswith("sqlite"):
        return SqliteDatabases(folder, cache=ROOT / "build" / "test-templates")
    return PostgresDatabases(url)


def migrate(url: str) -> None:
    """Bring the database at `url` to the newest migration by the product's own command."""
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        check=True,
    )


def template_name() -> str:
    """Return the template's name, which changes with what a migrated database depends on."""
    digest = hashlib.sha256()
    for pattern in TEMPLATE_INPUTS:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                digest.update(str(path.relative_to(ROOT)).encode())
                digest.update(path.read_bytes())
    return f"template_{digest.hexdigest()[:16]}"


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
