"""The page of the management commands, from their parsers."""

from argparse import Action, ArgumentParser, _HelpAction, _SubParsersAction
from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

from portal.documentation.markdown import code, page, table

INTRODUCTION = (
    "Run a command as `.venv/bin/python manage.py NAME`. Every command also takes the options of"
    " Django's own commands, such as `--verbosity`. `manage.py help` lists the commands of the"
    " libraries too."
)
COMMON_OPTIONS = frozenset(
    option
    for action in BaseCommand().create_parser("manage.py", "common")._actions
    for option in action.option_strings
)


def commands_page() -> str:
    """Return the page: each command of ours with its arguments and subcommands."""
    return page("Commands", INTRODUCTION, *(_section(name) for name in own_commands()))


def own_commands() -> list[str]:
    """Return the names of the management commands that this product adds."""
    return sorted(name for name, app in get_commands().items() if _is_ours(str(app)))


def _is_ours(app: str) -> bool:
    path = next((config.path for config in apps.get_app_configs() if config.name == app), "")
    return path.startswith(str(settings.BASE_DIR)) and ".venv" not in path


def _section(name: str) -> str:
    command = load_command_class(str(get_commands()[name]), name)
    parser = command.create_parser("manage.py", name)
    rows = list(_rows(parser))
    parts = [f"## {name}", command.help]
    if rows:
        parts.append(table(("argument", "meaning"), rows))
    return "\n\n".join(parts)


def _rows(parser: ArgumentParser, prefix: str = "") -> Iterator[tuple[str, str]]:
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            yield from _subcommands(action)
        elif not isinstance(action, _HelpAction) and not COMMON_OPTIONS & {*action.option_strings}:
            yield code(prefix + _written(action)), (action.help or "").strip()


def _subcommands(action: "_SubParsersAction[ArgumentParser]") -> Iterator[tuple[str, str]]:
    for choice in action._choices_actions:
        parser = action.choices[choice.dest]
        positional = [each for each in parser._actions if not each.option_strings]
        yield code(" ".join([choice.dest, *map(_written, positional)])), choice.help or ""
        for written, meaning in _rows(parser, f"{choice.dest} "):
            if meaning:
                yield written, meaning


def _written(action: Action) -> str:
    if action.choices:
        value = "|".join(map(str, action.choices))
    else:
        value = "" if action.nargs == 0 else str(action.metavar or action.dest).upper()
    if action.option_strings:
        return f"{action.option_strings[-1]} {value}".strip()
    return f"[{value}]" if action.nargs == "?" else value
