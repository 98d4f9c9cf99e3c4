"""Rich text is used nowhere: what is typed stays text, wherever it is shown."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalogue import clock
from catalogue.enums import Role
from catalogue.models import Agency, ImportDoubt, Procedure
from catalogue.services.procedures import agency_page
from factories.catalogue import (
    make_full_document,
    make_legal_act,
    make_member,
    make_ministry,
    make_procedure,
    make_version,
)
from factories.editing import form_of

pytestmark = pytest.mark.django_db
HOSTILE = '<img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a></script>'
# Values that are chosen, hashed or counted, not typed.
FIXED = (
    "schema",
    "code",
    "language",
    "key",
    "kind",
    "state",
    "unit",
    "file",
    "issued_on",
    "scheme",
)


def hostile(value: Any, name: str = "") -> Any:
    """Return `value` with hostile text in every field that somebody types."""
    if isinstance(value, dict):
        return {key: hostile(nested, key) for key, nested in value.items()}
    if isinstance(value, list):
        choices = name in {"levels", "audiences"}
        return value if choices else [hostile(nested, name) for nested in value]
    typed = isinstance(value, str) and name not in FIXED and name != "value"
    return HOSTILE if typed else value


def hostile_parts() -> dict[str, Any]:
    document = make_full_document("1.990001")
    document["legal_bases"] = document["legal_bases"][:1]
    changed = hostile(document) | {"source": {"decision_number": None, "url": None}}
    changed["legal_bases"][0] |= {"number": "<b id=x>1/2026</b>"}
    return changed


@pytest.fixture
def ministry() -> Agency:
    return make_ministry("G15", "Bộ <b id=x>Tư pháp</b>")


@pytest.fixture
def page(ministry: Agency) -> Procedure:
    changes = hostile_parts()
    del changes["code"]
    return make_procedure(ministry, code="1.990001", **changes)


@pytest.fixture
def editor(ministry: Agency, client: Client) -> Client:
    client.force_login(make_member(Role.MINISTRY_EDITOR, ministry))
    return client


def refuse_markup(content: str) -> None:
    for markup in ("<img src=x", 'href="javascript:', "onerror=alert(1)>", "<b id=x"):
        assert markup not in content


@pytest.mark.parametrize("name", ["edit", "delete", "history", "view_draft"])
def test_t6_hostile_text_is_inert_on_the_screens_of_the_page(
    editor: Client, page: Procedure, name: str
) -> None:
    response = editor.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))

    assert response.status_code == 200
    refuse_markup(response.content.decode())


def test_t6_hostile_name_is_inert_in_listings_and_messages(editor: Client, page: Procedure) -> None:
    parent = page.get_parent()

    saved = editor.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), form_of(page), follow=True
    )
    listed = editor.get(reverse("wagtailadmin_explore", args=[parent.pk]))
    found = editor.get(reverse("wagtailadmin_pages:search"), {"q": "img"})
    deleted = editor.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)

    for response in (saved, listed, found, deleted):
        assert response.status_code == 200
        refuse_markup(response.content.decode())
    assert "&lt;img src=x" in deleted.content.decode()


def test_t6_hostile_text_is_inert_in_the_preview(editor: Client, page: Procedure) -> None:
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])

    editor.post(address, form_of(page))
    shown = editor.get(address)

    assert shown.status_code == 200
    assert "&lt;img src=x" in shown.content.decode()
    refuse_markup(shown.content.decode())


def test_t6_hostile_act_and_doubt_are_inert_in_their_lists(
    editor: Client, page: Procedure, ministry: Agency
) -> None:
    act = make_legal_act("<b id=x>9/2026</b>", title=HOSTILE, issuer=HOSTILE, agency=ministry)
    ImportDoubt.objects.create(procedure=page, rule=HOSTILE[:60], place="steps", text=HOSTILE)
    addresses = [
        reverse("legal_acts:index"),
        reverse("legal_acts:edit", args=[act.pk]),
        reverse("legal_acts:inspect", args=[act.pk]),
        reverse("legal_act_chooser:choose_results"),
        reverse("import_doubts:index"),
    ]

    for address in addresses:
        refuse_markup(editor.get(address).content.decode())


def test_t6_hostile_name_is_inert_where_it_is_copied(editor: Client, ministry: Agency) -> None:
    changes = hostile_parts()
    del changes["code"]
    day = clock.today() - timedelta(days=1)
    theirs = make_ministry("G01", "Bộ Công an")
    version = make_version(theirs, code="1.990009", begins=day, **changes)
    address = reverse("catalogue_copying:copy", args=[agency_page(ministry).pk])

    for query in ({"q": version.code}, {"nguon": version.code}):
        refuse_markup(editor.get(address, query).content.decode())
