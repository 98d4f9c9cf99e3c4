"""The living style page: every component of the pages in every state, for people and tests."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalogue.permissions import Permission, requires

CHANNELS = [
    ("direct", "Trực tiếp tại Bộ phận Một cửa"),
    ("online", "Trực tuyến"),
    ("post", "Qua dịch vụ bưu chính công ích"),
]
PAPERS = [("card", "Căn cước"), ("passport", "Hộ chiếu"), ("certificate", "Giấy chứng sinh")]
PLACES = [
    ("", "Chọn một nơi"),
    ("first", "Phường Điện Biên Phủ"),
    ("second", "Phường Mường Lay"),
]
SPECIMEN_LENGTH = 180


class SpecimenForm(forms.Form):
    """One field of each kind, with hints; bound to nothing it shows each kind's error."""

    full_name = forms.CharField(
        label="Họ, chữ đệm và tên",
        help_text="Viết như trên căn cước, ví dụ: Nguyễn Thị Hồng Nhung.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    identity_number = forms.CharField(
        label="Số định danh cá nhân",
        help_text="12 chữ số.",
        widget=forms.TextInput(attrs={"class": "input--short", "inputmode": "numeric"}),
    )
    place = forms.ChoiceField(
        label="Nơi cư trú",
        choices=PLACES,
    )
    reason = forms.CharField(
        label="Lý do", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    channel = forms.ChoiceField(
        label="Nhận kết quả bằng cách nào?",
        help_text="Kết quả gửi qua bưu chính có thể mất thêm cước phí.",
        choices=CHANNELS,
        widget=forms.RadioSelect,
    )
    papers = forms.MultipleChoiceField(
        label="Giấy tờ đã có", choices=PAPERS, widget=forms.CheckboxSelectMultiple
    )
    scan = forms.FileField(
        label="Bản chụp giấy chứng sinh",
        help_text="Tệp PDF, JPG hoặc PNG, tối đa 10 MB.",
        widget=forms.FileInput,
    )
    agree = forms.BooleanField(
        label="Tôi cam đoan những điều khai trên là đúng sự thật",
        help_text="Khai sai có thể bị từ chối giải quyết.",
    )


@requires(Permission.VIEW_STYLE_PAGE)
def style_page(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    context = {
        "form": SpecimenForm(auto_id="plain_%s"),
        "wrong_form": SpecimenForm({}, auto_id="wrong_%s"),
        "page": Paginator(range(SPECIMEN_LENGTH), 10).get_page(request.GET.get("page", 3)),
    }
    return render(request, "portal/style_page.html", context)
