"""All addresses; the names printed on paper and used by clients are fixed."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("quan-tri/", include(wagtailadmin_urls)),
    path("tep/", include(wagtaildocs_urls)),
]
urlpatterns += i18n_patterns(
    path("", include("catalogue.urls")),
    prefix_default_language=False,
)
