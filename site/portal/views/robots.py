"""What robots are asked to leave alone, and where the list of addresses lies."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalogue.permissions import public

# Work places, what belongs to one person, and answers that are made anew for every query.
LEFT_ALONE = ("/quan-tri/", "/mot-cua/", "/tai-khoan/", "/to-khai", "/ho-so", "/tim-kiem")


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what to leave alone and where the sitemap lies."""
    prefixes = ["", *(f"/{code}" for code, _name in settings.LANGUAGES[1:])]
    lines = [
        "User-agent: *",
        *(f"Disallow: {prefix}{path}" for prefix in prefixes for path in LEFT_ALONE),
        f"Sitemap: {settings.PUBLIC_URL}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
