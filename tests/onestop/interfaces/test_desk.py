from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from catalogue.clock import LOCAL_TZ, frozen
from catalogue.enums import Role
from catalogue.models import Agency
from factories.catalogue import make_agency, make_user
from factories.onestop import (
    make_dossier,
    make_officer,
    make_received_dossier,
    make_version,
)
from factories.search import make_channel
from onestop.enums import DossierState
from onestop.models import DossierCounter

pytestmark = pytest.mark.usefixtures("rules")

TUESDAY = datetime(2026, 6, 9, 9, 30, tzinfo=LOCAL_TZ)


@pytest.fixture
def agency(rules: None) -> Agency:
    return make_agency("H18.90", name="Ủy ban nhân dân phường Mường Lay")


@pytest.fixture
def officer(agency: Agency) -> Any:
    return make_officer(agency)


@pytest.fixture
def desk(client: Client, officer: Any) -> Client:
    client.force_login(officer)
    return client


def shown(response: Any) -> list[str]:
    return [str(dossier) for dossier, _urgency in response.context["rows"]]


def test_desk_asks_a_stranger_to_log_in(client: Client) -> None:
    response = client.get("/mot-cua/")

    assert response.status_code == 302
    assert response["Location"].endswith("?next=/mot-cua/")


def test_desk_is_closed_to_citizens(client: Client) -> None:
    client.force_login(make_user())

    assert client.get("/mot-cua/").status_code == 403


def test_desk_shows_what_waits_oldest_first(desk: Client, agency: Agency) -> None:
    newer = make_dossier(agency=agency, submitted_at=TUESDAY)
    older = make_dossier(agency=agency, submitted_at=TUESDAY - timedelta(days=1))

    response = desk.get("/mot-cua/")

    assert shown(response) == [older.submission.number, newer.submission.number]
    assert response["Cache-Control"] == "no-store, private"


def test_desk_of_a_province_shows_its_communes(client: Client, agency: Agency) -> None:
    commune = make_agency(parent=agency, level="commune")
    dossier = make_dossier(agency=commune)
    client.force_login(make_officer(agency, Role.SUPERVISOR))

    assert shown(client.get("/mot-cua/")) == [dossier.submission.number]


def test_desk_without_dossiers_says_so(desk: Client) -> None:
    response = desk.get("/mot-cua/")

    assert shown(response) == []
    assert "Không có hồ sơ nào chờ tiếp nhận" in response.content.decode()


def test_desk_counts_each_pile(desk: Client, agency: Agency, officer: Any) -> None:
    make_dossier(agency=agency)
    with frozen(TUESDAY):
        make_received_dossier(agency=agency, by=officer)
        make_received_dossier(
            agency=agency, by=officer, version=make_version(limit={"state": "same_day"})
        )

    with frozen(TUESDAY + timedelta(hours=1)):
        today = desk.get("/mot-cua/")
    with frozen(TUESDAY + timedelta(days=1)):
        tomorrow = desk.get("/mot-cua/")

    assert [lane.count for lane in today.context["lanes"]] == [1, 2, 1, 0]
    assert [lane.count for lane in tomorrow.context["lanes"]] == [1, 2, 0, 1]


def test_desk_pile_of_overdue_dossiers(desk: Client, agency: Agency, officer: Any) -> None:
    with frozen(TUESDAY):
        late = make_received_dossier(agency=agency, by=officer)
    make_received_dossier(agency=agency, by=officer)

    response = desk.get("/mot-cua/?muc=overdue")

    assert shown(response) == [late.code]
    assert "tag--bad" in response.content.decode()


# N1
@pytest.mark.parametrize("typed", ["uong", "LÒ VĂN ươ", "Ương", " van  ", "lo\x00 van uong"])
def test_desk_finds_a_name_in_any_spelling(desk: Client, agency: Agency, typed: str) -> None:
    wanted = make_dossier(agency=agency, name="Lò Văn Ương")
    make_dossier(agency=agency, name="Giàng A Páo")

    response = desk.get("/mot-cua/", {"q": typed})

    assert shown(response) == [wanted.submission.number]


def test_desk_finds_a_code(desk: Client, agency: Agency, officer: Any) -> None:
    dossier = make_received_dossier(agency=agency, by=officer)
    make_received_dossier(agency=agency, by=officer)

    response = desk.get("/mot-cua/", {"muc": "received", "q": dossier.code.lower()})

    assert shown(response) == [dossier.code]


def test_desk_shows_twenty_at_a_time(desk: Client, agency: Agency) -> None:
    version = make_version()
    for _number in range(21):
        make_dossier(agency=agency, version=version)

    assert len(shown(desk.get("/mot-cua/"))) == 20
    assert len(shown(desk.get("/mot-cua/?page=2"))) == 1


def test_desk_takes_as_many_queries_for_three_as_for_one(
    desk: Client, agency: Agency, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    version = make_version()
    make_dossier(agency=agency, version=version)
    with CaptureQueriesContext(
        connection,
    ) as one:
        desk.get("/mot-cua/")
    for _number in range(2):
        make_dossier(agency=agency, version=version)

    with django_assert_num_queries(len(one)):
        desk.get("/mot-cua/")


def test_dossier_page_shows_answers_files_and_history(desk: Client, agency: Agency) -> None:
    dossier = make_dossier(agency=agency, name="Lò Văn Ương", file_name="giay-chung-sinh.pdf")

    html = desk.get(f"/mot-cua/{dossier.pk}").content.decode()

    assert "Lò Văn Ương" in html
    assert "ung@example.vn" in html
    assert html.count("giay-chung-sinh.pdf") == 1
    assert "Nộp trực tuyến" in html
    assert "Tiếp nhận hồ sơ" in html


def test_dossier_page_previews_the_due_date(desk: Client, agency: Agency) -> None:
    dossier = make_dossier(agency=agency)

    with frozen(datetime(2026, 6, 11, 8, 0, tzinfo=LOCAL_TZ)):
        html = desk.get(f"/mot-cua/{dossier.pk}").content.decode()

    assert "17:00, 16/06/2026" in html
    assert "13/06/2026: không tính, ngày nghỉ cuối tuần" in html


def test_dossier_page_without_the_right_to_receive_has_no_button(
    client: Client, agency: Agency
) -> None:
    dossier = make_dossier(agency=agency)
    client.force_login(make_officer(agency, Role.APPRAISER))

    page = client.get(f"/mot-cua/{dossier.pk}")
    attempt = client.post(f"/mot-cua/{dossier.pk}/tiep-nhan")

    assert page.context["form"] is None
    assert attempt.status_code == 403


def test_receive_button_gives_the_code(desk: Client, agency: Agency) -> None:
    dossier = make_dossier(agency=agency)

    with frozen(TUESDAY):
        response = desk.post(f"/mot-cua/{dossier.pk}/tiep-nhan", follow=True)

    assert response.redirect_chain == [(f"/mot-cua/{dossier.pk}", 302)]
    assert "Mã hồ sơ là H18.90-260609-0001." in response.content.decode()


def test_receive_button_needs_a_post(desk: Client, agency: Agency) -> None:
    dossier = make_dossier(agency=agency)

    assert desk.get(f"/mot-cua/{dossier.pk}/tiep-nhan").status_code == 405


def test_receive_button_pressed_twice_says_so(desk: Client, agency: Agency, officer: Any) -> None:
    dossier = make_received_dossier(agency=agency, by=officer)

    response = desk.post(f"/mot-cua/{dossier.pk}/tiep-nhan", follow=True)

    assert "Hồ sơ này đã được tiếp nhận trước đó." in response.content.decode()


def test_receive_without_a_day_where_it_is_needed(desk: Client, agency: Agency) -> None:
    dossier = make_dossier(agency=agency, version=make_version(limit={"unit": None}))

    response = desk.post(f"/mot-cua/{dossier.pk}/tiep-nhan", {"due": ""})

    dossier.refresh_from_db()
    html = response.content.decode()
    assert response.status_code == 200
    assert dossier.state == DossierState.SUBMITTED
    assert "<title>Lỗi:" in html
    assert "Hãy ghi ngày trả kết quả." in html


def test_receive_with_the_officers_own_day(desk: Client, agency: Agency) -> None:
    dossier = make_dossier(agency=agency, version=make_version(limit={"unit": None}))

    with frozen(TUESDAY):
        desk.post(f"/mot-cua/{dossier.pk}/tiep-nhan", {"due": "2026-06-19"})

    dossier.refresh_from_db()
    assert (str(dossier.due_on), dossier.due_stated) == ("2026-06-19", True)


def test_receive_with_a_day_off_keeps_what_was_typed(desk: Client, agency: Agency) -> None:
    dossier = make_dossier(agency=agency, version=make_version(limit={"unit": None}))

    with frozen(TUESDAY):
        response = desk.post(f"/mot-cua/{dossier.pk}/tiep-nhan", {"due": "2026-06-13"})

    html = response.content.decode()
    assert "2026-06-13" in html
    assert "Hãy chọn một ngày làm việc từ hôm nay" in html


def test_receive_with_one_of_several_limits(desk: Client, agency: Agency) -> None:
    channel = make_channel("online")
    channel["time_limits"].append(channel["time_limits"][0] | {"key": "t2", "value": 10})
    dossier = make_dossier(agency=agency, version=make_version(channels=[channel]))

    with frozen(TUESDAY):
        unchosen = desk.post(f"/mot-cua/{dossier.pk}/tiep-nhan", {})
        desk.post(f"/mot-cua/{dossier.pk}/tiep-nhan", {"limit": "t2"})

    dossier.refresh_from_db()
    assert "Hãy chọn thời hạn áp dụng cho hồ sơ này." in unchosen.content.decode()
    assert str(dossier.due_on) == "2026-06-23"


# R26
def test_receive_the_ten_thousandth_dossier_of_a_day(
    desk: Client, agency: Agency, officer: Any
) -> None:
    make_received_dossier(agency=agency, by=officer)
    DossierCounter.objects.update(last=9_999)
    dossier = make_dossier(agency=agency)

    response = desk.post(f"/mot-cua/{dossier.pk}/tiep-nhan", follow=True)

    assert "đã dùng hết mã hồ sơ của hôm nay" in response.content.decode()


def test_receipt_is_an_a5_pdf_without_code_in_its_name(
    desk: Client, agency: Agency, officer: Any
) -> None:
    dossier = make_received_dossier(agency=agency, by=officer, file_name="giay.pdf")

    response = desk.get(f"/mot-cua/{dossier.pk}/mau-01.pdf")

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="mau-01.pdf"'
    assert response.content.startswith(b"%PDF-")


def test_receipt_of_a_dossier_that_waits_is_not_found(desk: Client, agency: Agency) -> None:
    dossier = make_dossier(agency=agency)

    assert desk.get(f"/mot-cua/{dossier.pk}/mau-01.pdf").status_code == 404


def test_attachment_is_a_download(desk: Client, agency: Agency) -> None:
    dossier = make_dossier(agency=agency, file_name="giay.html")
    file = dossier.submission.draft.attachments.get()

    response = desk.get(f"/mot-cua/{dossier.pk}/tep/{file.pk}")

    assert response["Content-Disposition"] == 'attachment; filename="giay.html"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content) == b"%PDF-1.7 specimen"
    response.close()


def test_attachment_that_the_scan_refused_is_not_found(desk: Client, agency: Agency) -> None:
    dossier = make_dossier(agency=agency, file_name="giay.pdf")
    file = dossier.submission.draft.attachments.get()
    file.scan_state = "refused"
    file.save()

    assert desk.get(f"/mot-cua/{dossier.pk}/tep/{file.pk}").status_code == 404


def test_attachment_of_another_dossier_is_not_found(desk: Client, agency: Agency) -> None:
    dossier = make_dossier(agency=agency)
    other = make_dossier(agency=agency, file_name="giay.pdf")
    file = other.submission.draft.attachments.get()

    assert desk.get(f"/mot-cua/{dossier.pk}/tep/{file.pk}").status_code == 404
