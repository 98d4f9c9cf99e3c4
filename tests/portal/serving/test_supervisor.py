import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from portal.serving.supervisor import FIRST_PAUSE, LONGEST_PAUSE, STEADY_SECONDS, Child, Supervisor

WRITE_PID = "import os, pathlib, sys; pathlib.Path(sys.argv[1]).write_text(str(os.getpid()));"
SLEEP = "import time; time.sleep(60)"


def python_child(name: str, code: str, *arguments: object) -> Child:
    command = [sys.executable, "-S", "-c", code, *map(str, arguments)]
    return Child(name, lambda: os.execv(sys.executable, command))


def wait_for(condition, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


class Run:
    """A supervisor at work in the main thread's place: signals are handed to it directly."""

    def __init__(self, *children: Child) -> None:
        self.output = StringIO()
        self.supervisor = Supervisor(children, self.output)
        self.announcements: list[float] = []

    def until(self, condition) -> None:
        timer = threading.Thread(target=self._stop_when, args=(condition,))
        timer.start()
        self.supervisor.run(
            is_ready=lambda: True, announce=lambda: self.announcements.append(time.monotonic())
        )
        timer.join()

    def _stop_when(self, condition) -> None:
        try:
            wait_for(condition)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)


@pytest.fixture
def stopping_handler() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    assert signal.getsignal(signal.SIGTERM) is before


def test_children_end_on_a_signal(tmp_path: Path, stopping_handler: None) -> None:
    pid_file = tmp_path / "pid"
    run = Run(python_child("sleeper", WRITE_PID + SLEEP, pid_file))

    run.until(lambda: pid_file.exists() and pid_file.read_text())

    assert not is_alive(int(pid_file.read_text()))
    assert len(run.announcements) == 1


def test_dead_child_starts_again(tmp_path: Path) -> None:
    log = tmp_path / "log"
    code = "import sys; open(sys.argv[1], 'a').write('x'); sys.exit(3)"
    run = Run(python_child("brief", code, log))

    run.until(lambda: log.exists() and len(log.read_text()) >= 2)

    assert f"brief ended with 3; it starts again in {FIRST_PAUSE} s." in run.output.getvalue()


def test_grandchildren_end_with_their_dead_parent(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    code = (
        "import subprocess, sys, pathlib;"
        "inner = subprocess.Popen([sys.executable, '-S', '-c', 'import time; time.sleep(60)']);"
        "pathlib.Path(sys.argv[1]).write_text(str(inner.pid)); sys.exit(1)"
    )
    run = Run(python_child("parent", code, pid_file))

    run.until(lambda: pid_file.exists() and "parent ended" in run.output.getvalue())

    wait_for(lambda: not is_alive(int(pid_file.read_text())))


def test_child_that_ignores_the_signal_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.serving.supervisor.STOP_SECONDS", 0.5)
    pid_file = tmp_path / "pid"
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    run = Run(python_child("deaf", deaf + WRITE_PID + SLEEP, pid_file))

    run.until(lambda: pid_file.exists() and pid_file.read_text())

    assert not is_alive(int(pid_file.read_text()))


def test_children_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    code = (
        "import sys; from portal.serving.supervisor import Child, Supervisor;"
        f"child = Child('c', lambda: exec({WRITE_PID + SLEEP!r}));"
        "Supervisor([child], sys.stdout).run(is_ready=lambda: False, announce=print)"
    )
    environment = {**os.environ, "PYTHONPATH": "site"}
    supervisor = subprocess.Popen([sys.executable, "-c", code, pid_file], env=environment)
    wait_for(lambda: pid_file.exists() and pid_file.read_text())

    supervisor.kill()
    supervisor.wait()

    wait_for(lambda: not is_alive(int(pid_file.read_text())))


def test_pause_doubles_up_to_its_limit_and_falls_back_after_a_long_life() -> None:
    child = Child("c", print)
    pauses = []
    for now in range(8):
        child.schedule_restart(float(now))
        pauses.append(child.restart_at - now)

    child.schedule_restart(child.started_at + STEADY_SECONDS)

    assert pauses == [0.5, 1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE]
    assert child.restart_at == child.started_at + STEADY_SECONDS + FIRST_PAUSE
