"""The stages of preparation, in their order."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from portal.serving.preparation import Input, Stage, files_below
from portal.translation.catalogues import catalogue_paths, compile_catalogues

STAMPS = "prepared.json"


def serving_stages() -> list[Stage]:
    """Return what `serve` and `prepare` bring up to date."""
    return [
        Stage("messages", _message_inputs, compile_catalogues),
        Stage("database", _database_inputs, partial(call_command, "migrate", verbosity=0)),
        Stage("static files", _static_inputs, _collect_static),
        Stage("samples", _sample_inputs, partial(call_command, "load_samples"), ("database",)),
        Stage(
            "search index", _index_inputs, partial(call_command, "search", "rebuild"), ("samples",)
        ),
    ]


def database_identity() -> str:
    """Return what tells this database from another that was put in its place."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        path = Path(name)
        return f"{path} {path.stat().st_ino if path.exists() else 'missing'}"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT system_identifier::text, oid::text"
            " FROM pg_control_system(), pg_database WHERE datname = current_database()"
        )
        system, oid = cursor.fetchone()
    return f"{name} {system} {oid}"


def _message_inputs() -> Iterator[Input]:
    for path in catalogue_paths():
        if path.exists():
            yield path
            yield f"compiled {path.with_suffix('.mo').exists()}"


def _database_inputs() -> Iterator[Input]:
    yield database_identity()
    for config in apps.get_app_configs():
        yield from files_below(Path(config.path) / "migrations", pattern="*.py")
    yield from _code("enums.py", "permissions.py", "apps.py")


def _static_inputs() -> Iterator[Input]:
    yield f"collected {(settings.STATIC_ROOT / 'staticfiles.json').exists()}"
    for config in apps.get_app_configs():
        yield from files_below(Path(config.path) / "static")


def _collect_static() -> None:
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def _sample_inputs() -> Iterator[Input]:
    yield database_identity()
    for folder in ("data", "samples"):
        yield from files_below(*(path / folder for path in _packages()))
    yield from _code("load_samples.py")


def _index_inputs() -> Iterator[Input]:
    yield database_identity()
    yield f"index {any(settings.SEARCH_DIR.glob('*'))}"
    yield settings.SEARCH_URL
    yield from files_below(Path(apps.get_app_config("search").path), pattern="*.py")


def _packages() -> list[Path]:
    """The folders of our own applications."""
    return [
        Path(config.path)
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(settings.BASE_DIR)
        and ".venv" not in Path(config.path).parts
    ]


def _code(*names: str) -> Iterator[Path]:
    for name in names:
        yield from files_below(*_packages(), pattern=name)
