"""Tasks of Wagtail and other packages, run as jobs: leased, tried again, exactly once."""

from typing import Any

import structlog
from django.core.exceptions import ObjectDoesNotExist, SuspiciousOperation
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.exceptions import InvalidTaskError
from django_tasks.utils import normalize_json

from catalogue.canonical import sha256_hex
from catalogue.enums import JobPriority
from catalogue.jobs import job_handler
from catalogue.models import Job
from catalogue.services.jobs import enqueue

TASK_KIND = "task"

_log = structlog.get_logger(__name__)


class JobBackend(BaseTaskBackend):
    """Backend of django-tasks that queues a task as a job, in the caller's transaction.

    The package's own queue has neither leases nor retries: a task whose worker is killed there
    stays "running" for ever.
    """

    supports_defer = True

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        """Queue the call of `task`; its outcome is the state of the job with the result's id.

        Two saves of a page need its references once: a call that waits already is not repeated.
        Raises `InvalidTaskError` for a task that wants to know its own result.
        """
        self.validate_task(task)
        if task.takes_context:
            raise InvalidTaskError("A task that is run as a job gets no context.")
        call = normalize_json({"path": task.module_path, "args": args, "kwargs": kwargs})
        job = enqueue(
            kind=TASK_KIND,
            payload=call,
            waiting_key=None if task.run_after else f"{TASK_KIND}:{sha256_hex(call)}",
            priority=JobPriority.UPKEEP,
            run_at=task.run_after,
        )
        return self._result(task, job)

    def _result(self, task: Task, job: Job) -> TaskResult:
        return TaskResult(
            task=task,
            id=str(job.pk),
            status=TaskResultStatus.READY,
            enqueued_at=job.created_at,
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=job.payload["args"],
            kwargs=job.payload["kwargs"],
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


@job_handler(TASK_KIND)
def run_task(payload: dict[str, Any]) -> None:
    """Call the task that `payload` names; an object that is gone leaves nothing to do."""
    task = import_string(payload["path"])
    if not isinstance(task, Task):
        raise SuspiciousOperation(f"{payload['path']} is no task.")
    try:
        task.call(*payload["args"], **payload["kwargs"])
    except ObjectDoesNotExist:
        _log.info("task.object_gone", task=payload["path"])
