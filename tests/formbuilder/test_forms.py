import gzip
import time
from datetime import date, timedelta

import pytest
from django.test import Client

from catalogue import clock
from factories.formbuilder import make_form_version, make_procedure_document
from factories.search import end, publish
from formbuilder.compiler import compile_form
from formbuilder.models import FormContent, FormVersion
from formbuilder.selectors.forms import compiled_form, form_in_force
from formbuilder.services.form_versions import store_form_version
from formbuilder.skeleton import form_skeleton

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_form_of_a_version_holds_as_long_as_the_version() -> None:
    form_version = make_form_version(code="9.999902")
    tomorrow = clock.today() + timedelta(days=1)
    end(form_version.procedure_version, tomorrow)

    assert form_in_force("9.999902") == form_version
    assert form_in_force("9.999902", tomorrow) is None
    assert form_in_force("9.999902", date(2019, 12, 31)) is None
    assert form_in_force("9.000000") is None


def test_identical_forms_share_their_content() -> None:
    first = make_form_version(code="9.999903", name="Một")
    second = make_form_version(code="9.999904", name="Một")

    shared = [first.content_id, second.content_id]
    assert len(set(shared)) == 1
    assert FormContent.objects.filter(pk__in=shared).count() == 1
    assert first.form_id != second.form_id


def test_stored_form_is_the_compiled_one() -> None:
    form_version = make_form_version()
    compiled = compile_form(form_skeleton(form_version.procedure_version.document))

    stored = compiled_form(FormVersion.objects.get(pk=form_version.pk))

    assert stored.sha256 == compiled.sha256 == form_version.sha256
    assert (stored.data, stored.ui, stored.logic, stored.messages) == (
        compiled.data,
        compiled.ui,
        compiled.logic,
        compiled.messages,
    )
    assert form_version.definition["blocks"]


def test_withdrawn_version_takes_its_form_along() -> None:
    version = publish(
        "9.999905", "Một", document_groups=make_procedure_document()["document_groups"]
    )
    store_form_version(version)

    version.delete()

    assert not FormVersion.objects.filter(form__procedure_code="9.999905").exists()


def test_api_gives_the_four_documents(client: Client) -> None:
    form_version = make_form_version(code="9.999906")

    response = client.get("/api/v1/forms/9.999906")

    form = compiled_form(form_version)
    assert response.json() == {
        "version": 1,
        "hash": form.sha256,
        "data": form.data,
        "ui": form.ui,
        "logic": form.logic,
        "messages": form.messages,
    }
    assert client.get("/api/v1/forms/9.000000").status_code == 404


def test_api_judges_answers(client: Client) -> None:
    make_form_version(code="9.999907")
    path = "/api/v1/forms/9.999907/check"

    wrong = client.post(path, '{"filer": "nobody", "phone": true}', "application/json")
    hostile = client.post(path, '{"filer": NaN}', "application/json")

    problems = {found["pointer"]: found["keyword"] for found in wrong.json()["problems"]}
    assert wrong.status_code == 200
    assert problems["/filer"] == "oneOf"
    assert problems["/phone"] == "type"
    assert problems["/full_name"] == "required"
    assert hostile.status_code == 400


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{}", "application/json", 200),
        (b"{}", "text/plain", 415),
        (b"{}", "application/x-www-form-urlencoded", 415),
        ("{}".encode("utf-16"), "application/json", 400),
        (gzip.compress(b"{}", mtime=0), "application/json", 400),
        (b'{"a": "' + b"x" * 3_000_000 + b'"}', "application/json", 400),
    ],
)
def test_api_reads_plain_json_only_f8(
    client: Client, body: bytes, content_type: str, status: int
) -> None:
    make_form_version(code="9.999908")

    response = client.post("/api/v1/forms/9.999908/check", body, content_type)

    assert response.status_code == status


def test_form_of_a_version_is_stored_quickly() -> None:
    versions = [publish(f"9.8{number:05d}", f"Thủ tục {number}") for number in range(20)]
    store_form_version(publish("9.899999", "Lần đầu"))

    begun = time.process_time()
    for version in versions:
        store_form_version(version)

    assert (time.process_time() - begun) / len(versions) < 0.05
