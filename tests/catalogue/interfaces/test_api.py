import hashlib
from datetime import date, datetime
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from catalogue import clock
from catalogue.enums import DecisionAction, Role
from catalogue.models import ProcedureVersion
from factories.catalogue import make_decision, make_member, make_ministry, make_version

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

BEGINS = date(2026, 2, 1)
LISTS = ("procedures", "agencies", "fields", "changes", "procedures/1.000001/versions")
PARAMETERS = ("cursor", "limit", "agency", "field", "level", "updated_since", "on", "after")
ODD = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["\0", "-1", "10" * 40, "9999-12-31", "0001-01-01", "9999-12-31T23:59:59-12:00", "1e400"]
    ),
)


@pytest.fixture(autouse=True)
def _today() -> Any:
    caches["local"].clear()
    with clock.frozen(datetime(2026, 5, 1, 9, tzinfo=clock.LOCAL_TZ)):
        yield


def read(client: Client, address: str, **asked: Any) -> Any:
    response = client.get(f"/api/v1/{address}", asked)
    assert response.status_code == 200, response.content
    return response.json()


def codes(client: Client, **asked: Any) -> list[str]:
    return [item["code"] for item in read(client, "procedures", **asked)["items"]]


def test_document_is_the_canonical_one_under_its_hash(client: Client) -> None:
    version = make_version(begins=BEGINS)

    response = client.get(f"/api/v1/procedures/{version.code}")

    assert response.json() == version.document
    assert response["ETag"] == f'"{version.sha256}"'
    assert hashlib.sha256(response.content).hexdigest() == version.sha256


def test_document_known_already_is_not_sent_again(client: Client) -> None:
    version = make_version(begins=BEGINS)

    response = client.get(
        f"/api/v1/procedures/{version.code}", headers={"if-none-match": f'"{version.sha256}"'}
    )

    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize(
    ("day", "status"),
    [("2026-01-31", 404), ("2026-02-01", 200), ("2099-01-01", 200), ("0001-01-01", 404)],
)
def test_document_is_told_of_the_day_asked_for(client: Client, day: str, status: int) -> None:
    version = make_version(begins=BEGINS)

    assert client.get(f"/api/v1/procedures/{version.code}?on={day}").status_code == status


def test_document_of_an_ended_procedure_is_not_found(client: Client) -> None:
    version = make_version(begins=BEGINS)
    ProcedureVersion.objects.update(valid_to=date(2026, 4, 1))

    assert client.get(f"/api/v1/procedures/{version.code}").status_code == 404


@pytest.mark.parametrize("code", ["1.999999", "%00", "a b"])
@pytest.mark.parametrize("part", ["", "/versions"])
def test_d4_unknown_code_is_answered_in_json(client: Client, code: str, part: str) -> None:
    response = client.get(f"/api/v1/procedures/{code}{part}")

    assert response.status_code == 404
    assert set(response.json()) == {"detail"}


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("procedures/1.000001?on=mai", "on"),
        ("procedures?limit=1000", "limit"),
        ("procedures?level=quan", "level"),
        ("procedures?agency=KHONG", "agency"),
        ("procedures?field=%00", "field"),
        ("procedures?updated_since=9999-12-31T23:59:59-12:00", "updated_since"),
        ("procedures?updated_since=0001-01-01", "updated_since"),
        ("changes?after=-1", "after"),
    ],
)
def test_q3_refusal_names_the_place(client: Client, address: str, place: str) -> None:
    make_version(begins=BEGINS)

    response = client.get(f"/api/v1/{address}")

    assert response.status_code == 422
    assert place in response.json()["detail"][0]["loc"]


def test_item_of_a_list_has_the_published_shape(client: Client) -> None:
    version = make_version(make_ministry(), begins=BEGINS)

    (item,) = read(client, "procedures")["items"]

    assert item == {
        "code": version.code,
        "name": version.name,
        "levels": version.document["levels"],
        "audiences": version.document["audiences"],
        "agency": {"code": "G15", "name": "Bộ Tư pháp"},
        "field": {"code": None, "name": version.field.name},
        "version": 1,
        "valid_from": "2026-02-01",
        "valid_to": None,
        "sha256": version.sha256,
        "url": f"http://127.0.0.1:8000/thu-tuc/{version.code}",
    }


def test_list_is_read_to_its_end_by_the_cursor(client: Client) -> None:
    expected = sorted(make_version(begins=BEGINS).code for _ in range(5))
    make_version(begins=date(2026, 9, 1))

    pages: list[list[str]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = read(client, "procedures", cursor=cursor, limit=2)
        pages.append([item["code"] for item in page["items"]])
        cursor = page["next"]

    assert pages == [expected[:2], expected[2:4], expected[4:]]


def test_list_is_narrowed(client: Client) -> None:
    one = make_version(make_ministry(), levels=["commune"], audiences=["person"], begins=BEGINS)
    make_version(
        levels=["ministry"],
        audiences=["organisation"],
        field={"code": None, "name": "Thuế"},
        begins=BEGINS,
    )

    for asked in (
        {"agency": "G15"},
        {"level": "commune"},
        {"audience": "person"},
        {"field": one.field_id},
    ):
        assert codes(client, **asked) == [one.code]


def test_list_of_another_day_holds_what_was_in_force_then(client: Client) -> None:
    now = make_version(begins=BEGINS)
    later = make_version(begins=date(2026, 9, 1))

    assert codes(client, on="2026-01-01") == []
    assert codes(client, on="2026-09-01") == sorted([now.code, later.code])


def test_list_since_a_moment_holds_what_changed_since(client: Client) -> None:
    make_version(begins=BEGINS)
    with clock.frozen(datetime(2026, 5, 20, 9, tzinfo=clock.LOCAL_TZ)):
        new = make_version(begins=BEGINS)

        assert codes(client, updated_since="2026-05-20") == [new.code]
        assert codes(client, updated_since="2026-05-20T02:00:00Z") == [new.code]
        assert codes(client, updated_since="2026-05-20T02:00:01Z") == []


def test_versions_of_a_procedure_tell_their_days_and_decision(client: Client) -> None:
    version = make_version(begins=BEGINS)

    answer = read(client, f"procedures/{version.code}/versions")

    decision = version.decision_item.decision
    assert answer == {
        "code": version.code,
        "items": [
            {
                "version": 1,
                "name": version.name,
                "valid_from": "2026-02-01",
                "valid_to": None,
                "decision": decision.number,
                "signed_on": decision.signed_on.isoformat(),
                "action": "issue",
                "sha256": version.sha256,
            }
        ],
    }


def test_agencies_and_fields_count_their_procedures(client: Client) -> None:
    ministry = make_ministry()
    versions = [make_version(ministry, begins=BEGINS) for _ in range(2)]

    (agency,) = read(client, "agencies")["items"]
    (field,) = read(client, "fields")["items"]

    assert (agency["code"], agency["procedures"], agency["parent"]) == ("G15", 2, None)
    assert (field["id"], field["procedures"]) == (str(versions[0].field_id), 2)


def test_changes_tell_each_act_without_a_gap(client: Client) -> None:
    ministry = make_ministry()
    version = make_version(ministry, begins=BEGINS)
    with clock.frozen(datetime(2026, 5, 2, 9, tzinfo=clock.LOCAL_TZ)):
        make_decision(
            (version.procedure, DecisionAction.ABOLISH, date(2026, 6, 1)),
            agency=ministry,
            editor=make_member(Role.MINISTRY_EDITOR, ministry),
            approver=make_member(Role.MINISTRY_APPROVER, ministry),
        )

    first = read(client, "changes", limit=1)
    second = read(client, "changes", after=first["next"])
    end = read(client, "changes", after=second["next"])

    told = [*first["items"], *second["items"]]
    assert [item["sequence"] for item in told] == [1, 2]
    assert [
        (item["code"], item["action"], item["version"], item["valid_from"]) for item in told
    ] == [
        (version.code, "issue", 1, "2026-02-01"),
        (version.code, "abolish", None, "2026-06-01"),
    ]
    assert end == {"items": [], "next": 2}


@pytest.mark.parametrize("address", LISTS[:4])
def test_list_asks_the_database_as_often_for_one_as_for_three(client: Client, address: str) -> None:
    numbers = []
    for more in (1, 2):
        for _ in range(more):
            make_version(begins=BEGINS)
        caches["local"].clear()
        with CaptureQueriesContext(connection) as queries:
            read(client, address)
        numbers.append(len(queries))

    assert numbers[0] == numbers[1]


@pytest.mark.parametrize("address", LISTS[:4])
def test_scripts_of_other_sites_may_read(client: Client, address: str) -> None:
    assert client.get(f"/api/v1/{address}")["Access-Control-Allow-Origin"] == "*"


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(address=st.sampled_from(LISTS), asked=st.dictionaries(st.sampled_from(PARAMETERS), ODD))
def test_q3_any_question_is_answered_or_refused(
    client: Client, address: str, asked: dict[str, str]
) -> None:
    assert client.get(f"/api/v1/{address}", asked).status_code in (200, 404, 422)


def test_description_is_sound_openapi(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()

    schemas = described["components"]["schemas"]
    operations = [one for path in described["paths"].values() for one in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert described["openapi"].startswith("3.1")
    assert len(names) == len(set(names))
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    assert references(described) <= {f"#/components/schemas/{name}" for name in schemas}
    for path, methods in described["paths"].items():
        for operation in methods.values():
            assert operation["summary"]
            in_path = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
            assert in_path == {part[1:-1] for part in path.split("/") if part.startswith("{")}


def references(part: Any) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*(references(value) for value in part.values()))
    return set().union(*map(references, part)) if isinstance(part, list) else set()


@pytest.mark.parametrize("address", ["procedures", "agencies", "fields", "changes"])
def test_answer_keeps_its_description(client: Client, address: str) -> None:
    make_version(begins=BEGINS)
    described = client.get("/api/v1/openapi.json").json()
    answered = described["paths"][f"/api/v1/{address}"]["get"]["responses"]["200"]["content"]

    schema = answered["application/json"]["schema"] | {"components": described["components"]}

    Draft202012Validator(schema).validate(read(client, address))


def test_day_alone_counts_no_list(client: Client) -> None:
    make_version(begins=BEGINS)

    with CaptureQueriesContext(connection) as queries:
        read(client, "procedures", on="2026-03-01")

    assert [query["sql"] for query in queries if "GROUP BY" in query["sql"]] == []


def test_lists_of_other_days_take_no_place_in_memory(client: Client) -> None:
    make_version(make_ministry(), begins=BEGINS)
    counted = []
    for day in ("2026-03-01", "2026-03-01", "2026-05-01", "2026-05-01"):
        with CaptureQueriesContext(connection) as queries:
            read(client, "procedures", agency="G15", on=day)
        counted.append(any("GROUP BY" in query["sql"] for query in queries))

    assert counted == [True, True, True, False]
