"""Search on a cheap phone: half a word, a finger, a slow line, no scripts, nothing found."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.axe import violations
from e2e.conftest import PHONE, context_options, open_page, photograph
from tools.live_site import LiveSite

WIDTH = "document.documentElement.scrollWidth"
SMALL_TARGETS = """
[...document.querySelectorAll("main a, main button, main summary, main input, [role=option]")]
  .filter((element) => element.checkVisibility() && !element.closest("p, h2, .card__title"))
  .map((element) => [element.textContent.trim(), element.getBoundingClientRect().height])
  .filter(([, height]) => height > 1 && height < 44)
"""
LAYOUT_SHIFT = """
new Promise((resolve) => new PerformanceObserver((list) =>
  resolve(list.getEntries().map((entry) => entry.value))
).observe({ type: "layout-shift", buffered: true }) || setTimeout(() => resolve([]), 500))
"""


@pytest.fixture(scope="module", autouse=True)
def names_are_read(live_site: LiveSite) -> None:
    """Let every process read the names of agencies: its first suggestion waits for them."""
    for _process in range(12):
        urlopen(f"{live_site.url}/api/v1/suggestions?q=xin").close()


@pytest.fixture
def without_scripts(browser: Browser, live_site: LiveSite) -> Iterator[Page]:
    yield from open_page(
        browser.new_context(**context_options(live_site, PHONE), java_script_enabled=False)
    )


def type_slowly(page: Page, text: str) -> None:
    page.locator("input[name=q]").tap()
    page.keyboard.type(text, delay=20)


def test_half_a_word_without_accents_is_chosen_by_keyboard(phone: Page, pictures: Path) -> None:
    phone.goto("/")
    box = phone.get_by_role("combobox")
    type_slowly(phone, "dang ky khai s")
    expect(phone.get_by_role("option").first).to_contain_text("khai sinh")

    expect(phone.locator(".search-box [role=status]")).to_contain_text("Số gợi ý:")
    expect(box).to_have_attribute("aria-expanded", "true")
    phone.keyboard.press("ArrowDown")
    expect(phone.get_by_role("option", selected=True)).to_have_count(1)
    chosen = phone.get_by_role("option").first.get_attribute("id") or ""
    expect(box).to_have_attribute("aria-activedescendant", chosen)
    assert violations(phone) == []
    assert phone.evaluate(SMALL_TARGETS) == []
    assert phone.evaluate(WIDTH) == PHONE["width"]
    photograph(phone, pictures / "search-suggestions.png", full_page=False)
    phone.keyboard.press("Enter")

    expect(phone).to_have_url(re.compile("/thu-tuc/"))
    expect(phone.locator("h1")).to_contain_text("khai sinh")


def test_suggestion_is_chosen_by_touch_in_english(phone: Page) -> None:
    phone.goto("/en/tim-kiem?q=ket+hon")
    box = phone.locator("#header-q")
    box.fill("")
    type_slowly(phone, "dang ky khai s")

    phone.get_by_role("option").first.tap()

    expect(phone).to_have_url(re.compile("/en/thu-tuc/"))


def test_escape_and_leaving_close_the_list_and_enter_searches(phone: Page) -> None:
    phone.goto("/")
    listed = phone.locator(".suggestions")
    type_slowly(phone, "dang ky")
    expect(listed).to_be_visible()

    phone.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    expect(phone.locator("input[name=q]")).to_have_value("dang ky")
    phone.keyboard.type(" k")
    expect(listed).to_be_visible()
    phone.keyboard.press("Tab")
    expect(listed).to_be_hidden()
    phone.locator("input[name=q]").press("Enter")

    expect(phone).to_have_url(re.compile(r"/tim-kiem\?q=dang\+ky\+k"))


def test_arrows_go_round_and_back_to_the_typed_words(phone: Page) -> None:
    phone.goto("/")
    type_slowly(phone, "dang ky")
    options = phone.get_by_role("option")
    expect(options.first).to_be_visible()

    phone.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    phone.keyboard.press("ArrowDown")

    expect(phone.get_by_role("option", selected=True)).to_have_count(0)
    expect(phone.get_by_role("combobox")).not_to_have_attribute(
        "aria-activedescendant", re.compile(".")
    )


def test_suggestions_move_nothing_on_the_page(phone: Page) -> None:
    phone.goto("/")

    type_slowly(phone, "dang ky")
    expect(phone.get_by_role("option").first).to_be_visible()

    assert phone.evaluate(LAYOUT_SHIFT) == []


@pytest.mark.parametrize("fault", ["offline", "refused", "slow"])
def test_without_suggestions_the_box_searches(fault: str, phone: Page) -> None:
    phone.goto("/")
    handlers = {
        "offline": lambda route: route.abort(),
        "refused": lambda route: route.fulfill(status=429, json={"detail": "later"}),
        "slow": lambda _route: None,
    }
    phone.route("**/api/v1/suggestions*", handlers[fault])

    type_slowly(phone, "dang ky")
    phone.wait_for_timeout(400)
    expect(phone.locator(".suggestions")).to_be_hidden()
    phone.keyboard.press("Enter")

    expect(phone).to_have_url(re.compile("/tim-kiem"))


def test_only_the_last_words_are_asked_for(phone: Page) -> None:
    asked: list[str] = []
    phone.on(
        "request", lambda request: asked.append(request.url) if "sugg" in request.url else None
    )
    phone.goto("/")

    type_slowly(phone, "dang ky khai s")
    expect(phone.get_by_role("option").first).to_contain_text("khai sinh")

    questions = [url for url in asked if "/api/" in url]
    assert questions[-1].endswith("q=dang%20ky%20khai%20s")
    assert len(questions) <= 4


def test_answers_are_narrowed_and_taken_back(phone: Page, pictures: Path) -> None:
    phone.goto("/tim-kiem?q=dang+ky")
    before = phone.locator("h1").inner_text()
    assert violations(phone) == []
    assert phone.evaluate(WIDTH) == PHONE["width"]
    assert phone.evaluate(SMALL_TARGETS) == []
    photograph(phone, pictures / "search-answers.png")

    phone.get_by_text("Lọc và sắp xếp").tap()
    fields = phone.get_by_role("region", name="Lĩnh vực")
    fields.get_by_role("link").first.tap()

    chip = phone.get_by_role("list", name="Đã chọn").get_by_role("link")
    expect(chip).to_have_count(1)
    expect(phone.locator("h1")).not_to_have_text(before)
    assert violations(phone) == []
    chip.tap()
    expect(phone.locator("h1")).to_have_text(before)


def test_answers_are_put_in_another_order(phone: Page) -> None:
    phone.goto("/tim-kiem?q=dang+ky")

    phone.get_by_text("Lọc và sắp xếp").tap()
    phone.get_by_role("link", name="Theo tên").tap()

    expect(phone).to_have_url(re.compile(r"\?q=dang\+ky&sort=name$"))
    expect(phone.locator("[aria-current]", has_text="Theo tên")).to_have_count(1)


def test_search_works_without_scripts(without_scripts: Page) -> None:
    page = without_scripts
    page.goto("/")

    page.locator("input[name=q]").fill("dang ky khai sinh")
    page.locator("input[name=q]").press("Enter")
    expect(page.locator(".card__title").first).to_contain_text("khai sinh")
    page.locator("input[name=q]").fill("xyzqwk")
    page.locator("input[name=q]").press("Enter")

    page.get_by_label("Bạn muốn làm việc gì?").fill("đổi sổ trắng sang sổ hồng")
    page.get_by_role("button", name="Gửi").click()
    expect(page.locator("h1")).to_contain_text("Cảm ơn bạn")


def test_who_finds_nothing_tells_what_it_was(phone: Page, pictures: Path) -> None:
    phone.goto("/tim-kiem?q=xyzqwk")
    assert violations(phone) == []
    photograph(phone, pictures / "search-nothing.png")

    expect(phone.get_by_label("Từ bạn đã gõ")).to_have_value("xyzqwk")
    phone.get_by_label("Từ bạn đã gõ").fill("")
    phone.get_by_role("button", name="Gửi").tap()
    expect(phone.locator(".error-summary")).to_be_focused()
    assert violations(phone) == []
    phone.get_by_label("Bạn muốn làm việc gì?").fill("đổi sổ trắng")
    phone.get_by_role("button", name="Gửi").tap()

    expect(phone).to_have_url(re.compile("/tim-kiem/khong-thay/xong"))
    assert violations(phone) == []


def test_name_of_a_ministry_leads_to_it(phone: Page) -> None:
    phone.goto("/tim-kiem?q=bo+tu+phap")

    phone.locator(".card__title").first.get_by_role("link").tap()

    expect(phone).to_have_url(re.compile("/co-quan/G15"))


def test_page_of_answers_is_light(phone: Page) -> None:
    sizes: list[int] = []
    phone.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))

    phone.goto("/tim-kiem?q=dang+ky", wait_until="networkidle")

    assert sum(sizes) <= 40_000
