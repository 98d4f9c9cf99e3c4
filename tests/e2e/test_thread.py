"""The main job of the product, from an imported record to a dossier that a citizen follows."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.axe import violations
from e2e.conftest import DESKTOP, PHONE, photograph
from tools.live_site import LiveSite

pytestmark = [pytest.mark.both_databases, pytest.mark.timeout(400)]

RECORDS = Path(__file__).parent / "records" / "one_procedure.jsonl"
PROCEDURE = "1.000894"
OFFICER = "canbo.dienbienphu@vidu.gov.vn"
STRANGER = "canbo.badinh@vidu.gov.vn"
SUBMISSION_NUMBER = re.compile(r"N-\d{4}(-[0-9A-Z]{4}){3,4}")
DOSSIER_CODE = re.compile(r"H18\.X03127-\d{6}-\d{4}")

Picture = Callable[[Page, str], None]


@pytest.fixture
def take(live_site: LiveSite, pictures: Path) -> Picture:
    """Take a picture of a step and check that it fits the screen and that everybody can use it."""
    steps = iter(range(1, 100))

    def take(page: Page, name: str) -> None:
        own, step = page.viewport_size, next(steps)
        assert violations(page) == [], name
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name
            path = pictures / f"thread-{step:02d}-{name}-{size['width']}.png"
            photograph(page, path)
        page.set_viewport_size(own)

    return take


def search(page: Page, words: str) -> None:
    page.goto("/")
    page.get_by_role("main").get_by_role("searchbox").fill(words)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/tim-kiem"))


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Lưu và tiếp tục").click()


def choose(page: Page, label: str) -> None:
    page.locator("main label").filter(has_text=label).first.click()


def start_form(page: Page, take: Picture) -> None:
    page.get_by_role("link", name="Chuẩn bị và nộp hồ sơ").click()
    page.get_by_role("searchbox", name="xã").fill("dien bien phu")
    page.get_by_role("button", name="Tìm", exact=True).last.click()
    take(page, "place")
    choose(page, "phường Điện Biên Phủ")
    page.get_by_role("button", name="Bắt đầu").click()


def tell_who(page: Page, take: Picture) -> None:
    take(page, "who-files")
    choose(page, "Cho chính tôi")
    go_on(page)
    page.get_by_label("Họ và tên").fill("Lò Thị Mai")
    page.get_by_label("Số định danh cá nhân").fill("011299001234")
    page.get_by_label("Ngày sinh").fill("03/11/1999")
    take(page, "applicant")
    go_on(page)
    page.get_by_label("Số điện thoại").fill("0912 345 678")
    page.get_by_label("Thư điện tử").fill("mai@vidu.vn")
    go_on(page)


def tell_where(page: Page, take: Picture) -> None:
    page.get_by_label("Số nhà, đường, thôn, tổ dân phố").fill("Tổ dân phố 7")
    take(page, "address")
    go_on(page)


def answer_papers(page: Page, take: Picture, photo: Path) -> None:
    """Send a file for the first paper and bring every other one on paper."""
    assert page.locator("main input[type=file]").count() >= 2
    choose(page, "Gửi tệp ngay bây giờ")
    page.locator("main input[type=file]").first.set_input_files(photo)
    for paper in page.locator("main input[type=radio][value=paper]").all()[1:]:
        page.locator(f"main label[for='{paper.get_attribute('id')}']").click()
    take(page, "papers")
    go_on(page)


def choose_result_and_agree(page: Page, take: Picture) -> None:
    page.locator("main label").first.click()
    take(page, "result")
    go_on(page)
    for box in page.locator("main input[type=checkbox]").all():
        page.locator(f"main label[for='{box.get_attribute('id')}']").click()
    take(page, "consent")
    go_on(page)


def send(page: Page, take: Picture) -> str:
    take(page, "check")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nộp hồ sơ")
    take(page, "sent")
    found = SUBMISSION_NUMBER.search(page.get_by_role("main").inner_text())
    assert found
    return found.group()


def test_imported_record_is_found_without_accents(live_site: LiveSite, phone: Page) -> None:
    printed = live_site.manage("import_procedures", str(RECORDS))

    assert "refused 0" in printed
    expect_found(phone, "dang ky ket hon luu dong", "Thủ tục đăng ký kết hôn lưu động")


def expect_found(page: Page, words: str, name: str) -> None:
    for _attempt in range(100):
        search(page, words)
        if page.get_by_role("main").get_by_role("link", name=name).count():
            return
        page.wait_for_timeout(100)
    pytest.fail(f"{name} is not found by “{words}”")


def test_thread_from_search_to_due_date(
    live_site: LiveSite,
    phone: Page,
    log_in_as: Callable[[str], Page],
    take: Picture,
    tmp_path: Path,
) -> None:
    photo = tmp_path / "can-cuoc.png"
    phone.goto("/")
    photograph(phone, photo, full_page=False)

    search(phone, "dang ky ket hon")
    take(phone, "found")
    phone.get_by_role("link", name="Thủ tục đăng ký kết hôn", exact=True).click()
    expect(phone).to_have_url(re.compile(rf"/thu-tuc/{PROCEDURE}$"))
    take(phone, "procedure")
    start_form(phone, take)
    tell_who(phone, take)
    tell_where(phone, take)

    # Leave, come back the next day, go on where it stood.
    phone.goto("/to-khai")
    take(phone, "my-forms")
    phone.get_by_role("main").get_by_role("link", name=re.compile("tiếp")).first.click()
    expect(phone.locator("main input[type=file]").first).to_be_attached()
    answer_papers(phone, take, photo)
    choose_result_and_agree(phone, take)
    number = send(phone, take)

    acknowledgement = phone.request.get(
        phone.get_by_role("link", name="PDF").first.get_attribute("href")
    )
    assert acknowledgement.body().startswith(b"%PDF")

    officer = log_in_as(OFFICER)
    officer.goto("/mot-cua/")
    take(officer, "desk")
    officer.get_by_role("link", name=number).first.click()
    expect(officer.get_by_role("main")).to_contain_text("Lò Thị Mai")
    take(officer, "dossier")
    assert log_in_as(STRANGER).goto(officer.url).status == 404
    due = officer.locator("main input[name=due]")
    if due.count() and due.is_visible() and not due.input_value():
        due.fill("2030-12-31")
    officer.get_by_role("button", name="Tiếp nhận hồ sơ").click()
    take(officer, "received")
    code = DOSSIER_CODE.search(officer.get_by_role("main").inner_text())
    assert code

    phone.goto(f"/ho-so/{code.group()}")
    expect(phone.get_by_role("main")).to_contain_text("Đã tiếp nhận")
    expect(phone.get_by_role("main")).to_contain_text("Hẹn trả")
    assert "Lò Thị Mai" not in phone.content()
    take(phone, "tracking")
