"""A ministry amends a procedure: announced before its day, in force on it, readable as it was."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from catalogue import clock
from e2e.axe import violations
from e2e.conftest import PHONE, context_options, open_page, photograph
from tools.live_site import LiveSite, running_web

pytestmark = [pytest.mark.both_databases, pytest.mark.timeout(400)]

EDITOR = "bientap.bocongan@vidu.gov.vn"
APPROVER = "pheduyet.bocongan@vidu.gov.vn"
STRANGER = "bientap.botuphap@vidu.gov.vn"
PROCEDURE = "1.004194"
FEE = "channels-0-value-time_limits-0-value-fees-0-value-value"
PAPER = "document_groups-0-value-documents-0-value-name"
OLD_FEE, NEW_FEE = "7.000 ₫", "9.000 ₫"
NEW_PAPER = "Tờ khai thay đổi thông tin cư trú, mẫu mới"
DAYS_AHEAD = 30

Picture = Callable[[Page, str], None]


@pytest.fixture
def take(pictures: Path) -> Picture:
    """Keep a picture of a page that nobody has trouble to use."""

    def take(page: Page, name: str) -> None:
        width = page.viewport_size["width"] if page.viewport_size else 0
        photograph(page, pictures / f"amendment-{name}-{width}.png", full_page=width == 360)

    return take


@pytest.fixture
def phone_later(browser: Browser, live_site: LiveSite) -> Iterator[Page]:
    """Open a phone on the same data, served on the day on which the amendment begins."""
    with running_web(
        database_url=live_site.environment["DATABASE_URL"],
        var_dir=live_site.var_dir,
        settings="e2e.later_settings",
        variables={"DAYS_AHEAD": str(DAYS_AHEAD)},
    ) as port:
        options = {**context_options(live_site, PHONE), "base_url": f"http://127.0.0.1:{port}"}
        with contextmanager(open_page)(browser.new_context(**options)) as page:
            yield page


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def test_amended_procedure_changes_on_its_day(
    live_site: LiveSite,
    phone: Page,
    phone_later: Page,
    log_in_as: Callable[[str], Page],
    take: Picture,
) -> None:
    shell = "from catalogue.models import Procedure;"
    shell += f"print(Procedure.objects.get(code='{PROCEDURE}').pk)"
    edit = f"/quan-tri/pages/{live_site.manage('shell', '-v0', '-c', shell).split()[-1]}/edit/"
    begins = clock.today() + timedelta(days=DAYS_AHEAD)

    stranger = log_in_as(STRANGER)
    response = stranger.goto(edit)
    assert response
    assert response.status in (403, 404) or "/edit/" not in stranger.url

    editor = log_in_as(EDITOR)
    editor.goto(edit)
    editor.get_by_role("tab", name="Thời hạn và phí, lệ phí").click()
    editor.locator(f"input[name={FEE}]").fill("9000")
    take(editor, "1-fee")
    editor.get_by_role("tab", name="Hồ sơ", exact=True).click()
    editor.locator(f"textarea[name={PAPER}]").fill(NEW_PAPER)
    take(editor, "2-paper")
    editor.get_by_role("button", name=re.compile("xem trước|preview", re.IGNORECASE)).first.click()
    preview = editor.frame_locator("iframe[data-w-preview-target=iframe]").last
    expect(preview.get_by_role("main")).to_contain_text(NEW_PAPER)
    expect(preview.get_by_role("main")).to_contain_text(NEW_FEE)
    take(editor, "3-preview")
    editor.locator("footer button.button[type=submit]").first.click()
    expect(editor.locator(f"textarea[name={PAPER}]")).to_have_value(NEW_PAPER)

    editor.goto("/quan-tri/quyet-dinh/moi/")
    editor.locator("input[name=number]").fill("77/QĐ-BCA")
    press(editor, "Tạo quyết định")
    editor.locator("input[name=effective_from]").fill(f"{begins:%Y-%m-%d}")
    press(editor, "Thêm")
    press(editor, "Trình phê duyệt")
    take(editor, "4-submitted")

    approver = log_in_as(APPROVER)
    approver.goto(editor.url)
    take(approver, "5-approver")
    approver.get_by_role("link", name="Những gì thay đổi").click()
    expect(approver.locator("del").filter(has_text=OLD_FEE)).to_be_visible()
    expect(approver.locator("ins").filter(has_text=NEW_FEE)).to_be_visible()
    assert violations(approver) == []
    take(approver, "5-changes")
    approver.goto(editor.url)
    press(approver, "Phê duyệt")
    press(approver, "Đưa vào danh mục")
    expect(approver.get_by_role("main")).to_contain_text("77/QĐ-BCA")

    phone.goto(f"/thu-tuc/{PROCEDURE}")
    expect(phone.get_by_role("main")).to_contain_text(f"áp dụng từ {begins:%d/%m/%Y}")
    expect(phone.get_by_role("main")).to_contain_text(OLD_FEE)
    expect(phone.get_by_role("main")).not_to_contain_text(NEW_FEE)
    assert violations(phone) == []
    take(phone, "6-before")
    phone.goto(f"/thu-tuc/{PROCEDURE}?ngay={begins:%Y-%m-%d}")
    expect(phone.get_by_role("main")).to_contain_text(NEW_FEE)

    phone.get_by_role("link", name="Lịch sử thay đổi").click()
    expect(phone.get_by_role("main")).to_contain_text("Sắp có hiệu lực")
    assert violations(phone) == []
    take(phone, "6-history")
    phone.get_by_role("link", name="Những gì thay đổi").click()
    expect(phone.locator("ins").filter(has_text=NEW_FEE)).to_be_visible()
    assert violations(phone) == []
    take(phone, "6-comparison")

    phone_later.goto(f"/thu-tuc/{PROCEDURE}")
    expect(phone_later.get_by_role("main")).to_contain_text(NEW_FEE)
    expect(phone_later.get_by_role("main")).to_contain_text(NEW_PAPER)
    expect(phone_later.get_by_role("main")).to_contain_text("77/QĐ-BCA")
    take(phone_later, "7-on-the-day")
    phone_later.goto(f"/thu-tuc/{PROCEDURE}?ngay={begins - timedelta(days=1):%Y-%m-%d}")
    expect(phone_later.get_by_role("main")).to_contain_text(OLD_FEE)
    take(phone_later, "8-as-it-was")
