import json
from collections.abc import Iterator

import pytest
import structlog

from portal.logs import configure_logs


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def log_an_error() -> None:
    identity_number = "001" + "199012345"
    try:
        raise ValueError("not " + identity_number[:3])
    except ValueError:
        structlog.get_logger().exception("draft.refused", draft=7)


@pytest.mark.parametrize("as_json", [True, False])
def test_traceback_holds_no_values(as_json: bool, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(as_json=as_json)

    log_an_error()

    written = capsys.readouterr().err
    assert "ValueError: not 001" in written
    assert "001199012345" not in written


def test_json_line_names_event_level_and_time(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs(as_json=True)

    structlog.get_logger().info("dossier.received", count=1)

    line = json.loads(capsys.readouterr().err)
    assert line.keys() == {"event", "level", "timestamp", "count"}
    assert (line["event"], line["level"]) == ("dossier.received", "info")
