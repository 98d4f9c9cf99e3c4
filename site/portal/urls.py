"""All addresses; the names printed on paper and used by clients are fixed."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.views.home import home
from portal.views.statements import accessibility, privacy
from portal.views.style import style_page

urlpatterns = [
    path("quan-tri/", include(wagtailadmin_urls)),
    path("tep/", include(wagtaildocs_urls)),
]
urlpatterns += i18n_patterns(
    path("", home, name="home"),
    path("tro-giup/tiep-can", accessibility, name="accessibility"),
    path("tro-giup/rieng-tu", privacy, name="privacy"),
    path("kieu-dang", style_page, name="style_page"),
    path("", include("catalogue.urls")),
    path("", include("search.urls")),
    prefix_default_language=False,
)
