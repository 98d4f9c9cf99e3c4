import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue import clock
from catalogue.enums import DecisionAction, Role
from catalogue.models import Procedure, ProcedureVersion
from catalogue.services.decisions import publishing_agency
from catalogue.services.procedures import agency_page, write_procedure
from factories.catalogue import make_decision, make_member, make_version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.frozen(datetime(2026, 5, 1, 9, tzinfo=clock.LOCAL_TZ)):
        yield


def amend(version: ProcedureVersion, month: int, **changes: Any) -> None:
    procedure = Procedure.objects.get(pk=version.procedure_id)
    agency = publishing_agency(procedure)
    editor = make_member(Role.MINISTRY_EDITOR, agency)
    page = write_procedure(
        document=version.document | changes, parent=agency_page(agency), procedure=procedure
    )
    page.save_revision(user=editor, clean=False)
    make_decision(
        (Procedure.objects.get(pk=procedure.pk), DecisionAction.AMEND, date(2026, month, 1)),
        agency=agency,
        editor=editor,
        approver=make_member(Role.MINISTRY_APPROVER, agency),
        number=f"{month}/QĐ-THỬ",
    )


@pytest.fixture
def version() -> ProcedureVersion:
    return make_version(begins=date(2026, 2, 1))


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_history_tells_days_decisions_and_acts(client: Client, version: ProcedureVersion) -> None:
    amend(version, 8, sets=2)

    page = text_of(client, f"/thu-tuc/{version.code}/lich-su")

    for words in (
        "Lịch sử thay đổi",
        "Phiên bản 1",
        "Ban hành",
        "Từ 01/02/2026 đến trước ngày 01/08/2026",
        "Đang có hiệu lực",
        "Phiên bản 2",
        "Sửa đổi, bổ sung hoặc thay thế",
        "Từ 01/08/2026",
        "Sắp có hiệu lực",
        "8/QĐ-THỬ",
        "ký ngày 05/01/2026",
        "đưa vào danh mục ngày 01/05/2026",
        f"/thu-tuc/{version.code}?ngay=2026-08-01",
        f"/thu-tuc/{version.code}/so-sanh?tu=1&amp;den=2",
    ):
        assert words in page


def test_history_of_an_abolished_procedure_ends_with_its_abolition(
    client: Client, version: ProcedureVersion
) -> None:
    agency = publishing_agency(version.procedure)
    make_decision(
        (version.procedure, DecisionAction.ABOLISH, date(2026, 4, 1)),
        agency=agency,
        editor=make_member(Role.MINISTRY_EDITOR, agency),
        approver=make_member(Role.MINISTRY_APPROVER, agency),
        number="4/QĐ-BÃI BỎ",
    )

    page = text_of(client, f"/thu-tuc/{version.code}/lich-su")

    assert re.findall(r'timeline__title">([^<]*)<', page) == ["Bãi bỏ", "Phiên bản 1 – Ban hành"]
    assert "4/QĐ-BÃI BỎ" in page
    assert "Đang có hiệu lực" not in page


def test_history_of_a_single_version_offers_no_comparison(
    client: Client, version: ProcedureVersion
) -> None:
    assert "so-sanh" not in text_of(client, f"/thu-tuc/{version.code}/lich-su")


@pytest.mark.parametrize("acts", [1, 3])
def test_history_takes_as_many_queries_for_any_number_of_acts(
    client: Client, version: ProcedureVersion, acts: int
) -> None:
    for month in range(acts):
        amend(version, 8 + month, sets=month)

    with CaptureQueriesContext(connection) as queries:
        client.get(f"/thu-tuc/{version.code}/lich-su")

    asked = [query["sql"] for query in queries if "catalogue_" in query["sql"]]
    assert len(asked) <= 3


def test_comparison_tells_texts_times_and_lists(client: Client, version: ProcedureVersion) -> None:
    channels = version.document["channels"]
    limit = channels[0]["time_limits"][0] | {"value": 5}
    first = channels[0] | {"time_limits": [limit, *channels[0]["time_limits"][1:]]}
    amend(
        version,
        8,
        name="Đăng ký nuôi ong trong công viên",
        channels=[first, *channels[1:]],
        applicants=["Công dân Việt Nam"],
    )

    page = text_of(client, f"/thu-tuc/{version.code}/so-sanh?tu=1&den=2")

    added, removed = (
        re.findall(rf"<{tag}[^>]*>(?:<span[^>]*>[^<]*</span>)(.*?)<span", page)
        for tag in ("ins", "del")
    )
    assert added == ["công viên", "5 ngày làm việc"]
    assert removed == ["vườn cây công cộng", "3 ngày làm việc", "Hợp tác xã"]
    assert "thêm: " in page
    assert "bỏ: " in page
    assert "Thời hạn (trực tiếp)" in page


def test_comparison_without_numbers_shows_what_changed_last(
    client: Client, version: ProcedureVersion
) -> None:
    amend(version, 8, sets=2)
    amend(version, 9, sets=3)

    page = text_of(client, f"/thu-tuc/{version.code}/so-sanh")

    assert "Những gì thay đổi từ phiên bản 2 sang phiên bản 3" in page


def test_comparison_of_a_version_with_itself_says_that_nothing_differs(
    client: Client, version: ProcedureVersion
) -> None:
    amend(version, 8, sets=2)

    page = text_of(client, f"/thu-tuc/{version.code}/so-sanh?tu=2&den=2")

    assert "hai bản có nội dung như nhau" in page


def test_comparison_of_a_single_version_says_so(client: Client, version: ProcedureVersion) -> None:
    page = text_of(client, f"/thu-tuc/{version.code}/so-sanh")

    assert "mới có một phiên bản" in page


@pytest.mark.parametrize(
    "query",
    ["tu=0", "tu=-1", "den=9", "tu=một", "tu=1%00", "den=٢", "tu=1e3", "den=99999999999999999999"],
)
def test_comparison_with_a_wrong_number_is_not_found(
    client: Client, version: ProcedureVersion, query: str
) -> None:
    assert client.get(f"/thu-tuc/{version.code}/so-sanh?{query}").status_code == 404


@pytest.mark.parametrize("page", ["lich-su", "so-sanh"])
@pytest.mark.parametrize("code", ["9.999999", "x", "1%00"])
def test_unknown_procedure_has_no_history_page(client: Client, page: str, code: str) -> None:
    assert client.get(f"/thu-tuc/{code}/{page}").status_code == 404


def test_f12_template_syntax_in_a_changed_text_is_shown_as_it_is(
    client: Client, version: ProcedureVersion
) -> None:
    amend(version, 8, name="Đăng ký {{ 7*7 }} <script>alert(1)</script>")

    page = text_of(client, f"/thu-tuc/{version.code}/so-sanh?tu=1&den=2")

    assert "{{ 7*7 }} &lt;script&gt;" in page
    assert "<script>alert" not in page


def test_page_leads_to_its_history(client: Client, version: ProcedureVersion) -> None:
    page = text_of(client, f"/thu-tuc/{version.code}")

    assert f'href="/thu-tuc/{version.code}/lich-su"' in page


def test_pages_in_english_have_english_words(client: Client, version: ProcedureVersion) -> None:
    amend(version, 8, sets=2)

    page = text_of(client, f"/en/thu-tuc/{version.code}/so-sanh?tu=1&den=2")

    assert "Sets of papers" in page
    assert "What changed from version 1 to version 2" in page
