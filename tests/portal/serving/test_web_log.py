import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from gunicorn.config import Config

from portal.serving import web
from portal.serving.web_log import WebLog

NAMES = ("gunicorn.error", "gunicorn.access")


@pytest.fixture
def log() -> Iterator[WebLog]:
    loggers = [logging.getLogger(name) for name in NAMES]
    before = [(logger.propagate, logger.level, logger.handlers[:]) for logger in loggers]
    config = Config()
    config.set("logger_class", web.logger_class)
    yield config.logger_class(config)
    for logger, (propagate, level, handlers) in zip(loggers, before, strict=True):
        logger.propagate, logger.level, logger.handlers = propagate, level, handlers


def test_web_server_writes_no_line_per_request(
    log: WebLog, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="gunicorn.access"):
        log.access(None, None, {}, timedelta())

    assert caplog.records == []


def test_web_server_still_tells_what_goes_wrong(
    log: WebLog, caplog: pytest.LogCaptureFixture
) -> None:
    log.error_log.addHandler(caplog.handler)

    log.error("Worker died.")

    assert [record.getMessage() for record in caplog.records] == ["Worker died."]
