from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.axe import violations
from e2e.conftest import log_in, photograph
from tools.live_site import LiveSite

OFFICER = "canbo.dienbienphu@vidu.gov.vn"
PUBLIC_PAGES = ["/", "/en/", "/tim-kiem", "/tro-giup/tiep-can", "/tro-giup/rieng-tu", "/khong-co"]
SMALL_TARGETS = """
[...document.querySelectorAll("header a, header button, header summary, .button, .input, .choice")]
  .filter((element) => element.checkVisibility())
  .map((element) => element.getBoundingClientRect().height)
  .filter((height) => height < 44)
"""
WIDTH = "document.documentElement.scrollWidth"


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_style_page_breaks_no_rule_of_access(
    screen: str, request: pytest.FixtureRequest, live_site: LiveSite, pictures: Path
) -> None:
    page: Page = request.getfixturevalue(screen)
    log_in(page, live_site, OFFICER)

    page.goto("/kieu-dang")
    photograph(page, pictures / f"style-page-{screen}.png")

    assert violations(page) == []
    assert page.evaluate(WIDTH) == page.viewport_size["width"]
    assert page.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_public_page_breaks_no_rule_of_access(address: str, phone: Page, pictures: Path) -> None:
    phone.goto(address)
    photograph(phone, pictures / f"phone{address.replace('/', '-')}.png")

    assert violations(phone) == []
    assert phone.evaluate(WIDTH) == 360


def test_axe_sees_a_missing_label(phone: Page) -> None:
    phone.goto("/")
    phone.evaluate("document.querySelector('[for=track-code]').remove()")

    assert [violation.rule for violation in violations(phone)] == [
        "label-title-only",
        "label",
    ]


def test_pages_fit_the_narrowest_screen(phone: Page) -> None:
    phone.set_viewport_size({"width": 320, "height": 640})

    for address in PUBLIC_PAGES:
        phone.goto(address)
        assert (address, phone.evaluate(WIDTH)) == (address, 320)


def test_error_summary_takes_the_focus(phone: Page, live_site: LiveSite) -> None:
    log_in(phone, live_site, OFFICER)

    phone.goto("/kieu-dang")

    expect(phone.locator(".error-summary")).to_be_focused()


def test_menu_of_the_user_closes_with_escape(phone: Page, live_site: LiveSite) -> None:
    log_in(phone, live_site, OFFICER)
    menu = phone.locator("details.menu summary")
    menu.click()
    expect(phone.locator(".menu__panel")).to_be_visible()

    phone.keyboard.press("Escape")

    expect(phone.locator(".menu__panel")).to_be_hidden()
    expect(menu).to_be_focused()


def test_second_click_sends_nothing(phone: Page) -> None:
    sent: list[str] = []
    phone.goto("/")
    phone.route("**/gui", lambda route: (sent.append(route.request.url), route.fulfill(status=204)))
    phone.evaluate(
        """document.querySelector("main").insertAdjacentHTML(
            "afterbegin",
            "<form method=post action=/gui id=form><button class=button>Gửi</button></form>")"""
    )

    phone.get_by_role("button", name="Gửi").click()
    expect(phone.get_by_role("button", name="Gửi")).to_be_disabled()
    phone.evaluate("document.getElementById('form').requestSubmit()")
    phone.wait_for_timeout(200)

    assert len(sent) == 1
