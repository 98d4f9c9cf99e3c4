"""Pages that neither the thread nor the looks visit: everybody can use them on every screen."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.axe import violations
from e2e.conftest import DESKTOP, PHONE, log_in, photograph
from tools.live_site import LiveSite

OFFICER = "canbo.dienbienphu@vidu.gov.vn"
CITIZEN = "nguoidan@vidu.vn"
PUBLIC = [
    "/tim-kiem?q=xyzqwk",
    "/tim-kiem?q=dang+ky&level=commune",
    "/thu-tuc?level=commune",
    "/thu-tuc?tinh-trang=sap-hieu-luc&agency=khong-co",
    "/co-quan",
    "/en/co-quan/G15",
    "/linh-vuc",
    "/linh-vuc/1",
    "/du-lieu-mo",
    "/thu-tuc/1.004222",
    "/en/thu-tuc/1.001193",
    "/thu-tuc/1.001193?ngay=2040-01-01",
    "/thu-tuc/1.001193/bao-sai",
    "/en/thu-tuc/1.001193/bao-sai/xong",
    "/thu-tuc/dang-ky-thuong-tru",
    "/thu-tuc/9.999999",
    "/thu-tuc/1.001193/nop?noi=khong-co-noi-nay",
    "/en/thu-tuc/1.001193/nop?noi=muong",
    "/to-khai",
    "/ho-so",
    "/ho-so?ma=+",
    "/ho-so/N-2611-0000-0000-00000",
    "/en/ho-so",
    "/xac-minh/khong-co",
    "/tai-khoan/dang-nhap",
    "/tai-khoan/dang-ky",
    "/tai-khoan/mat-khau/quen",
    "/tai-khoan/mat-khau/da-gui",
]
OF_A_CITIZEN = [
    "/tai-khoan/",
    "/tai-khoan/email",
    "/tai-khoan/mat-khau/doi",
    "/tai-khoan/hai-buoc",
    "/tai-khoan/dang-xuat",
    "/mot-cua/",
]
OF_AN_OFFICER = [
    "/mot-cua/?muc=received",
    "/mot-cua/?muc=overdue",
    "/mot-cua/?q=khong-co-ai",
    "/en/mot-cua/",
]
OF_A_FORM = [
    "ai-nop",
    "nguoi-de-nghi",
    "lien-he",
    "dia-chi",
    "giay-to-1",
    "nhan-ket-qua",
    "cam-doan",
]

Check = Callable[[Page], None]


@pytest.fixture
def check(pictures: Path) -> Check:
    """Check that a page fits the narrow screen and breaks no rule of access on both."""

    def check(page: Page) -> None:
        path = re.sub(r"[0-9a-f-]{36}/", "", page.url.split("/", 3)[3])
        name = re.sub(r"[^a-z0-9]+", "-", path)
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            assert (page.url, violations(page)) == (page.url, [])
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], page.url
        photograph(page, pictures / f"page-{name[:60]}.png")

    return check


def begin(page: Page) -> str:
    """Start a form and return the address of its pages."""
    page.goto("/thu-tuc/1.001193/nop?noi=muong+lay")
    page.locator("main label").filter(has_text="Phường Mường Lay").click()
    page.get_by_role("button", name="Bắt đầu").click()
    page.wait_for_url("**/ai-nop")
    return page.url.removesuffix("ai-nop")


def test_public_pages_are_for_everybody(phone: Page, check: Check) -> None:
    for address in PUBLIC:
        phone.goto(address)
        check(phone)


def test_report_with_mistakes_is_for_everybody_and_keeps_its_words(
    phone: Page, check: Check
) -> None:
    phone.goto("/thu-tuc/1.001193/bao-sai")
    phone.get_by_label("Sai như thế nào?").fill("Phí nay là 30.000 đ.")
    phone.get_by_role("button", name="Gửi thông báo").click()
    phone.wait_for_selector(".error-summary")
    check(phone)

    phone.locator("main label").filter(has_text="Phí, lệ phí").click()
    phone.get_by_role("button", name="Gửi thông báo").click()

    phone.wait_for_url("**/bao-sai/xong")


def test_page_is_shared_printed_and_read_for_another_day(phone: Page) -> None:
    phone.add_init_script(
        "navigator.share = (what) => { window.shared = what; return Promise.resolve(); }"
    )
    phone.goto("/thu-tuc/1.004222")

    phone.get_by_role("button", name="Chia sẻ", exact=True).click()
    shared = phone.evaluate("window.shared.url")
    drawn = phone.evaluate("document.querySelector('img.qr').naturalWidth")
    phone.get_by_label("Xem nội dung áp dụng vào ngày").fill("2040-01-02")
    phone.get_by_role("button", name="Xem", exact=True).click()

    assert shared.endswith("/thu-tuc/1.004222")
    assert drawn > 0
    expect(phone.locator(".notice")).to_contain_text("02/01/2040")


def test_filters_stand_open_beside_the_hits_where_there_is_room(phone: Page, desktop: Page) -> None:
    for page in (phone, desktop):
        page.goto("/tim-kiem?q=dang+ky")

    expect(desktop.locator(".filters a").first).to_be_visible()
    expect(phone.locator(".filters a").first).to_be_hidden()


def test_start_without_a_place_is_for_everybody(phone: Page, check: Check) -> None:
    phone.goto("/thu-tuc/1.001193/nop?noi=dien+bien")
    phone.get_by_role("button", name="Bắt đầu").click()
    phone.wait_for_selector(".error-summary")

    check(phone)


def test_pages_of_a_form_with_errors_are_for_everybody(phone: Page, check: Check) -> None:
    form = begin(phone)

    for page in OF_A_FORM:
        phone.goto(form + page)
        phone.get_by_role("button", name="Lưu và tiếp tục").click()
        phone.wait_for_selector(".error-summary")
        check(phone)


def test_check_and_deletion_of_an_open_form_are_for_everybody(phone: Page, check: Check) -> None:
    form = begin(phone)

    for page in ("kiem-tra", "xoa"):
        phone.goto(form + page)
        check(phone)


def test_picked_files_and_open_notes_are_for_everybody(
    phone: Page, check: Check, tmp_path: Path
) -> None:
    picture = tmp_path / f"{'ảnh chụp ' * 12}.png"
    phone.goto(begin(phone) + "giay-to-1")
    photograph(phone, picture, full_page=False)

    phone.locator("main label").filter(has_text="Gửi tệp ngay bây giờ").first.click()
    phone.locator("main input[type=file]").first.set_input_files(picture)
    phone.get_by_role("button", name="Gửi tệp đã chọn").first.click()
    phone.wait_for_selector("button[name=remove]")
    phone.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")

    check(phone)


@pytest.mark.parametrize(("person", "pages"), [(CITIZEN, OF_A_CITIZEN), (OFFICER, OF_AN_OFFICER)])
def test_pages_behind_the_log_in_are_for_everybody(
    person: str, pages: list[str], phone: Page, live_site: LiveSite, check: Check
) -> None:
    log_in(phone, live_site, person)

    for address in pages:
        phone.goto(address)
        check(phone)
