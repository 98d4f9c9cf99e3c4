"""Addresses of the decision screens, under `/quan-tri/quyet-dinh/`."""

from django.urls import path

from catalogue.interfaces.decisions import views

app_name = "catalogue_decisions"
urlpatterns = [
    path("", views.decision_list, name="list"),
    path("moi/", views.decision_new, name="new"),
    path("<int:pk>/", views.decision_detail, name="detail"),
    path("<int:pk>/them/", views.item_add, name="add_item"),
    path("<int:pk>/trinh/", views.decision_submit, name="submit"),
    path("<int:pk>/duyet/", views.decision_approve, name="approve"),
    path("<int:pk>/dua-vao-danh-muc/", views.decision_enter, name="enter"),
    path("<int:pk>/rut/", views.decision_withdraw, name="withdraw"),
]
