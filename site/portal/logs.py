"""How log lines look: one line per event, tracebacks without the values of variables.

The values hold what people have typed, and nothing personal may stand in a log.
"""

import logging
import sys

import structlog


def configure_logs(*, as_json: bool) -> None:
    """Set up structlog; `as_json` makes each line an object for a collector of logs."""
    if as_json:
        last: tuple[structlog.typing.Processor, ...] = (
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        )
    else:
        last = (
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=False),
            *last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
