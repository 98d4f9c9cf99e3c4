import pytest

from catalogue.documents import DocumentInvalid, place_in_words, validate_document
from factories.catalogue import make_full_document

PLACES = {
    "/": "Toàn bộ thủ tục",
    "/name": "Tên",
    "/document_groups/1/documents/2/name": "Nhóm giấy tờ 2 › Giấy tờ 3 › Tên giấy tờ",
    "/document_groups/0/documents/0/form/name": (
        "Nhóm giấy tờ 1 › Giấy tờ 1 › Mẫu đơn, tờ khai › Mẫu"
    ),
    "/document_groups/0/documents": "Nhóm giấy tờ 1 › Giấy tờ",
    "/channels/0/time_limits/1/value": "Cách thức thực hiện 1 › Thời hạn giải quyết 2 › Bao lâu",
    "/channels/0/time_limits/0/fees/1/state": (
        "Cách thức thực hiện 1 › Thời hạn giải quyết 1 › Phí, lệ phí 2 › Trạng thái"
    ),
    "/steps/1/text": "Bước 2 › Nội dung thực hiện",
    "/legal_bases/3/number": "Căn cứ pháp lý 4 › Văn bản",
    "/agencies/competent/0": "Cơ quan có thẩm quyền quyết định › 1",
    "/source/url": "Địa chỉ nguồn",
    "/colour": "/colour",
}


@pytest.mark.parametrize("pointer", PLACES)
def test_place_is_told_as_the_screen_names_it(pointer: str) -> None:
    assert place_in_words(pointer) == PLACES[pointer]


def test_every_problem_of_a_document_is_told_in_words() -> None:
    document = make_full_document("1.990001", sets=-1, name="", audiences=["person", "person"])
    document["steps"][0]["case"] = 7
    document["channels"][0]["time_limits"][0] |= {"unit": "week", "value": None}
    document["legal_bases"][0] |= {"issued_on": "30/02/2026", "number": "9" * 81}
    del document["results"]

    with pytest.raises(DocumentInvalid) as refused:
        validate_document(document)

    told = {place_in_words(place): problem for place, problem in refused.value.problems}
    limit = "Cách thức thực hiện 1 › Thời hạn giải quyết 1"
    assert told == {
        "Toàn bộ thủ tục": "Còn thiếu: results.",
        "Tên": "Mục này đang để trống: hãy điền vào.",
        "Dành cho ai": "Có mục bị lặp lại ở đây.",
        "Số bộ hồ sơ": "Giá trị quá nhỏ: ít nhất là 0.",
        "Bước 1 › Trường hợp": "“7” không phù hợp ở đây.",
        f"{limit} › Đơn vị": "“week” không có trong danh sách lựa chọn.",
        f"{limit} › Bao lâu": "Mục này đang để trống: hãy điền vào.",
        "Căn cứ pháp lý 1 › Văn bản": "“30/02/2026” không phải là ngày hợp lệ.",
    }


def test_key_that_stands_twice_is_told() -> None:
    document = make_full_document("1.990001")
    document["steps"][1]["key"] = document["steps"][0]["key"]

    with pytest.raises(DocumentInvalid) as refused:
        validate_document(document)

    assert refused.value.problems == [("/steps", "Hai phần có cùng khóa “s1”.")]
