import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from catalogue import clock
from catalogue.enums import Role
from catalogue.models import Agency, AuditEntry
from factories.catalogue import make_member, make_ministry
from factories.editors_search import LICENCE, changes, index_names, make_synonym
from portal.accounts.models import User
from search.engines import SearchEngine
from search.models import EditorsChange, Synonym
from search.selectors import search_procedures
from search.services.store_synonym import store_synonym

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry() -> Agency:
    return make_ministry()


@pytest.fixture
def editor(ministry: Agency) -> User:
    return make_member(Role.MINISTRY_EDITOR, ministry)


@pytest.fixture(autouse=True)
def names(engine: SearchEngine) -> None:
    index_names(engine, p1="Đăng ký kết hôn", p2="Đổi giấy phép lái xe", p3="Tách hộ")


def written(agency: Agency, **changes: object) -> Synonym:
    words = {
        "says": "bằng lụa",
        "means": "giấy phép lái xe",
        "query": "mất bằng lụa",
        "finds": LICENCE,
        "agency": agency,
    }
    return Synonym(**words | changes)


def refused(synonym: Synonym, editor: User, **options: bool) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refusal:
        store_synonym(synonym=synonym, by=editor, **options)
    return refusal.value.message_dict


@pytest.mark.both_databases
def test_synonym_that_proves_itself_is_kept_with_its_history(
    ministry: Agency, editor: User
) -> None:
    synonym = store_synonym(synonym=written(ministry), by=editor)

    assert (synonym.rank_without, synonym.rank_with) == (None, 1)
    [(kind, before, after)] = changes()
    assert (kind, before, after["means"]) == ("synonym", None, "giấy phép lái xe")
    assert EditorsChange.objects.get().by == editor
    assert AuditEntry.objects.filter(action="synonym.stored", agency_code="G15").count() == 1


def test_synonym_takes_effect_at_once(ministry: Agency, editor: User) -> None:
    assert search_procedures("bằng lụa").total == 0

    store_synonym(synonym=written(ministry), by=editor)

    assert [item.code for item in search_procedures("bang lua").items] == [LICENCE]


def test_change_keeps_what_it_was_before(ministry: Agency, editor: User) -> None:
    synonym = store_synonym(synonym=written(ministry), by=editor)
    synonym.means = "đổi giấy phép lái xe"

    store_synonym(synonym=synonym, by=editor)

    _first, (_kind, before, after) = changes()
    assert (before["means"], after["means"]) == ("giấy phép lái xe", "đổi giấy phép lái xe")


def test_change_is_tried_against_the_words_without_it(ministry: Agency, editor: User) -> None:
    synonym = store_synonym(synonym=written(ministry), by=editor)

    again = store_synonym(synonym=synonym, by=editor)

    assert (again.rank_without, again.rank_with) == (None, 1)


def test_entry_that_changes_nothing_is_refused_with_both_places(
    ministry: Agency, editor: User
) -> None:
    told = refused(written(ministry, query="đổi giấy phép lái xe"), editor)

    assert told == {
        "query": [
            "Không có mục này: vị trí 1. Có mục này: vị trí 1. Mục này không làm thay đổi kết quả"
            " của truy vấn thử: hãy chọn truy vấn khác hoặc bỏ mục này."
        ]
    }
    assert not Synonym.objects.exists()


def test_entry_that_leads_elsewhere_is_refused_with_the_mend(
    ministry: Agency, editor: User
) -> None:
    told = refused(written(ministry, means="kết hôn"), editor)

    assert "Không có mục này: ngoài 10 kết quả đầu." in told["query"][0]
    assert "phải nằm trong 3 kết quả đầu" in told["query"][0]


def test_unproven_entry_is_stored_by_an_editor_who_insists(ministry: Agency, editor: User) -> None:
    synonym = written(ministry, means="kết hôn")

    store_synonym(synonym=synonym, by=editor, unproven=True)

    assert (synonym.rank_without, synonym.rank_with) == (None, None)


def test_second_entry_of_the_same_words_is_refused(ministry: Agency, editor: User) -> None:
    store_synonym(synonym=written(ministry), by=editor)

    told = refused(written(ministry, says="BẰNG  LỤA"), editor)

    assert "Bộ Tư pháp" in told["says"][0]


def test_words_may_be_said_again_after_the_end(ministry: Agency, editor: User) -> None:
    today = clock.today()
    make_synonym(ministry, by=editor, says="bằng lụa", valid_from="2020-01-01", valid_to=today)

    assert store_synonym(synonym=written(ministry), by=editor).pk


@pytest.mark.parametrize(
    ("field", "value"), [("says", "…"), ("means", "giấy phép lái xe\n…"), ("means", "Bang  lua")]
)
def test_words_that_cannot_be_matched_are_refused(
    ministry: Agency, editor: User, field: str, value: str
) -> None:
    assert list(refused(written(ministry, **{field: value}), editor)) == [field]


def test_t9_editor_writes_for_no_other_agency(ministry: Agency, editor: User) -> None:
    with pytest.raises(PermissionDenied):
        store_synonym(synonym=written(make_ministry("G16", "Bộ Khác")), by=editor)


def test_t9_editor_takes_no_entry_of_another_agency(ministry: Agency, editor: User) -> None:
    foreign = make_synonym(make_ministry("G16", "Bộ Khác"))
    foreign.agency = ministry

    with pytest.raises(PermissionDenied):
        store_synonym(synonym=foreign, by=editor)


def test_entry_without_meaning_switches_off_what_the_product_says(
    ministry: Agency, editor: User
) -> None:
    shipped = {"says": "GPLX", "means": "", "query": "gplx", "finds": "1.000009"}
    before = search_procedures("gplx").total

    store_synonym(synonym=written(ministry, **shipped), by=editor, unproven=True)

    assert (before, search_procedures("gplx").total) == (1, 0)


def test_broken_index_lets_the_editor_insist(
    ministry: Agency, editor: User, search_dir, settings
) -> None:
    settings.SEARCH_DIR = search_dir / "none"

    assert "query" in refused(written(ministry), editor)
    assert store_synonym(synonym=written(ministry), by=editor, unproven=True).pk
