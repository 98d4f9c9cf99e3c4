from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ReferenceIndex

from catalogue.documents import compile_document
from catalogue.enums import Role
from catalogue.models import Agency, LegalAct, Procedure
from catalogue.models.legal_act import act_identity
from catalogue.selectors.legal_acts import with_uses
from catalogue.services.legal_acts import keep_acts, store_act
from factories.catalogue import (
    make_legal_act,
    make_member,
    make_ministry,
    make_procedure,
)

pytestmark = pytest.mark.django_db


def basis(number: str, **words: Any) -> dict[str, Any]:
    return {"key": "l1", "number": number, "title": "", "issued_on": None, "agency": None} | words


def acts_of(count: int) -> list[dict[str, Any]]:
    return [basis(f"{n}/2026/TT", title="Thông tư") | {"key": f"l{n}"} for n in range(count)]


@pytest.fixture
def ministry() -> Agency:
    return make_ministry()


@pytest.mark.both_databases
def test_acts_are_kept_once_whoever_names_them(ministry: Agency) -> None:
    first = keep_acts([basis("61/2018/NĐ-CP"), basis("61/2018/NĐ-CP")], agency=ministry)
    again = keep_acts([basis("61/2018/NĐ-CP"), basis("1/2020/TT")], agency=make_ministry("G01"))

    identity = act_identity("61/2018/NĐ-CP", "", None, None)
    assert again[identity] == first[identity]
    assert LegalAct.objects.get(number="61/2018/NĐ-CP").agency == ministry
    assert LegalAct.objects.count() == len(again) == 2


@pytest.mark.both_databases
def test_acts_of_other_words_are_other_entries(ministry: Agency) -> None:
    entries = [
        basis("1/2020"),
        basis("1/2020", title="Luật"),
        basis("1/2020", issued_on="2020-01-01"),
        basis("1/2020", agency="Quốc hội"),
    ]

    kept = keep_acts(entries, agency=ministry)

    assert len(set(kept.values())) == 4


@pytest.mark.both_databases
@pytest.mark.parametrize("count", [1, 300])
def test_acts_are_kept_in_few_queries(
    ministry: Agency,
    count: int,
    django_assert_num_queries: Any,
    django_assert_max_num_queries: Any,
) -> None:
    entries = acts_of(count)

    # SQLite takes some hundred rows at once.
    with django_assert_max_num_queries(5):
        keep_acts(entries, agency=ministry)
    with django_assert_num_queries(1):
        keep_acts(entries, agency=ministry)


@pytest.mark.parametrize("count", [1, 3])
def test_acts_of_a_page_are_read_in_one_query(
    ministry: Agency, count: int, django_assert_num_queries: Any
) -> None:
    page = make_procedure(ministry, legal_bases=acts_of(count))
    revision = Procedure.objects.select_related("field").get(pk=page.pk)

    with django_assert_num_queries(1):
        document = compile_document(revision, ministry)

    assert [act["number"] for act in document["legal_bases"]] == [
        f"{n}/2026/TT" for n in range(count)
    ]


@pytest.mark.both_databases
def test_act_tells_how_many_procedures_name_it(ministry: Agency) -> None:
    unused = make_legal_act("9/2026/TT", agency=ministry)
    pages = [make_procedure(ministry, legal_bases=acts_of(1)) for _page in range(2)]
    for page in pages:
        ReferenceIndex.create_or_update_for_object(Procedure.objects.get(pk=page.pk))

    uses = dict(with_uses(LegalAct.objects.all()).values_list("number", "uses"))

    assert uses == {"0/2026/TT": 2, unused.number: 0}


def test_t3_act_is_stored_only_by_editors_of_the_agency_that_keeps_it(ministry: Agency) -> None:
    act = make_legal_act("9/2026/TT", agency=ministry)
    stranger = make_member(Role.MINISTRY_EDITOR, make_ministry("G01", "Bộ Công an"))
    act.title = "Tên khác"

    with pytest.raises(PermissionDenied):
        store_act(act=act, by=stranger)

    act.refresh_from_db()
    assert act.title == ""


def test_changed_act_changes_what_drafts_say(ministry: Agency) -> None:
    page = make_procedure(ministry, legal_bases=acts_of(1))
    act = LegalAct.objects.get()
    act.title = "Thông tư về hộ tịch"

    store_act(act=act, by=make_member(Role.MINISTRY_EDITOR, ministry))

    document = compile_document(page.get_latest_revision_as_object(), ministry)
    assert document["legal_bases"][0]["title"] == "Thông tư về hộ tịch"


def test_act_that_becomes_another_ones_words_is_refused(ministry: Agency) -> None:
    editor = make_member(Role.MINISTRY_EDITOR, ministry)
    keep_acts([basis("1/2020"), basis("1/2020", issued_on="2020-01-01")], agency=ministry)
    undated = LegalAct.objects.get(issued_on=None)
    undated.issued_on = date(2020, 1, 1)

    with pytest.raises(ValidationError):
        store_act(act=undated, by=editor)
