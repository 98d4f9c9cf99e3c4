"""Whether this process can serve: its database, its migrations, its index, its worker."""

from dataclasses import asdict, dataclass

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from catalogue.selectors.jobs import worker_is_alive
from search.engines import current_engine

# Once all migrations of this code are applied they stay so, and looking takes a tenth of a second.
_migrated: set[str] = set()


@dataclass(frozen=True)
class Readiness:
    """What works; without a database nothing that is kept there can be told."""

    database: bool = False
    migrations: bool = False
    search: bool = False
    worker: bool = False

    @property
    def ready(self) -> bool:
        """Whether everything works."""
        return all(asdict(self).values())


def readiness() -> Readiness:
    """Return what of the product works at this moment."""
    search = current_engine().is_usable()
    try:
        connection.ensure_connection()
        if not _migrations_are_applied():
            return Readiness(database=True, search=search)
        return Readiness(database=True, migrations=True, search=search, worker=worker_is_alive())
    except Error:
        return Readiness(search=search)


def _migrations_are_applied() -> bool:
    name = str(connection.settings_dict["NAME"])
    if name not in _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.add(name)
    return True
