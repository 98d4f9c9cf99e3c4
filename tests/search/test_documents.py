import unicodedata

from factories.search import make_channel, make_document, make_group
from search.documents import FACETS, KEYWORD_FIELDS, TEXT_FIELDS, build_search_document


def build(**changes):
    return build_search_document(make_document(**changes), sha256="abc")


def test_name_is_indexed_folded_accented_and_in_pairs():
    document = build(name="Thủ tục đăng ký kết hôn")

    assert document.texts["name"] == ["dang", "ky", "ket", "hon"]
    assert document.texts["name_accented"] == ["đăng", "ký", "kết", "hôn"]
    assert document.texts["name_pairs"] == ["dang_ky", "ky_ket", "ket_hon"]


def test_every_field_of_the_index_is_built():
    document = build()

    assert tuple(document.texts) == TEXT_FIELDS
    assert set(document.keywords) == set(KEYWORD_FIELDS)


def test_keywords_are_aliases():
    document = build(name="Cấp lại giấy phép lái xe", keywords=["bằng B1"])

    assert document.texts["alias"] == ["bang", "b1"]
    assert document.texts["alias_pairs"] == ["bang_b1"]


def test_results_papers_and_steps_have_their_fields():
    document = build(
        results=[{"key": "k1", "name": "Giấy chứng nhận", "code": None}],
        document_groups=[make_group("Tờ khai", title="Phải nộp")],
        steps=[{"key": "s1", "case": None, "text": "Người yêu cầu nộp hồ sơ"}],
    )

    assert document.texts["results"] == ["giay", "chung", "nhan"]
    assert document.texts["documents"] == ["phai", "nop", "to", "khai"]
    assert {"nguoi", "yeu", "cau"} <= set(document.texts["body"])
    assert {"ket", "giay", "khai", "nguoi"} <= set(document.texts["text"])
    assert len(document.texts["text"]) == len(set(document.texts["text"]))


def test_facets_are_exact_values():
    document = build(channels=[make_channel("post"), make_channel("direct"), make_channel("post")])

    assert {name: document.keywords[name] for name in FACETS} == {
        "field": ["Hộ tịch"],
        "agency": ["Bộ Tư pháp"],
        "level": ["commune"],
        "audience": ["person"],
        "online": ["2"],
        "fee": ["free"],
        "channel": ["direct", "post"],
        "province": [],
    }


def test_decomposed_text_gives_the_same_document():
    document = make_document(name="Hoà giải cơ sở")
    decomposed = document | {"name": unicodedata.normalize("NFD", document["name"])}

    assert build_search_document(decomposed, sha256="abc") == build_search_document(
        document, sha256="abc"
    )


def test_missing_parts_leave_fields_empty():
    document = build(channels=[], online_level=None, field={"code": None, "name": None})

    assert document.keywords["online"] == document.keywords["field"] == []
    assert document.shown["time_limits"] == document.shown["fees"] == []
    assert document.keywords["fee"] == ["unknown"]


def test_hit_shows_the_different_times_and_fees_and_where_it_is_handed_in():
    unknown = {"value": None, "unit": None, "state": "unknown"}

    shown = build(
        channels=[make_channel(**unknown), make_channel("post"), make_channel("online")]
    ).shown

    assert shown["time_limits"] == [
        {"value": 3, "unit": "working_day", "text": "", "state": "stated"},
        {"value": None, "unit": None, "text": "", "state": "unknown"},
    ]
    assert shown["fees"] == [{"state": "free", "value": None, "unit": None, "text": ""}]
    assert shown["places"] == ["Ủy ban nhân dân cấp xã"]


def test_words_are_found_by_what_they_begin_with():
    document = build(name="Thủ tục kết hôn", keywords=["cưới"])

    assert {"k", "ke", "ket", "hon", "cuoi", "1", "000894"} <= set(document.texts["starts"])
    assert not {"thu", "tuc"} & set(document.texts["starts"])
    assert not {"k", "ke"} & set(document.texts["text"])
