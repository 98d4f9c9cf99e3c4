"""Canonical documents and published versions, as search reads them."""

from datetime import date
from typing import Any

from wagtail.models import Page

from catalogue.canonical import sha256_hex
from catalogue.documents.listing import listing_values
from catalogue.enums import AgencyKind, DecisionAction, Level
from catalogue.models import (
    Agency,
    AgencyPage,
    DecisionItem,
    Field,
    Procedure,
    ProcedureVersion,
    PublicationDecision,
)
from catalogue.services.changes import announce

LONG_AGO = date(2020, 1, 1)


def make_document(
    code: str = "1.000894", name: str = "Đăng ký kết hôn", **changes: Any
) -> dict[str, Any]:
    """Return a canonical procedure document (schema 1); `changes` replace whole keys."""
    document = {
        "schema": 1,
        "code": code,
        "name": name,
        "language": "vi",
        "field": {"code": None, "name": "Hộ tịch"},
        "levels": ["commune"],
        "audiences": ["person"],
        "applicants": ["Công dân Việt Nam"],
        "agencies": {
            "publishing": {"code": "G15", "name": "Bộ Tư pháp"},
            "implementing": ["Ủy ban nhân dân cấp xã"],
            "competent": [],
            "delegated": [],
            "coordinating": [],
        },
        "receiving_places": [],
        "sets": 1,
        "steps": [],
        "channels": [make_channel()],
        "document_groups": [],
        "requirements": [],
        "results": [],
        "legal_bases": [],
        "keywords": [],
        "online_level": {"scheme": "C32", "value": "2"},
        "source": {"decision_number": None, "url": None},
    }
    return document | changes


def make_channel(kind: str = "direct", **limit: Any) -> dict[str, Any]:
    """Return a channel with one time limit (3 working days) and one fee (free)."""
    fee = {"key": "f1", "state": "free", "value": None, "unit": None, "text": ""}
    default = {"key": "t1", "value": 3, "unit": "working_day", "text": "", "state": "stated"}
    time_limit = default | {"fees": [fee]} | limit
    return {"key": "c1", "kind": kind, "text": "", "time_limits": [time_limit]}


def make_group(*names: str, title: str | None = None) -> dict[str, Any]:
    """Return a group of papers that are always required."""
    papers = [
        {
            "key": f"d{number}",
            "name": name,
            "note": False,
            "originals": 1,
            "copies": 0,
            "form": None,
            "text": "",
        }
        for number, name in enumerate(names, 1)
    ]
    return {"key": "g1", "kind": "always", "kind_rule": "", "title": title, "documents": papers}


def publish(
    code: str = "1.000894",
    name: str = "Đăng ký kết hôn",
    *,
    valid_from: date = LONG_AGO,
    valid_to: date | None = None,
    **changes: Any,
) -> ProcedureVersion:
    """Store a version of a procedure, ending the one before it, and announce the change.

    Call it in a transaction, as the outbox demands.
    """
    procedure = Procedure.objects.filter(code=code).first() or _make_procedure(code, name)
    procedure.versions.filter(valid_to=None).update(valid_to=valid_from)
    document = make_document(code, name, **changes)
    number = procedure.versions.count() + 1
    item = _make_item(procedure, f"{code}/{number}", valid_from)
    field, _created = Field.objects.get_or_create(name=document["field"]["name"])
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        code=code,
        number=number,
        document=document,
        sha256=sha256_hex(document),
        schema_number=1,
        decision_item=item,
        revision=procedure.save_revision(),
        agency=item.decision.agency,
        field=field,
        **listing_values(document),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    announce(kind="procedure_version", keys=[code])
    return version


def end(version: ProcedureVersion, day: date) -> None:
    """End a version on a day and announce it."""
    ProcedureVersion.objects.filter(pk=version.pk).update(valid_to=day)
    announce(kind="procedure_version", keys=[version.code])


def _make_item(procedure: Procedure, number: str, day: date) -> DecisionItem:
    decision = PublicationDecision.objects.create(number=number, agency=_agency_page().agency)
    return DecisionItem.objects.create(
        decision=decision, procedure=procedure, action=DecisionAction.ISSUE, effective_from=day
    )


def _make_procedure(code: str, name: str) -> Procedure:
    field, _created = Field.objects.get_or_create(name="Hộ tịch")
    procedure = Procedure(
        code=code, name=name, field=field, levels=["commune"], applicants=["Công dân Việt Nam"]
    )
    return _agency_page().add_child(instance=procedure)


def _agency_page() -> AgencyPage:
    page = AgencyPage.objects.filter(agency__code="G15").first()
    if page is None:
        agency, _created = Agency.objects.get_or_create(
            code="G15",
            defaults={
                "name": "Bộ Tư pháp",
                "kind": AgencyKind.MINISTRY,
                "level": Level.MINISTRY,
                "path": "/G15/",
            },
        )
        page = Page.get_first_root_node().add_child(
            instance=AgencyPage(title=agency.name, agency=agency)
        )
    return page
