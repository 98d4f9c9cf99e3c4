"""Starts real workers, forked from a process that has loaded the product once.

Reads commands: `start` answers with the worker's process id, `wait PID` with its exit status.
"""

import os
import sys
import time
from datetime import timedelta

import django
from django.core.management import call_command
from django.utils.module_loading import autodiscover_modules

django.setup()
autodiscover_modules("jobs")

from catalogue.jobs import drain, job_handler  # noqa: E402
from catalogue.services.consumers import consume_changes  # noqa: E402
from factories.worker import leave_mark  # noqa: E402

BATCH = 5


@job_handler("test.mark", lease=timedelta(seconds=0.3))
def mark(payload):
    leave_mark(payload["name"])
    time.sleep(payload["seconds"])


@job_handler("test.slow", lease=timedelta(seconds=30))
def slow(payload):
    mark(payload)


def mark_changes(changes):
    for change in changes:
        leave_mark(change.key)
        time.sleep(0.003)


@drain("test.marks")
def drain_marks():
    return consume_changes(consumer="test.marks", handle=mark_changes, limit=BATCH)


def start():
    pid = os.fork()
    if pid == 0:
        call_command("worker")
        sys.exit()
    return pid


def wait(pid):
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


for line in sys.stdin:
    command, *arguments = line.split()
    print({"start": start, "wait": wait}[command](*map(int, arguments)), flush=True)
