import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from catalogue.enums import Role
from catalogue.models import Agency, AuditEntry
from factories.catalogue import make_member, make_ministry, make_version
from factories.editors_search import changes, make_promoted
from portal.accounts.models import User
from search.models import PromotedAnswer
from search.services.store_promoted_answer import store_promoted_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry() -> Agency:
    return make_ministry()


@pytest.fixture
def editor(ministry: Agency) -> User:
    return make_member(Role.MINISTRY_EDITOR, ministry)


def written(agency: Agency, **changes: str) -> PromotedAnswer:
    words = {
        "phrases": "nghỉ tết\nlịch  tết",
        "answers": "/linh-vuc  Mọi lĩnh vực",
        "reason": "Tết",
    }
    return PromotedAnswer(agency=agency, **words | changes)


def test_answer_is_kept_with_its_history(ministry: Agency, editor: User) -> None:
    version = make_version(code="1.004873")
    answer = written(ministry, answers="1004873\n/linh-vuc  Mọi lĩnh vực")

    store_promoted_answer(answer=answer, by=editor)

    stored = PromotedAnswer.objects.get()
    assert stored.phrases == "nghỉ tết\nlịch tết"
    assert stored.answers == f"{version.code}\n/linh-vuc Mọi lĩnh vực"
    assert [kind for kind, _before, _after in changes()] == ["promotedanswer"]
    assert AuditEntry.objects.filter(action="promotedanswer.stored").count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phrases", "tết\n…"),
        ("phrases", " "),
        ("answers", " "),
        ("answers", "9.999999"),
        ("answers", "//evil.example x"),
        ("answers", "https://evil.example x"),
        ("answers", "/linh-vuc"),
    ],
)
def test_answer_that_leads_nowhere_is_refused(
    ministry: Agency, editor: User, field: str, value: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        store_promoted_answer(answer=written(ministry, **{field: value}), by=editor)

    assert list(refusal.value.message_dict) == [field]


def test_t9_editor_writes_for_no_other_agency(ministry: Agency, editor: User) -> None:
    foreign = make_promoted(make_ministry("G16", "Bộ Khác"))
    foreign.agency = ministry

    for answer in (foreign, written(make_ministry("G17", "Bộ Nữa"))):
        with pytest.raises(PermissionDenied):
            store_promoted_answer(answer=answer, by=editor)
