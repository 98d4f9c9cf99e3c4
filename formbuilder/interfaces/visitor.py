"""Who stands before the form: the user of the session, and the secret of the device."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from formbuilder.access import new_device_key
from formbuilder.selectors.drafts import Visitor
from formbuilder.services.drafts import LIFETIME

COOKIE = "to_khai"
SALT = "formbuilder.device"


def visitor_of(request: HttpRequest) -> Visitor:
    """Return who asks; a cookie that was tampered with counts as none."""
    key = request.get_signed_cookie(COOKIE, default="", salt=SALT)
    return Visitor(request.user if request.user.is_authenticated else None, str(key))


def with_device_key(visitor: Visitor) -> Visitor:
    """Return `visitor` with a device secret, a fresh one when there was none."""
    return Visitor(visitor.user, visitor.device_key or new_device_key())


def remember_device(response: HttpResponse, visitor: Visitor) -> HttpResponse:
    """Leave the device's secret on the device, for as long as a draft is kept."""
    if visitor.device_key:
        response.set_signed_cookie(
            COOKIE,
            visitor.device_key,
            salt=SALT,
            max_age=int(LIFETIME.total_seconds()),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
