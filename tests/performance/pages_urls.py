"""The product's addresses and the empty view."""

from django.urls import path

from performance.ceiling_urls import empty
from portal.urls import handler500
from portal.urls import urlpatterns as product

__all__ = ["handler500", "urlpatterns"]

urlpatterns = [path("empty", empty), *product]
