import pytest
from django.urls import URLPattern, get_resolver

from catalogue.permissions import Permission, public
from portal.access import PREFIXES, Access, access_rule

RULES = {*Access, *Permission}


def walk(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern.callback
        else:
            yield from walk(pattern.url_patterns, route)


VIEWS = list(walk(get_resolver().url_patterns))


def test_every_view_has_a_rule():
    without = [route for route, view in VIEWS if access_rule(view, route) not in RULES]

    assert without == []


def test_every_prefix_of_the_table_is_in_use():
    unused = [
        prefix
        for prefix, _rule in PREFIXES
        if not any(route.startswith(prefix) for route, _ in VIEWS)
    ]

    assert unused == []


def test_a_view_without_a_rule_is_noticed():
    def view(request):
        raise NotImplementedError

    assert access_rule(view, "moi/") is None
    assert access_rule(public(view), "moi/") == Access.PUBLIC


@pytest.mark.parametrize(
    ("route", "rule"),
    [
        ("quan-tri/users/1/", Access.NOBODY),
        ("quan-tri/pages/", Access.STAFF),
        ("quan-tri/login/", Access.PUBLIC),
        ("tai-khoan/dang-nhap", Access.PUBLIC),
    ],
)
def test_first_matching_prefix_decides(route, rule):
    assert access_rule(object(), route) == rule
