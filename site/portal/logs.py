"""What a log line may hold and how it looks: one event a line, nothing personal, nothing forged.

Lines of every library go the same way as our own. Tracebacks never show the values of variables,
which hold what people have typed.
"""

import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from catalogue.redaction import redact

EventDict = MutableMapping[str, Any]
Processor = structlog.typing.Processor

REMOVED = "[removed]"
# Whoever logs a value under such a name meant well; the value still doesn't belong in a log.
PERSONAL_KEY = re.compile(
    r"password|passwd|secret|token|otp|cookie|authorization|session|csrf|signature"
    r"|identity|cccd|cmnd|passport|phone|mobile|email|e_mail|address|full_name|applicant|birth"
    r"|answers|payload",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_OWN_KEYS = {"_record", "_from_structlog", "exc_info", "stack_info", "timestamp", "level"}


def configure_structlog() -> None:
    """Send structlog's events through the standard library, where the handlers are."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )


def log_settings(*, as_json: bool) -> dict[str, Any]:
    """Return Django's LOGGING: everything to standard error.

    `as_json` makes each line an object for a collector of logs, else it is for a person.
    """
    passed_on = {"handlers": [], "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "portal.logs.line_formatter", "as_json": as_json}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "stream": "ext://sys.stderr",
            }
        },
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "django": passed_on,
            "django.server": passed_on,
            # The supervisor tells starts and ends; what goes wrong is still said.
            "gunicorn.error": {**passed_on, "level": "WARNING"},
            "gunicorn.access": {**passed_on, "level": "WARNING"},
            # Logs every request with its address.
            "elastic_transport": {"level": "WARNING"},
            # Greets at every command.
            "axes.apps": {"level": "WARNING"},
        },
    }


def line_formatter(*, as_json: bool) -> structlog.stdlib.ProcessorFormatter:
    """Return the formatter of a handler; its last steps clean what is written."""
    render: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            # Django adds the whole request, with what was typed; its status is enough.
            structlog.stdlib.ExtraAdder(allow={"status_code"}),
            *_shared(),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            remove_personal_data,
            encode_control_characters,
            render,
        ],
    )


def remove_personal_data(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Take personal data out of an event: by the names of its values and by what they look like."""
    return {
        key: value if key in _OWN_KEYS else _without_personal_data(key, value)
        for key, value in event.items()
    }


def encode_control_characters(_logger: Any, _method: str, event: EventDict) -> EventDict:
    r"""Write line breaks and other control characters of values as `\n`, `\x1b` …

    So nothing that was typed can begin a line of its own or colour a terminal. A traceback keeps
    its lines, indented.
    """
    return {
        key: _indented(value) if key == "exception" else _encoded(value)
        for key, value in event.items()
    }


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=False),
    ]


def _without_personal_data(key: str, value: Any) -> Any:
    if PERSONAL_KEY.search(key):
        return REMOVED
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, dict):
        return {str(name): _without_personal_data(str(name), part) for name, part in value.items()}
    if isinstance(value, list | tuple | set):
        return [_without_personal_data(key, part) for part in value]
    text = str(value)
    clean = redact(text)
    return value if isinstance(value, int) and clean == text else clean


def _encoded(value: Any) -> Any:
    if isinstance(value, str):
        return _CONTROL.sub(lambda found: found.group().encode("unicode_escape").decode(), value)
    if isinstance(value, dict):
        return {_encoded(name): _encoded(part) for name, part in value.items()}
    return [_encoded(part) for part in value] if isinstance(value, list) else value


def _indented(traceback: str) -> str:
    return "\n".join(f"    {_encoded(line)}" for line in traceback.split("\n"))
