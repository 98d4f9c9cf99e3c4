"""Keeps a group of processes running: restarts what dies, stops all of it on a signal."""

import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.context import ForkProcess
from types import FrameType
from typing import Protocol

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0
STOP_SECONDS = 8.0
POLL_SECONDS = 0.1
PR_SET_PDEATHSIG = 1
PR_SET_NAME = 15
# A fork shares what the parent has loaded, so that a child is there in an instant.
FORK = multiprocessing.get_context("fork")


class Output(Protocol):
    """Where the supervisor tells what it does."""

    def write(self, words: str, /) -> object:
        """Write `words`."""

    def flush(self) -> object:
        """Show what was written."""


@dataclass
class Child:
    """One supervised process: its name and what it does until it is told to end."""

    name: str
    run: Callable[[], object]
    process: ForkProcess | None = None
    started_at: float = 0.0
    restart_at: float = 0.0
    pause: float = FIRST_PAUSE

    def start(self, now: float) -> None:
        """Start the process in a group of its own, which ends with the supervisor."""
        self.process = FORK.Process(target=_begin, args=(self.name, self.run), name=self.name)
        self.process.start()
        with suppress(ProcessLookupError, PermissionError):  # it was quicker, or is over
            os.setpgid(self.process.pid or 0, 0)
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
        if self.process and self.process.pid:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


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
            while child.process.exitcode is None and time.monotonic() < deadline:
                time.sleep(POLL_SECONDS / 2)
            child.signal_group(signal.SIGKILL)  # the deaf child, and what it has left behind
            child.process.join()
            child.process = None

    def _keep_running(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if child.process and (code := child.process.exitcode) is not None:
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


def _begin(name: str, run: Callable[[], object]) -> None:
    """Take a name of its own, leave what was the supervisor's behind, then do the child's work."""
    with suppress(PermissionError):
        os.setpgid(0, 0)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    end_with_parent()
    _show_as(name)
    run()


def end_with_parent() -> None:
    """Let the kernel end this process when the supervisor is killed (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _show_as(name: str) -> None:
    """Name this process for `ps` and `top` (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_NAME, name.encode())
