"""Keeps a group of processes running: restarts what dies, stops all of it on a signal."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Protocol

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0
STOP_SECONDS = 8.0
POLL_SECONDS = 0.1
PR_SET_PDEATHSIG = 1


class Output(Protocol):
    """Where the supervisor tells what it does."""

    def write(self, words: str, /) -> object:
        """Write `words`."""

    def flush(self) -> object:
        """Show what was written."""


@dataclass
class Child:
    """One supervised process: its name, its command line and what it adds to the environment."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0
    restart_at: float = 0.0
    pause: float = FIRST_PAUSE

    def start(self, now: float) -> None:
        """Start the process in a group of its own, which ends with the supervisor."""
        self.process = subprocess.Popen(  # noqa: S603 - our own command lines
            self.command,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - the supervisor has a single thread
        )
        self.started_at = now

    def schedule_restart(self, now: float) -> None:
        """Choose the time of the next start: sooner after a long life, later after a short one."""
        steady = now - self.started_at >= STEADY_SECONDS
        self.pause = FIRST_PAUSE if steady else self.pause
        self.restart_at = now + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        self.process = None

    def signal_group(self, number: signal.Signals) -> None:
        """Send a signal to the process and everything it started."""
        if self.process:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return


class Supervisor:
    """Runs `children` until SIGINT or SIGTERM."""

    def __init__(self, children: Sequence[Child], output: Output) -> None:
        self.children, self.output = list(children), output
        self.stopping = False

    def run(self, *, is_ready: Callable[[], bool], announce: Callable[[], None]) -> None:
        """Start all children, call `announce` once `is_ready`, and return after all have ended."""
        previous = {
            number: signal.signal(number, self._stop_on)
            for number in (signal.SIGINT, signal.SIGTERM)
        }
        announced = False
        try:
            while not self.stopping:
                self._keep_running()
                if not announced and is_ready():
                    announce()
                    announced = True
                time.sleep(POLL_SECONDS)
        finally:
            self.stop()
            for number, handler in previous.items():
                signal.signal(number, handler)

    def stop(self) -> None:
        """Ask every child to end, and end those by force that are still there in 8 s."""
        for child in self.children:
            child.signal_group(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children:
            if not child.process:
                continue
            try:
                child.process.wait(timeout=max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.signal_group(signal.SIGKILL)
                child.process.wait()
            child.signal_group(signal.SIGKILL)  # what the child started and left behind
            child.process = None

    def _keep_running(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if child.process and child.process.poll() is not None:
                code = child.process.returncode
                child.signal_group(signal.SIGKILL)
                child.schedule_restart(now)
                self._say(
                    f"{child.name} ended with {code}; it starts again in"
                    f" {child.restart_at - now:.1f} s."
                )
            if not child.process and now >= child.restart_at:
                child.start(now)

    def _stop_on(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _say(self, words: str) -> None:
        self.output.write(words + "\n")
        self.output.flush()


def _end_with_parent() -> None:
    """Let the kernel end this process when the supervisor is killed (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
