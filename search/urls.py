"""Public addresses of search."""

from django.urls import path

from search.interfaces import views

app_name = "search"
urlpatterns = [path("tim-kiem", views.results, name="results")]
