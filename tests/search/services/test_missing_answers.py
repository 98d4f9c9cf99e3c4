import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from catalogue.enums import Role
from catalogue.models import AuditEntry
from factories.catalogue import make_member, make_ministry
from search.models import MissingAnswer
from search.services.missing_answers import report_missing, settle_missing_answer

pytestmark = pytest.mark.django_db


def test_report_is_kept_with_its_words() -> None:
    report_missing(query=" cắt  khẩu", note="Tôi chuyển đi\r\ntỉnh khác")

    missing = MissingAnswer.objects.get()
    assert (missing.query, missing.note) == ("cắt khẩu", "Tôi chuyển đi\ntỉnh khác")
    assert AuditEntry.objects.get(action="missing_answer.reported").user_id is None


def test_d1_numbers_of_people_are_masked() -> None:
    missing = report_missing(query="cccd 001089012345", note="gọi 0912345678")

    assert "001089012345" not in missing.query
    assert "0912345678" not in missing.note


@pytest.mark.parametrize(("query", "note"), [(" ", "\n"), ("a", "a" * 1001)])
def test_report_that_says_nothing_or_too_much_is_refused(query: str, note: str) -> None:
    with pytest.raises(ValidationError):
        report_missing(query=query, note=note)


def test_editor_says_what_was_done() -> None:
    editor = make_member(Role.MINISTRY_EDITOR, make_ministry())
    missing = report_missing(query="cắt khẩu")

    settle_missing_answer(missing=missing, outcome="Đã thêm từ đồng nghĩa", by=editor)

    stored = MissingAnswer.objects.get()
    assert (stored.outcome, stored.handled_by) == ("Đã thêm từ đồng nghĩa", editor)
    assert stored.handled_at


def test_outcome_without_words_is_refused() -> None:
    editor = make_member(Role.MINISTRY_EDITOR, make_ministry())

    with pytest.raises(ValidationError):
        settle_missing_answer(missing=report_missing(query="x"), outcome=" ", by=editor)


def test_t4_stranger_settles_nothing() -> None:
    clerk = make_member(Role.COUNTER_OFFICER)

    with pytest.raises(PermissionDenied):
        settle_missing_answer(missing=report_missing(query="x"), outcome="xong", by=clerk)
