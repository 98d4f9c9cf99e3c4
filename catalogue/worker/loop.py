"""The loop: a turn of everything that is due, over and over, whatever fails."""

import os
import socket
from collections.abc import Callable
from secrets import SystemRandom, token_hex
from time import monotonic, sleep

import structlog
from django.db import close_old_connections, connections

from catalogue.jobs import Registry
from catalogue.services.jobs import run_job, take_due_job
from catalogue.services.schedules import enqueue_due_schedules
from catalogue.worker.drains import run_drains
from catalogue.write_lock import give_way

PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 5.0
SCHEDULES_EVERY_SECONDS = 1.0
# The outbox is looked at again after so much work on jobs.
JOBS_SECONDS = 0.2

_log = structlog.get_logger(__name__)
_random = SystemRandom()


class Worker:
    """One worker; any number of them, on any machine, share the work of one database."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.name = f"{socket.gethostname()[:40]}:{os.getpid()}:{token_hex(4)}"
        self.stopping = False
        self._failures = 0
        self._schedules_seen = float("-inf")

    def run(self) -> None:
        """Work until `stop` is called; what was begun is finished first."""
        _log.info("worker.started", worker=self.name)
        while not self.stopping:
            self._pause(self._turn_safely())
        _log.info("worker.stopped", worker=self.name)

    def run_until_idle(self) -> None:
        """Do all that is due now, then return; database errors are the caller's."""
        while self.turn() and not self.stopping:
            pass

    def stop(self, *_signal: object) -> None:
        """Leave after the current piece of work; the handler of SIGTERM and SIGINT."""
        self.stopping = True

    def turn(self) -> bool:
        """Drain the outbox, look at the schedules, run jobs; return whether there was work."""
        handled = self._yielding(run_drains)
        planned = self._plan()
        return bool(self._run_jobs() + handled + planned)

    def _plan(self) -> int:
        if self.stopping or monotonic() - self._schedules_seen < SCHEDULES_EVERY_SECONDS:
            return 0
        self._schedules_seen = monotonic()
        return enqueue_due_schedules(schedules=self.registry.schedules.values())

    def _run_jobs(self) -> int:
        ran, until = 0, monotonic() + JOBS_SECONDS
        while not self.stopping and monotonic() < until and self._yielding(self._run_next_job):
            ran += 1
        return ran

    def _run_next_job(self, registry: Registry) -> int:
        job = take_due_job(worker=self.name, registry=registry)
        if job is None:
            return 0
        run_job(job=job, registry=registry)
        return 1

    def _yielding(self, work: Callable[[Registry], int]) -> int:
        """Do `work`; if there was any, give way to requests for as long as it took."""
        began = monotonic()
        count = work(self.registry)
        if count:
            give_way(monotonic() - began)
        return count

    def _turn_safely(self) -> float:
        """Return after a turn for how many seconds to pause; a failing database makes it longer."""
        try:
            close_old_connections()
            worked = self.turn()
        except Exception:
            # Locked, restarting, gone: whatever was not committed is still due. A lost
            # connection is closed, so that the next turn opens another.
            self._failures += 1
            pause = min(PAUSE_SECONDS * 2**self._failures, LONGEST_PAUSE_SECONDS)
            _log.exception("worker.turn_failed", worker=self.name, failures=self._failures)
            connections.close_all()
            return pause * _random.uniform(0.5, 1.0)
        self._failures = 0
        return 0.0 if worked else PAUSE_SECONDS

    def _pause(self, seconds: float) -> None:
        until = monotonic() + seconds
        while not self.stopping and (left := until - monotonic()) > 0:
            sleep(min(left, PAUSE_SECONDS))
