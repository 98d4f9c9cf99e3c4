import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.databases import ROOT
from tools.live_site import free_port, processes_below


@pytest.fixture
def preparing(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """`serve` in the middle of its first preparation."""
    environment = {
        **os.environ,
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'new.sqlite3'}",
        "PORT": str(free_port()),
    }
    with subprocess.Popen(
        [sys.executable, "-u", "manage.py", "serve"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        for line in process.stdout:
            if line == "  database …\n":
                break
        yield process
        process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_preparation_leaves_no_process_behind(
    preparing: "subprocess.Popen[str]", number: signal.Signals
) -> None:
    started = processes_below(preparing.pid)

    os.killpg(preparing.pid, number)
    # Ends once every process that holds the pipe is gone.
    said, _ = preparing.communicate(timeout=20)

    assert len(started) == 1
    assert "Traceback" not in said
    assert "Ready" not in said
