"""An editor changes a procedure and publishes it by a decision that another person approves."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.conftest import DESKTOP, context_options, open_page, photograph
from tools.live_site import LiveSite

pytestmark = [pytest.mark.both_databases, pytest.mark.timeout(400)]

EDITOR = "bientap.botuphap@vidu.gov.vn"
APPROVER = "pheduyet.botuphap@vidu.gov.vn"
PROCEDURE = "1.004873"
NEW_NAME = "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân, bản mới"


@pytest.fixture
def staff(browser: Browser, live_site: LiveSite) -> Iterator[Callable[[str], Page]]:
    """Open a desktop page of its own for a person of the sample country."""
    with ExitStack() as stack:

        def log_in(email: str) -> Page:
            context = browser.new_context(**context_options(live_site, DESKTOP))
            page = stack.enter_context(contextmanager(open_page)(context))
            page.goto("/tai-khoan/dang-nhap?next=/quan-tri/")
            page.locator("main input[name=login]").fill(email)
            password = (live_site.var_dir / "demo-password").read_text()
            page.locator("main input[name=password]").fill(password)
            page.locator("main button[type=submit]").click()
            expect(page).to_have_url(re.compile("/quan-tri/$"))
            return page

        yield log_in


def take(page: Page, pictures: Path, name: str) -> None:
    photograph(page, pictures / f"publishing-{name}-1280.png", full_page=False)


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def test_edited_procedure_is_published_by_decision(
    live_site: LiveSite, phone: Page, staff: Callable[[str], Page], pictures: Path
) -> None:
    shell = "from catalogue.models import Procedure;"
    shell += f"print(Procedure.objects.get(code='{PROCEDURE}').pk)"
    key = live_site.manage("shell", "-v0", "-c", shell).split()[-1]

    editor = staff(EDITOR)
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

    approver = staff(APPROVER)
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
