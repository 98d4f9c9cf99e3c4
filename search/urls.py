"""Public addresses of search."""

from django.urls import path

from search.interfaces import missing, views

app_name = "search"
urlpatterns = [
    path("tim-kiem", views.results, name="results"),
    path("tim-kiem/khong-thay", missing.missing, name="missing"),
    path("tim-kiem/khong-thay/xong", missing.missing_sent, name="missing_sent"),
]
