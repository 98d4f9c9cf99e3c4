from collections.abc import Iterator
from datetime import date, datetime

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue import clock
from catalogue.documents.lifting import LIFTS
from catalogue.enums import Level
from catalogue.models import ProcedureVersion
from catalogue.selectors.listing import rows_of
from factories.catalogue import make_agency, make_ministry, make_version

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

BEGINS = date(2026, 2, 1)
PAGES = ("/thu-tuc", "/co-quan", "/linh-vuc")
# What people and machines write into addresses: Q3 and the like.
ODD = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["\0", "-1", "0", "10" * 40, "1e9", "１", "' OR 1=1 --", "|", "%", "#", "G15"]),
)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    caches["local"].clear()
    with clock.frozen(datetime(2026, 5, 1, 9, tzinfo=clock.LOCAL_TZ)):
        yield


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_list_holds_what_is_in_force_in_vietnamese_order(client: Client) -> None:
    for name in ("Đăng ký kết hôn", "Thủ tục cấp hộ chiếu", "Ấn định thuế"):
        make_version(name=name, begins=BEGINS)
    make_version(name="Bãi bỏ sau này", begins=date(2026, 9, 1))

    shown = text_of(client, "/thu-tuc")

    names = ("Ấn định thuế", "Thủ tục cấp hộ chiếu", "Đăng ký kết hôn")
    places = [shown.index(name) for name in names]
    assert places == sorted(places)
    assert "Bãi bỏ sau này" not in shown


def test_list_shows_the_upcoming_with_the_day_when_asked(client: Client) -> None:
    version = make_version(begins=date(2026, 9, 1))

    shown = text_of(client, "/thu-tuc?tinh-trang=sap-hieu-luc")

    assert f"/thu-tuc/{version.code}?ngay=2026-09-01" in shown
    assert "01/09/2026" in shown


def test_list_shows_the_abolished_when_asked(client: Client) -> None:
    version = make_version(begins=BEGINS)
    ProcedureVersion.objects.update(valid_to=date(2026, 4, 1))

    assert version.code not in text_of(client, "/thu-tuc")
    assert version.code in text_of(client, "/thu-tuc?tinh-trang=het-hieu-luc")


def test_version_that_another_one_followed_is_not_abolished(client: Client) -> None:
    version = make_version(begins=BEGINS)
    end = date(2026, 4, 1)
    ProcedureVersion.objects.update(valid_to=end)
    values = {
        field.attname: getattr(version, field.attname)
        for field in ProcedureVersion._meta.concrete_fields
        if field.attname not in ("id", "decision_item_id")
    }
    item = version.decision_item
    item.pk, item.decision = None, make_version().decision_item.decision
    item.save()
    ProcedureVersion.objects.create(
        **values | {"number": 2, "valid_from": end, "valid_to": None}, decision_item=item
    )

    assert version.code not in text_of(client, "/thu-tuc?tinh-trang=het-hieu-luc")


@pytest.mark.parametrize(
    "narrowed", ["agency=G15", "level=commune", "audience=person", "letter=Đ", "field={field}"]
)
def test_list_is_narrowed(client: Client, narrowed: str) -> None:
    version = make_version(
        make_ministry("G15"),
        name="Đăng ký kết hôn",
        levels=["commune"],
        audiences=["person"],
        field={"code": None, "name": "Hộ tịch"},
        begins=BEGINS,
    )
    other = make_version(
        name="Cấp phép",
        levels=["ministry"],
        audiences=["organisation"],
        field={"code": None, "name": "Thuế"},
        begins=BEGINS,
    )

    shown = text_of(client, f"/thu-tuc?{narrowed.format(field=version.field_id)}")

    assert version.code in shown
    assert other.code not in shown


def test_field_of_a_list_counts_what_it_leads_to(client: Client) -> None:
    for name in ("Cấp một", "Cấp hai", "Đổi ba"):
        make_version(name=name, begins=BEGINS)

    narrowed = client.get("/thu-tuc?letter=C").context

    assert narrowed["total"] == 2
    assert [(option.label, option.count) for option in narrowed["letters"]] == [("C", 2), ("Đ", 1)]


def test_page_behind_the_last_shows_the_last(client: Client) -> None:
    version = make_version(begins=BEGINS)

    assert version.code in text_of(client, "/thu-tuc?page=99999")


def test_unknown_value_is_left_out_and_told(client: Client) -> None:
    version = make_version(begins=BEGINS)

    shown = text_of(client, "/thu-tuc?agency=KHONG-CO&tinh-trang=nao")

    assert version.code in shown
    assert "notice--warning" in shown


@pytest.mark.parametrize("address", [*PAGES, "/thu-tuc?tinh-trang=het-hieu-luc"])
def test_empty_list_says_what_to_do_next(client: Client, address: str) -> None:
    shown = text_of(client, address)

    assert 'class="empty"' in shown
    assert 'class="button" href="/' in shown


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    address=st.sampled_from([*PAGES, "/thay-doi.atom", "/du-lieu-mo", "/du-lieu-mo/thu-tuc.csv"]),
    asked=st.dictionaries(
        st.sampled_from(
            ["agency", "field", "level", "audience", "letter", "tinh-trang", "page", "x"]
        ),
        ODD,
        max_size=4,
    ),
)
def test_q3_any_address_of_a_list_is_answered(
    client: Client, address: str, asked: dict[str, str]
) -> None:
    # The whole file is not prepared here.
    answers = (200, 404, 503) if address.endswith(".csv") else (200, 404)

    assert client.get(address, asked).status_code in answers


@pytest.mark.parametrize("code", ["%00", "x" * 5000, "a b", "..", "KHONG-CO"])
@pytest.mark.parametrize("place", ["co-quan", "linh-vuc"])
def test_q3_unknown_place_is_not_found(client: Client, place: str, code: str) -> None:
    assert client.get(f"/{place}/{code}").status_code == 404


def test_agencies_stand_under_those_above_them(client: Client) -> None:
    above = make_agency("G99", name="Bộ Trên", level=Level.MINISTRY)
    below = make_agency("G99.1", name="Cục Dưới", parent=above, level=Level.MINISTRY)
    make_version(below, begins=BEGINS)

    branches = client.get("/co-quan").context["branches"]

    assert [branch.agency for branch in branches] == [above]
    assert [(one.agency, one.procedures) for one in branches[0].branches] == [(below, 1)]


def test_agency_tells_its_fields_and_decisions(client: Client) -> None:
    ministry = make_ministry()
    version = make_version(ministry, begins=BEGINS)

    facts = client.get("/co-quan/G15").context["facts"]

    assert [(one.field.pk, one.procedures) for one in facts.fields] == [(version.field_id, 1)]
    assert [one.number for one in facts.decisions] == [version.decision_item.decision.number]


def test_agency_without_procedures_leads_on(client: Client) -> None:
    make_agency("H99", name="UBND tỉnh")

    assert 'href="/thu-tuc"' in text_of(client, "/co-quan/H99")


def test_field_lists_agencies_and_procedures(client: Client) -> None:
    version = make_version(begins=BEGINS)

    context = client.get(f"/linh-vuc/{version.field_id}").context

    assert [(agency.pk, count) for agency, count in context["agencies"]] == [(version.agency_id, 1)]
    assert [row.version.code for row in context["rows"]] == [version.code]


@pytest.mark.parametrize("address", ["/thu-tuc", "/co-quan", "/linh-vuc"])
def test_list_asks_the_database_as_often_for_one_as_for_three(client: Client, address: str) -> None:
    numbers = []
    for more in (1, 2):
        for _ in range(more):
            make_version(begins=BEGINS)
        caches["local"].clear()
        with CaptureQueriesContext(connection) as queries:
            text_of(client, address)
        # How old the kept pages are is asked beside.
        own = [query for query in queries if "catalogue_change" not in query["sql"]]
        numbers.append(len(own))

    assert numbers[0] == numbers[1] <= 6


def test_pages_of_a_list_are_kept_until_the_catalogue_changes(client: Client) -> None:
    make_version(begins=BEGINS)
    etag = client.get("/thu-tuc")["ETag"]

    same = client.get("/thu-tuc", headers={"if-none-match": etag})
    make_version(begins=BEGINS)
    changed = client.get("/thu-tuc", headers={"if-none-match": etag})

    assert (same.status_code, changed.status_code) == (304, 200)


def test_vietnamese_names_are_marked_on_english_pages(client: Client) -> None:
    ministry = make_ministry("G15", "Bộ Tư pháp")
    for name in ("Hộ tịch", "Đất đai"):
        version = make_version(ministry, begins=BEGINS, field={"code": None, "name": name})
    make_version(make_ministry("G01", "Bộ Công an"), begins=BEGINS)

    listed = text_of(client, "/en/thu-tuc?agency=G15")
    agency = text_of(client, "/en/co-quan/G15")
    field = text_of(client, f"/en/linh-vuc/{version.field.address_key}")
    procedure = text_of(client, f"/en/thu-tuc/{version.code}")

    assert '<span lang="vi">Hộ tịch</span> <span class="count">' in listed
    assert '<span lang="vi">Bộ Tư pháp</span> <span aria-hidden="true">×' in listed
    assert '<li aria-current="page" lang="vi">Bộ Tư pháp</li>' in agency
    assert '<li aria-current="page" lang="vi">Đất đai</li>' in field
    place = version.document["agencies"]["implementing"][0]
    assert f'<span lang="vi">{place}</span>' in procedure


def test_row_of_an_older_document_tells_its_channels_as_of_today(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = make_version(begins=BEGINS)
    older = {**version.document, "schema": 0, "ways": version.document["channels"]}
    del older["channels"]
    ProcedureVersion.objects.update(schema_number=0, document=older)
    monkeypatch.setitem(LIFTS, 0, lambda told: {**told, "channels": told["ways"]})

    [row] = rows_of(ProcedureVersion.objects.all(), 0, 1)

    assert row.channels == version.document["channels"]
