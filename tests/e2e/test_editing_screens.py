"""Screens of the administration that no journey visits: everybody can use them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.axe import violations
from e2e.conftest import DESKTOP, PHONE, photograph
from tools.live_site import LiveSite

pytestmark = pytest.mark.timeout(400)

EDITOR = "bientap.botuphap@vidu.gov.vn"
PROCEDURE = "1.004873"
# Its papers stand under a heading that no rule of the import knows.
DOUBTFUL = {
    "code": "1.990003",
    "name": "Cấp giấy nuôi ong",
    "field": "Chăn nuôi",
    "publishing_agency": "Bộ Tư pháp",
    "decision_number": "1/QĐ-BTP",
    "legal_basis_raw": "Luật Chăn nuôi32/2018/QH14",
    "dossier": [
        {"case": case, "documents": [{"name": case, "original": 1, "copy": 0, "forms": []}]}
        for case in ("Hồ sơ năng lực", "Thành phần hồ sơ")
    ],
}

LATE_DECISION = """
from datetime import timedelta
from catalogue import clock
from catalogue.models import Agency, PublicationDecision
PublicationDecision.objects.create(
    number="7/QĐ-BTP", agency=Agency.objects.get(code="G15"), state="in_force",
    signed_on=clock.today() - timedelta(days=90), entered_at=clock.now(),
)
"""

Check = Callable[[Page, str], None]


@pytest.fixture
def check(pictures: Path) -> Check:
    """Check that a screen fits the narrow phone and breaks no rule of access on both widths."""

    def check(page: Page, name: str) -> None:
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            assert (name, violations(page)) == (name, [])
            photograph(page, pictures / f"screen-{name}-{size['width']}.png", full_page=False)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], name

    return check


@pytest.fixture
def editor(log_in_as: Callable[[str], Page]) -> Page:
    return log_in_as(EDITOR)


def key_of(site: LiveSite, expression: str) -> str:
    shell = f"from catalogue.models import AgencyPage, Procedure; print({expression}.pk)"
    return site.manage("shell", "-v0", "-c", shell).split()[-1]


def test_doubts_of_imports_are_for_everybody(
    live_site: LiveSite, editor: Page, check: Check, tmp_path: Path
) -> None:
    records = tmp_path / "records.jsonl"
    records.write_text(json.dumps(DOUBTFUL, ensure_ascii=False), encoding="utf-8")
    live_site.manage("import_procedures", str(records))

    editor.goto("/quan-tri/import_doubts/")
    expect(editor.get_by_role("main")).to_contain_text(DOUBTFUL["code"])
    check(editor, "doubts")
    editor.goto("/quan-tri/import_doubts/?state=settled")
    check(editor, "doubts-settled")


def test_copy_of_a_procedure_is_for_everybody(
    live_site: LiveSite, editor: Page, check: Check
) -> None:
    agency = key_of(live_site, "AgencyPage.objects.get(agency__code='G15')")

    editor.goto(f"/quan-tri/sao-chep/{agency}/")
    check(editor, "copy")
    editor.goto(f"/quan-tri/sao-chep/{agency}/?q=dang+ky")
    check(editor, "copy-found")
    editor.goto(f"/quan-tri/sao-chep/{agency}/?q=khong+co+gi+nhu+vay")
    check(editor, "copy-nothing")
    editor.goto(f"/quan-tri/sao-chep/{agency}/?nguon={PROCEDURE}")
    editor.get_by_role("button", name="Sao chép thành bản nháp").click()
    check(editor, "copy-name-missing")


def test_chooser_of_legal_acts_is_for_everybody(live_site: LiveSite, editor: Page) -> None:
    page = key_of(live_site, f"Procedure.objects.get(code='{PROCEDURE}')")
    editor.goto(f"/quan-tri/pages/{page}/edit/")
    editor.get_by_role("tab", name="Kết quả và căn cứ pháp lý").click()
    chosen = editor.locator("#legal_bases-0-value-act-chooser")
    chosen.locator(".w-dropdown__toggle").click()
    editor.get_by_role("button", name="Chọn văn bản khác").click()
    expect(editor.locator(".modal-dialog table")).to_be_visible()

    for tab in ("Thêm văn bản mới", "Tìm"):
        editor.locator(".modal-dialog").get_by_role("tab", name=tab).click()
        for size in (DESKTOP, PHONE):
            editor.set_viewport_size(size)
            dialogue = "document.querySelector('.modal-dialog')"
            assert (tab, violations(editor, dialogue)) == (tab, [])


def test_lags_are_for_everybody(live_site: LiveSite, editor: Page, check: Check) -> None:
    live_site.manage("shell", "-v0", "-c", LATE_DECISION)
    editor.goto("/quan-tri/quyet-dinh/do-tre/?tu=2020-01-01&den=2040-01-01")
    expect(editor.locator("#lags")).to_be_visible()
    check(editor, "lags")
    editor.goto("/quan-tri/quyet-dinh/do-tre/?tu=2030-01-01&den=2020-01-01")
    check(editor, "lags-period-wrong")
