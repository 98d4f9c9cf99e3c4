from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.urls import resolve
from django.utils.translation import override

from portal.templatetags.portal import page_numbers, site_path


class OneOfEach(forms.Form):
    name = forms.CharField(help_text="As on the card.", widget=forms.TextInput({"class": "wide"}))
    note = forms.CharField(required=False, widget=forms.Textarea)
    place = forms.ChoiceField(choices=[("a", "A")])
    way = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    scan = forms.FileField()
    sure = forms.BooleanField()
    secret = forms.CharField(widget=forms.HiddenInput)


def render(source: str, **context: Any) -> str:
    template = engines["django"].from_string("{% load portal %}" + source)
    return template.render(context, context.get("request"))


def render_field(name: str, data: dict[str, str] | None = None) -> str:
    return render('{% include "portal/components/field.html" %}', field=OneOfEach(data)[name])


@pytest.mark.parametrize(("language", "path"), [("vi", "/tim-kiem"), ("en", "/en/tim-kiem")])
def test_site_path_follows_the_language(language: str, path: str) -> None:
    with override(language):
        assert site_path("/tim-kiem") == path


def test_translate_url_keeps_page_and_query() -> None:
    request = RequestFactory().get("/kieu-dang?page=2")
    request.resolver_match = resolve("/kieu-dang")

    with override("vi"):
        assert render("{% translate_url 'en' %}", request=request) == "/en/kieu-dang?page=2"


def test_translate_url_of_unknown_page_is_home() -> None:
    request = RequestFactory().get("/khong-co")
    request.resolver_match = None

    assert render("{% translate_url 'en' %}", request=request) == "/en/"
    assert render("{% translate_url 'vi' %}") == "/"


@pytest.mark.parametrize(
    ("address", "translated"),
    [
        ("/thu-tuc/1.000001", "/en/thu-tuc/1.000001"),
        ("/thu-tuc/1.000001?a=%C4%91&b=%22", "/en/thu-tuc/1.000001?a=%C4%91&b=%22"),
        ("/robots.txt?a=1", "/robots.txt?a=1"),
        # Has a view and no name.
        ("/quan-tri/logout/?a=1", "/quan-tri/logout/?a=1"),
    ],
)
def test_translate_url_changes_the_language_alone(address: str, translated: str) -> None:
    request = RequestFactory().get(address)
    request.resolver_match = resolve(request.path_info)

    with override("vi"):
        html = render("{% translate_url 'en' %}", request=request)

    assert html == translated.replace("&", "&amp;")


def test_field_keeps_own_class_and_points_to_hint() -> None:
    html = render_field("name")

    assert 'class="input wide"' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert 'id="id_name_helptext"' in html


def test_field_with_error_is_marked_and_described() -> None:
    html = render_field("name", {})

    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert "field--error" in html


@pytest.mark.parametrize(
    ("name", "css"), [("note", "textarea"), ("place", "select"), ("scan", "input input--file")]
)
def test_field_has_the_class_of_its_kind(name: str, css: str) -> None:
    assert f'class="{css}"' in render_field(name)


def test_radio_group_is_a_fieldset_described_by_its_error() -> None:
    html = render_field("way", {})

    assert '<fieldset class="field fieldset field--error" aria-describedby="id_way_error">' in html
    assert html.count('type="radio"') == 2
    assert "aria-invalid" not in html


def test_hidden_field_is_only_its_control() -> None:
    html = render_field("secret")

    assert html.strip() == '<input type="hidden" name="secret" id="id_secret">'


def test_error_summary_leads_to_the_controls() -> None:
    html = render('{% include "portal/components/error_summary.html" %}', form=OneOfEach({}))

    assert [target for target in ("id_name", "id_way_0", "id_sure") if f'"#{target}"' in html] == [
        "id_name",
        "id_way_0",
        "id_sure",
    ]
    assert 'role="alert" tabindex="-1"' in html


def test_error_summary_of_a_right_form_is_empty() -> None:
    html = render('{% include "portal/components/error_summary.html" %}', form=OneOfEach())

    assert html.strip() == ""


def test_page_numbers_leave_out_the_middle() -> None:
    page = Paginator(range(200), 10).page(10)

    assert list(page_numbers(page)) == [1, "…", 9, 10, 11, "…", 20]


def test_pagination_keeps_the_query() -> None:
    request = RequestFactory().get("/tim-kiem?q=khai+sinh&page=2")
    page = Paginator(range(30), 10).page(2)

    html = render('{% include "portal/components/pagination.html" %}', page=page, request=request)

    assert 'rel="prev" href="?q=khai+sinh&amp;page=1"' in html
    assert 'rel="next" href="?q=khai+sinh&amp;page=3"' in html
