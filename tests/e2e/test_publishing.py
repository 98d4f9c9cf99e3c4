"""An editor changes a procedure and publishes it by a decision that another person approves."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import photograph
from tools.live_site import LiveSite

pytestmark = [pytest.mark.both_databases, pytest.mark.timeout(400)]

EDITOR = "bientap.botuphap@vidu.gov.vn"
APPROVER = "pheduyet.botuphap@vidu.gov.vn"
PROCEDURE = "1.004873"
NEW_NAME = "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân, bản mới"


def take(page: Page, pictures: Path, name: str) -> None:
    photograph(page, pictures / f"publishing-{name}-1280.png", full_page=False)


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def test_edited_procedure_is_published_by_decision(
    live_site: LiveSite, phone: Page, log_in_as: Callable[[str], Page], pictures: Path
) -> None:
    shell = "from catalogue.models import Procedure;"
    shell += f"print(Procedure.objects.get(code='{PROCEDURE}').pk)"
    key = live_site.manage("shell", "-v0", "-c", shell).split()[-1]

    editor = log_in_as(EDITOR)
    editor.goto(f"/quan-tri/pages/{key}/edit/")
    editor.locator("textarea[name=name]").fill(NEW_NAME)
    take(editor, pictures, "1-edit")
    editor.locator("footer button.button[type=submit]").first.click()
    expect(editor.locator("textarea[name=name]")).to_have_value(NEW_NAME)
    expect(
        editor.get_by_role("button", name=re.compile("publish|xuất bản", re.IGNORECASE))
    ).to_have_count(0)

    editor.goto("/quan-tri/quyet-dinh/moi/")
    editor.locator("input[name=number]").fill("2026/QĐ-BTP")
    press(editor, "Tạo quyết định")
    press(editor, "Thêm")
    take(editor, pictures, "2-decision")
    press(editor, "Trình phê duyệt")
    address = editor.url

    approver = log_in_as(APPROVER)
    approver.goto(address)
    take(approver, pictures, "3-approve")
    press(approver, "Phê duyệt")
    press(approver, "Đưa vào danh mục")
    take(approver, pictures, "4-entered")

    phone.goto(f"/thu-tuc/{PROCEDURE}")
    expect(phone.get_by_role("heading", level=1)).to_have_text(NEW_NAME)
    expect(phone.get_by_role("main")).to_contain_text("2026/QĐ-BTP")
    for _attempt in range(100):
        phone.goto("/tim-kiem?q=xac+nhan+tinh+trang+hon+nhan+ban+moi")
        if phone.get_by_role("link", name=NEW_NAME).count():
            return
        phone.wait_for_timeout(100)
    pytest.fail("The new name is not found.")
