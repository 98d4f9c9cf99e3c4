from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django_tasks import task, task_backends
from django_tasks.exceptions import InvalidTaskError
from wagtail.models import Page, ReferenceIndex
from wagtail.tasks import delete_file_from_storage_task, update_reference_index_task

from catalogue import clock
from catalogue.enums import JobState
from catalogue.jobs import Registry, registry
from catalogue.models import Job
from catalogue.services.jobs import enqueue, take_due_job
from catalogue.tasks import JobBackend
from catalogue.worker import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@task()
def context_taker(context):
    raise NotImplementedError


def work():
    jobs_only = Registry()
    jobs_only.kinds = registry.kinds
    Worker(jobs_only).run_until_idle()


def test_wagtail_uses_the_jobs():
    assert isinstance(task_backends["default"], JobBackend)


def test_task_runs_as_a_job(tmp_path):
    storage = FileSystemStorage(tmp_path)
    name = storage.save("old.pdf", ContentFile(b"old"))
    place = "django.core.files.storage.FileSystemStorage", [str(tmp_path)], {}

    result = delete_file_from_storage_task.enqueue(place, name)
    waiting = storage.exists(name)
    work()

    assert waiting
    assert not storage.exists(name)
    assert Job.objects.get(pk=result.id).state == JobState.DONE


def test_task_of_a_transaction_that_failed_is_not_queued():
    with transaction.atomic():
        update_reference_index_task.enqueue("wagtailcore", "page", "1")
        transaction.set_rollback(True)

    assert not Job.objects.exists()


def test_task_of_an_object_that_is_gone_is_done():
    result = update_reference_index_task.enqueue("wagtailcore", "page", "0")

    work()

    assert Job.objects.get(pk=result.id).state == JobState.DONE


def test_saving_a_page_queues_its_references():
    page = Page.objects.first()
    page.save()
    queued = Job.objects.filter(kind="task").count()

    work()

    assert queued > 0
    assert not Job.objects.exclude(state=JobState.DONE).exists()
    assert ReferenceIndex.model_is_indexable(Page)


def test_same_call_waits_once():
    calls = [("wagtailcore", "page", "1"), ("wagtailcore", "page", "2")]
    with transaction.atomic():
        for call in [*calls, *calls]:
            update_reference_index_task.enqueue(*call)

    assert [job.payload["args"] for job in Job.objects.order_by("pk")] == [
        list(call) for call in calls
    ]


def test_same_call_waits_again_after_it_was_begun():
    update_reference_index_task.enqueue("wagtailcore", "page", "1")
    take_due_job(worker="w1", registry=registry)

    update_reference_index_task.enqueue("wagtailcore", "page", "1")

    states = Job.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [JobState.RUNNING, JobState.PENDING]


def test_call_for_later_is_not_taken_for_one_that_waits():
    later = clock.now() + timedelta(hours=1)
    deferred = update_reference_index_task.using(run_after=later)
    deferred.enqueue("wagtailcore", "page", "1")
    update_reference_index_task.enqueue("wagtailcore", "page", "1")

    assert Job.objects.filter(next_try_at__lt=later).count() == 1
    assert Job.objects.count() == 2


def test_mail_goes_before_a_queue_of_tasks():
    for number in range(3):
        update_reference_index_task.enqueue("wagtailcore", "page", str(number))
    mail = enqueue(kind="invitation", payload={"membership": 0})

    assert take_due_job(worker="w1", registry=registry) == mail


def test_task_that_wants_its_result_is_refused():
    task_with_context = task(takes_context=True)(context_taker.func)

    with pytest.raises(InvalidTaskError, match="gets no context"):
        task_with_context.enqueue()
