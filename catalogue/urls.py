"""Public addresses of the catalogue."""

from django.urls import path

from catalogue.interfaces import views

app_name = "catalogue"
urlpatterns = [
    path("thu-tuc/<str:code>", views.procedure_page, name="procedure"),
]
