"""Public addresses of the catalogue."""

from django.urls import path

from catalogue.interfaces import decision_page, reports, views

app_name = "catalogue"
urlpatterns = [
    path("quyet-dinh/<int:pk>", decision_page.decision_page, name="decision"),
    path("quyet-dinh/<int:pk>/tep", decision_page.decision_file, name="decision_file"),
    path("thu-tuc/<str:code>", views.procedure_page, name="procedure"),
    path("thu-tuc/<str:code>/qr.svg", views.procedure_qr, name="procedure_qr"),
    path("thu-tuc/<str:code>/bao-sai", reports.report, name="report"),
    path("thu-tuc/<str:code>/bao-sai/xong", reports.report_sent, name="report_sent"),
]
