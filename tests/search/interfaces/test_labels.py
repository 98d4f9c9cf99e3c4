import pytest
from django.utils import translation

from search.documents import FACETS
from search.interfaces.labels import FACET_TITLES, facet_label


def test_every_facet_has_a_title():
    assert set(FACET_TITLES) == set(FACETS)


@pytest.mark.parametrize(
    ("facet", "value", "label"),
    [
        ("level", "commune", "Commune level"),
        ("channel", "online", "Online"),
        ("audience", "person", "Citizens"),
        ("online", "3", "Fill in and send online (level 3)"),
        ("online", "whole", "Service level whole"),
        ("fee", "by_case", "Depends on the case"),
        ("field", "Hộ tịch", "Hộ tịch"),
        ("level", "nowhere", "nowhere"),
    ],
)
def test_facet_values_have_names(facet, value, label):
    with translation.override("en"):
        assert facet_label(facet, value) == label


def test_facet_values_speak_vietnamese():
    with translation.override("vi"):
        assert facet_label("online", "3") == "Khai và nộp trực tuyến (mức độ 3)"
