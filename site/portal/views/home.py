"""The home page: search first, then what most people come for."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue.permissions import public
from portal.selectors.home import home_lists


@dataclass(frozen=True)
class LifeEvent:
    """An occasion in life that leads to procedures; `query` is what a citizen would type."""

    icon: str
    title: Promise
    query: str


LIFE_EVENTS = (
    LifeEvent("birth", _("Having a child"), "đăng ký khai sinh"),
    LifeEvent("marriage", _("Getting married"), "đăng ký kết hôn"),
    LifeEvent("home", _("Moving and residence"), "đăng ký thường trú tạm trú"),
    LifeEvent("identity", _("Identity papers"), "cấp căn cước hộ chiếu"),
    LifeEvent("vehicle", _("Vehicles and driving"), "đăng ký xe giấy phép lái xe"),
    LifeEvent("land", _("Land"), "giấy chứng nhận quyền sử dụng đất"),
    LifeEvent("construction", _("Building a house"), "giấy phép xây dựng nhà ở riêng lẻ"),
    LifeEvent("business", _("Starting a business"), "đăng ký hộ kinh doanh"),
)


@public
def home(request: HttpRequest) -> HttpResponse:
    """Show the search box, the ways in, and the box for tracking a dossier."""
    context = {
        "life_events": LIFE_EVENTS,
        "lists": home_lists(),
        "support_phone": settings.SUPPORT_PHONE,
    }
    return render(request, "portal/home.html", context)
