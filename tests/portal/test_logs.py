import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from catalogue.redaction import redact
from portal.logs import REMOVED, configure_structlog, line_formatter, log_settings

IDENTITY_NUMBER = "001199012345"
FULL_NAME = "Nguyễn Thị Hồng Nhung"


class Lines:
    """A logger of its own whose lines can be read back."""

    def __init__(self, as_json: bool) -> None:
        self.stream = io.StringIO()
        self.handler = logging.StreamHandler(self.stream)
        self.handler.setFormatter(line_formatter(as_json=as_json))
        self.logger = logging.getLogger("tests.logs")
        self.logger.handlers = [self.handler]
        self.logger.propagate = False
        self.structured = structlog.get_logger("tests.logs")

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def last(self) -> dict[str, object]:
        return json.loads(self.text.splitlines()[-1])


@pytest.fixture(params=[True, False], ids=["json", "console"])
def lines(request: pytest.FixtureRequest) -> Iterator[Lines]:
    configure_structlog()
    yield Lines(request.param)
    logging.getLogger("tests.logs").handlers = []


@pytest.fixture
def json_lines() -> Iterator[Lines]:
    configure_structlog()
    yield Lines(as_json=True)
    logging.getLogger("tests.logs").handlers = []


def test_line_names_event_level_time_and_logger(json_lines: Lines) -> None:
    json_lines.structured.warning("dossier.late", count=3)

    line = json_lines.last
    assert line.keys() == {"event", "level", "timestamp", "logger", "count"}
    assert (line["event"], line["level"], line["count"]) == ("dossier.late", "warning", 3)


def test_lines_of_libraries_look_the_same(json_lines: Lines) -> None:
    json_lines.logger.warning(
        "Not Found: %s", "/x", extra={"status_code": 404, "request": object()}
    )

    line = json_lines.last
    assert line.keys() == {"event", "level", "timestamp", "logger", "status_code"}
    assert line["event"] == "Not Found: /x"


def test_traceback_of_a_library_is_written(lines: Lines) -> None:
    try:
        refuse(FULL_NAME)
    except ValueError:
        lines.logger.error("Internal Server Error", exc_info=True)

    assert "ValueError: not Nguyễn" in lines.text


def test_line_carries_the_id_of_its_request(json_lines: Lines) -> None:
    with structlog.contextvars.bound_contextvars(request_id="abc"):
        json_lines.logger.warning("one")
        json_lines.structured.warning("two")

    assert [json.loads(line)["request_id"] for line in json_lines.text.splitlines()] == ["abc"] * 2


@pytest.mark.parametrize(
    "typed",
    [
        IDENTITY_NUMBER,
        "001 199 012 345",
        "123456789",
        "lan.nguyen@example.com.vn",
        "lan%40example.vn",
        "0912345678",
        "0912 345 678",
        "+84 912 345 678",
        "02153 825 001",
    ],
)
def test_d1_personal_data_is_removed_from_lines(lines: Lines, typed: str) -> None:
    try:
        raise ValueError(f"refused {typed}")
    except ValueError:
        lines.structured.exception(
            f"draft of {typed}", draft=7, path=f"/x?q={typed}", parts=[typed]
        )
    lines.logger.warning("Bad Request: /x/%s", typed)

    assert typed not in lines.text
    assert "draft of [" in lines.text


@pytest.mark.parametrize(
    "harmless",
    [
        "000.00.00.H18-181030-0001",
        "H18-261124-0001",
        "1.004873",
        "60/2014/QH13",
        "2026-11-24T20:58:41.655809+07:00",
        "took 0.123456789 s",
        "12345678",
        "sha256 4f3c2a1b0d9e8f7a001199012345aa",
    ],
)
def test_codes_and_times_stay(harmless: str) -> None:
    assert redact(harmless) == harmless


@pytest.mark.parametrize("key", ["password", "otp_code", "applicant_email", "answers", "sessionid"])
def test_d1_values_under_personal_names_are_removed(json_lines: Lines, key: str) -> None:
    json_lines.structured.warning("seen", **{key: "Lan"}, nested={key: "Lan"})

    assert json_lines.last[key] == REMOVED
    assert json_lines.last["nested"] == {key: REMOVED}


def refuse(name: str) -> None:
    raise ValueError("not " + name.split(maxsplit=1)[0])


def test_traceback_holds_no_values_of_variables(lines: Lines) -> None:
    try:
        refuse(FULL_NAME)
    except ValueError:
        lines.structured.exception("draft.refused")

    assert "ValueError: not Nguyễn" in lines.text
    assert "Nhung" not in lines.text


@pytest.mark.parametrize(
    "typed", ["/x\n2026-01-01 [info] forged", "\r\nforged", "a\u2028forged", "\x1b[31mred", "\x85b"]
)
def test_d7_control_characters_are_encoded(lines: Lines, typed: str) -> None:
    lines.structured.warning("seen", path=typed)
    lines.logger.warning("Not Found: %s", typed)

    assert len(lines.text.splitlines()) == 2
    assert "\x1b[31mred" not in lines.text


def test_d7_traceback_begins_no_line_of_its_own(lines: Lines) -> None:
    try:
        raise ValueError("typed\n2026-01-01 [info] forged")
    except ValueError:
        lines.structured.exception("failed")

    assert not [line for line in lines.text.splitlines() if line.startswith("2026-01-01")]


def test_every_logger_ends_at_the_one_handler() -> None:
    settings = log_settings(as_json=True)

    assert settings["handlers"].keys() == {"stderr"}
    assert all(logger.get("handlers", []) == [] for logger in settings["loggers"].values())


def test_lines_of_the_web_server_look_like_all_others() -> None:
    code = (
        "from gunicorn.config import Config; from gunicorn.glogging import Logger;"
        "from portal.serving.web import logconfig_dict;"
        "config = Config(); config.set('logconfig_dict', logconfig_dict);"
        "log = Logger(config); log.info('Started'); log.error('Worker of mai@example.vn\\nended')"
    )

    said = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": "site", "DJANGO_SETTINGS_MODULE": "portal.settings"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    ).stderr

    assert len(said.splitlines()) == 1
    assert "[gunicorn.error]" in said
    assert "mai@example.vn" not in said
