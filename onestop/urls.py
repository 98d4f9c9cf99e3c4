"""Addresses of the one-stop mechanism; those printed on paper are fixed."""

from django.urls import path

from onestop.interfaces import desk, tracking

app_name = "onestop"
urlpatterns = [
    path("ho-so", tracking.enter_code, name="enter_code"),
    path("ho-so/<str:code>", tracking.track_dossier, name="track"),
    path("xac-minh/<str:token>", tracking.verify_paper, name="verify"),
    path("mot-cua/", desk.inbox, name="inbox"),
    path("mot-cua/<int:pk>", desk.dossier_page, name="dossier"),
    path("mot-cua/<int:pk>/tiep-nhan", desk.receive, name="receive"),
    path("mot-cua/<int:pk>/mau-01.pdf", desk.receipt, name="receipt"),
    path("mot-cua/<int:pk>/tep/<uuid:attachment_id>", desk.attachment, name="attachment"),
]
