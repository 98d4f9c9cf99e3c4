"""Public addresses of the catalogue."""

from django.urls import path

from catalogue.interfaces import (
    decision_page,
    feeds,
    history,
    lists,
    open_data,
    reports,
    views,
)

app_name = "catalogue"
urlpatterns = [
    path("thu-tuc", lists.procedure_list, name="procedures"),
    path("co-quan", lists.agency_list, name="agencies"),
    path("co-quan/<str:code>", lists.agency_page, name="agency"),
    path("linh-vuc", lists.field_list, name="fields"),
    path("linh-vuc/<str:key>", lists.field_page, name="field"),
    path("thay-doi.atom", feeds.changes_feed, name="changes_feed"),
    path("du-lieu-mo", open_data.open_data_page, name="open_data"),
    path("du-lieu-mo/thu-tuc.<str:form>", open_data.open_data_file, name="open_data_file"),
    path("quyet-dinh/<int:pk>", decision_page.decision_page, name="decision"),
    path("quyet-dinh/<int:pk>/tep", decision_page.decision_file, name="decision_file"),
    path("thu-tuc/<str:code>", views.procedure_page, name="procedure"),
    path("thu-tuc/<str:code>/qr.svg", views.procedure_qr, name="procedure_qr"),
    path("thu-tuc/<str:code>/lich-su", history.history, name="history"),
    path("thu-tuc/<str:code>/so-sanh", history.comparison, name="comparison"),
    path("thu-tuc/<str:code>/bao-sai", reports.report, name="report"),
    path("thu-tuc/<str:code>/bao-sai/xong", reports.report_sent, name="report_sent"),
]
