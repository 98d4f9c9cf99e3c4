"""All addresses; the names printed on paper and used by clients are fixed."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from catalogue.interfaces.sitemaps import SITEMAPS
from catalogue.permissions import public
from portal.accounts.urls import provider_urlpatterns
from portal.accounts.views import LogOutView
from portal.api import api
from portal.views.health import healthz, metrics, readyz
from portal.views.home import home
from portal.views.robots import robots
from portal.views.statements import accessibility, privacy
from portal.views.style import style_page

LOG_IN = RedirectView.as_view(pattern_name="account_login", query_string=True)

handler500 = "portal.views.faults.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", public(sitemaps.index), {"sitemaps": SITEMAPS}, name="sitemap"),
    path(
        "sitemap-<section>.xml",
        public(sitemaps.sitemap),
        {"sitemaps": SITEMAPS},
        name="django.contrib.sitemaps.views.sitemap",
    ),
    # Wagtail's own log-in and log-out are the portal's; it sends readers of private files there.
    path("quan-tri/login/", public(LOG_IN), name="wagtailcore_login"),
    path("quan-tri/logout/", public(LogOutView.as_view())),
    path("tai-khoan/lien-ket/", include(provider_urlpatterns)),
    path("api/v1/", api.urls),
    path("quan-tri/", include(wagtailadmin_urls)),
    path("tep/", include(wagtaildocs_urls)),
]
urlpatterns += i18n_patterns(
    path("", home, name="home"),
    path("tro-giup/tiep-can", accessibility, name="accessibility"),
    path("tro-giup/rieng-tu", privacy, name="privacy"),
    path("tai-khoan/", include("portal.accounts.urls")),
    path("kieu-dang", style_page, name="style_page"),
    path("", include("catalogue.urls")),
    path("", include("formbuilder.urls")),
    path("", include("onestop.urls")),
    path("", include("search.urls")),
    prefix_default_language=False,
)
