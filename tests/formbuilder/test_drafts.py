from datetime import timedelta
from pathlib import Path

import pytest

from catalogue import clock
from catalogue.jobs import registry
from factories.catalogue import make_agency
from factories.formbuilder import make_commune, make_draft, make_form_version, make_upload
from formbuilder import jobs
from formbuilder.models import Draft
from formbuilder.services.attachments import attach_file
from formbuilder.services.drafts import (
    LIFETIME,
    PlaceRefused,
    delete_expired_drafts,
    discard_draft,
    save_answers,
    start_draft,
)
from formbuilder.validation import AnswersTooLarge

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def files_in(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))


def test_expired_drafts_go_with_their_files(private_files: Path) -> None:
    expired, kept = make_draft(), make_draft()
    for draft in (expired, kept):
        attach_file(draft=draft, slot="paper_1", upload=make_upload(), by=None)
    Draft.objects.filter(pk=expired.pk).update(expires_at=clock.now() - timedelta(seconds=1))

    assert delete_expired_drafts() == 1

    assert list(Draft.objects.all()) == [kept]
    assert files_in(private_files) == 1


def test_expired_submitted_draft_stays() -> None:
    draft = make_draft()
    Draft.objects.update(state="submitted", expires_at=clock.now() - timedelta(days=1))

    assert delete_expired_drafts() == 0

    assert Draft.objects.filter(pk=draft.pk).exists()


def test_expiry_runs_every_day() -> None:
    assert "formbuilder.delete_expired_drafts" in registry.schedules
    jobs.delete_expired_drafts_daily()


def test_saving_renews_the_time(private_files: Path) -> None:
    draft = make_draft()
    with clock.frozen(clock.now() + timedelta(days=20)):
        saved = save_answers(draft=draft, answers={"filer": "self"}, by=None)

    assert saved.expires_at == saved.updated_at + LIFETIME
    assert saved.expires_at > draft.expires_at


def test_discarded_draft_goes_with_its_files(private_files: Path) -> None:
    draft = make_draft()
    attach_file(draft=draft, slot="paper_1", upload=make_upload(), by=None)

    discard_draft(draft=draft, by=None)

    assert not Draft.objects.exists()
    assert files_in(private_files) == 0


def test_agency_that_does_not_receive_the_procedure_is_refused() -> None:
    form_version = make_form_version(levels=["commune"])

    for place in (make_commune().parent, make_agency(level="ministry")):
        with pytest.raises(PlaceRefused):
            start_draft(form_version=form_version, place=place, by=None, access_key_hash="x")


def test_too_large_answers_are_refused_and_the_others_stay() -> None:
    draft = make_draft()
    save_answers(draft=draft, answers={"filer": "self"}, by=None)

    with pytest.raises(AnswersTooLarge):
        save_answers(draft=draft, answers={"full_name": "x" * 300_000}, by=None)

    assert Draft.objects.get().answers["filer"] == "self"
