import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction

from catalogue.enums import AgencyKind, JobState, Level, Role
from catalogue.jobs import registry
from catalogue.models import AuditEntry, Job
from catalogue.services.jobs import run_job, take_due_job
from factories.catalogue import make_agency, make_member, make_ministry
from factories.search import publish
from portal.accounts.models import User
from search import jobs  # noqa: F401 - registers the handler
from search.engines import SearchEngine
from search.selectors.index_status import RebuildProgress, index_status
from search.services.request_rebuild import request_rebuild


@pytest.fixture
def controller() -> User:
    office = make_agency("G00", level=Level.MINISTRY, kind=AgencyKind.GOVERNMENT)
    return make_member(Role.GOVERNMENT_CONTROL, office)


@pytest.mark.django_db
def test_rebuild_is_queued_once_and_told(controller: User, engine: SearchEngine) -> None:
    first = request_rebuild(by=controller)

    assert request_rebuild(by=controller) == first
    assert AuditEntry.objects.filter(action="search.rebuild_requested").count() == 2
    assert index_status().is_rebuilding


@pytest.mark.django_db
def test_t4_editor_queues_no_rebuild() -> None:
    editor = make_member(Role.MINISTRY_EDITOR, make_ministry())

    with pytest.raises(PermissionDenied):
        request_rebuild(by=editor)


@pytest.mark.django_db(transaction=True)
def test_worker_builds_the_index_and_tells_how_far_it_is(
    controller: User, engine: SearchEngine
) -> None:
    with transaction.atomic():
        publish("1.000894")
    engine_is_empty = engine.count() == 0
    request_rebuild(by=controller)
    job = take_due_job(worker="w", registry=registry)
    assert job

    run_job(job=job, registry=registry)

    assert (engine_is_empty, engine.count()) == (True, 1)
    assert cache.get("search.rebuild") == RebuildProgress(1, 1)
    assert Job.objects.get(pk=job.pk).state == JobState.DONE
    status = index_status()
    assert (status.is_rebuilding, status.progress, status.documents) == (False, None, 1)


@pytest.mark.django_db
def test_progress_is_told_while_a_rebuild_runs(engine: SearchEngine) -> None:
    Job.objects.create(kind="search.rebuild", state=JobState.RUNNING)
    cache.set("search.rebuild", RebuildProgress(200, 2832))

    assert index_status().progress == RebuildProgress(200, 2832)
