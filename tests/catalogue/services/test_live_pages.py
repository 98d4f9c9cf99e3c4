from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue import clock
from catalogue.models import Change, Job, Procedure, ProcedureVersion, ScheduledRun
from catalogue.services.live_pages import BATCH, follow_the_calendar, sync_live_pages
from factories.catalogue import make_version

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

BEGINS = date(2026, 7, 1)
MIDNIGHT = datetime.combine(BEGINS, time(), clock.LOCAL_TZ)


@pytest.fixture
def version() -> ProcedureVersion:
    version = make_version(begins=BEGINS)
    Change.objects.all().delete()
    Job.objects.all().delete()
    return version


def follow(at: datetime) -> list[str]:
    with clock.frozen(at):
        follow_the_calendar()
    return list(Change.objects.values_list("key", flat=True))


def sync(version: ProcedureVersion, at: datetime) -> Procedure:
    with clock.frozen(at):
        sync_live_pages({"codes": [version.code]})
    return Procedure.objects.get(pk=version.procedure_id)


def test_page_is_live_from_the_first_day_to_the_last(version: ProcedureVersion) -> None:
    ProcedureVersion.objects.update(valid_to=BEGINS + timedelta(days=2))

    before = sync(version, MIDNIGHT - timedelta(seconds=1)).live
    during = sync(version, MIDNIGHT)
    after = sync(version, MIDNIGHT + timedelta(days=2)).live

    assert (before, during.live, after) == (False, True, False)
    assert during.live_revision_id == version.revision_id
    assert not during.has_unpublished_changes


def test_page_with_a_newer_draft_shows_unpublished_changes(version: ProcedureVersion) -> None:
    version.procedure.save_revision()

    assert sync(version, MIDNIGHT).has_unpublished_changes


def test_first_day_is_announced_and_followed(version: ProcedureVersion) -> None:
    assert follow(MIDNIGHT) == [version.code]
    assert Job.objects.get().payload == {"codes": [version.code]}


@pytest.mark.parametrize("days", [-1, 1])
def test_other_days_announce_nothing(version: ProcedureVersion, days: int) -> None:
    assert follow(MIDNIGHT + timedelta(days=days)) == []
    assert not Job.objects.exists()


def test_last_day_is_announced(version: ProcedureVersion) -> None:
    ProcedureVersion.objects.update(valid_to=BEGINS + timedelta(days=9))

    assert follow(MIDNIGHT + timedelta(days=9)) == [version.code]


def test_days_missed_by_a_standstill_are_announced_late(version: ProcedureVersion) -> None:
    last_run = datetime(2026, 6, 28, 17, 0, 1, tzinfo=UTC)
    ScheduledRun.objects.create(name="catalogue.versions_by_date", due_at=last_run)

    assert follow(MIDNIGHT + timedelta(days=3)) == [version.code]


def test_days_already_followed_are_not_announced_again(version: ProcedureVersion) -> None:
    ScheduledRun.objects.create(name="catalogue.versions_by_date", due_at=MIDNIGHT)

    assert follow(MIDNIGHT + timedelta(days=1)) == []


def test_worker_that_was_off_for_days_catches_up_on_every_procedure() -> None:
    days = [BEGINS + timedelta(days=each) for each in (0, 2, 5)]
    versions = [make_version(begins=day) for day in days]
    ScheduledRun.objects.create(
        name="catalogue.versions_by_date", due_at=MIDNIGHT - timedelta(days=1)
    )
    Change.objects.all().delete()
    Job.objects.all().delete()

    announced = follow(MIDNIGHT + timedelta(days=6))
    with clock.frozen(MIDNIGHT + timedelta(days=6)):
        sync_live_pages(Job.objects.get().payload)

    assert announced == sorted(version.code for version in versions)
    assert [page.live for page in Procedure.objects.all()] == [True] * 3


def test_live_state_of_many_pages_is_one_statement_a_batch(version: ProcedureVersion) -> None:
    codes = [version.code, *(f"9.9{number:05d}" for number in range(BATCH))]

    with clock.frozen(MIDNIGHT), CaptureQueriesContext(connection) as queries:
        sync_live_pages({"codes": codes})
        sync_live_pages({"codes": codes})

    assert len(queries) == 2 * 2
    assert Procedure.objects.get(pk=version.procedure_id).live
