"""Public addresses of the catalogue."""

from django.urls import path

from catalogue.interfaces import decision_page, views

app_name = "catalogue"
urlpatterns = [
    path("quyet-dinh/<int:pk>", decision_page.decision_page, name="decision"),
    path("quyet-dinh/<int:pk>/tep", decision_page.decision_file, name="decision_file"),
    path("thu-tuc/<str:code>", views.procedure_page, name="procedure"),
]
