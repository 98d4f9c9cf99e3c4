"""Real worker processes on the test's database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("worker_processes.py")
ROOT = Path(__file__).parents[3]
PATIENCE_SECONDS = 60
POLL_SECONDS = 0.02


class Workers:
    """Starts and ends workers by process id."""

    def __init__(self, launcher: "subprocess.Popen[str]") -> None:
        self.launcher = launcher
        self.running: set[int] = set()

    def start(self) -> int:
        pid = self._ask("start")
        self.running.add(pid)
        return pid

    def end(self, pid: int, with_signal: signal.Signals = signal.SIGTERM) -> int:
        """Send the signal and return the exit status, negative for a signal that killed it."""
        os.kill(pid, with_signal)
        self.running.discard(pid)
        return self._ask(f"wait {pid}")

    def close(self) -> None:
        for pid in list(self.running):
            self.end(pid, signal.SIGKILL)
        self.launcher.stdin.close()
        self.launcher.wait()
        self.launcher.stdout.close()

    def _ask(self, command: str) -> int:
        self.launcher.stdin.write(f"{command}\n")
        self.launcher.stdin.flush()
        return int(self.launcher.stdout.readline())


@pytest.fixture
def database_options() -> str:
    """Options of the workers' database address; a module may name its own."""
    return ""


@pytest.fixture
def workers(transactional_db: None, database_options: str, tmp_path: Path) -> Iterator[Workers]:
    environment = {
        **os.environ,
        "DATABASE_URL": os.environ["DATABASE_URL"] + database_options,
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PYTHONPATH": os.pathsep.join(str(ROOT / name) for name in (".", "site", "tests")),
    }
    with (tmp_path / "workers.log").open("w") as log:
        launcher = subprocess.Popen(
            [sys.executable, str(SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env=environment,
        )
        workers = Workers(launcher)
        yield workers
        workers.close()


@pytest.fixture
def wait_until() -> Callable[[Callable[[], bool]], None]:
    def wait(reached: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not reached():
            assert time.monotonic() < deadline, "it never came to that"
            time.sleep(POLL_SECONDS)

    return wait
