import pytest

from search.name_table import AGENCY, FIELD, Named, NameTable

BESIDE = "uỷ ban nhân dân ubnd tp"
TABLE = NameTable(
    [
        Named(FIELD, "99", "Hộ tịch", core="Hộ tịch", beside="lĩnh vực"),
        Named(FIELD, "44", "Đất đai", core="Đất đai", beside="lĩnh vực"),
        Named(AGENCY, "G15", "Bộ Tư pháp", core="Bộ Tư pháp"),
        Named(
            AGENCY,
            "H26",
            "Uỷ ban nhân dân thành phố Hà Nội",
            core="Hà Nội",
            beside=f"{BESIDE} thành phố",
        ),
        *(
            Named(
                AGENCY,
                code,
                "Uỷ ban nhân dân xã Tân Thành",
                core="Tân Thành",
                beside=f"{BESIDE} xã {above}",
            )
            for code, above in (("X1", "tỉnh Lạng Sơn"), ("X2", "tỉnh Cà Mau"))
        ),
    ]
)


def called(text):
    return [named.key for named in TABLE.called(text)]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Bộ Tư pháp", ["G15"]),
        ("bo tu phap", ["G15"]),
        ("BỘ TƯ PHÁP", ["G15"]),
        ("hộ tịch", ["99"]),
        ("lĩnh vực hộ tịch", ["99"]),
        ("hà nội", ["H26"]),
        ("tp ha noi", ["H26"]),
        ("ubnd thành phố Hà Nội", ["H26"]),
        ("Ủy ban nhân dân TP. Hà Nội", ["H26"]),
        ("xã Tân Thành", ["X1", "X2"]),
        ("xa tan thanh ca mau", ["X2"]),
    ],
)
def test_name_is_found_however_it_is_said(text, keys):
    assert called(text) == keys


@pytest.mark.parametrize(
    "text",
    ["", "uỷ ban nhân dân", "xã", "tư pháp", "kết hôn ở hà nội", "bô tu phap", "hà " * 40, "???"],
)
def test_what_is_no_name_is_called_nothing(text):
    assert called(text) == []


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("h", ["99", "H26"]),
        ("hộ t", ["99"]),
        ("ho ti", ["99"]),
        ("bộ tư", ["G15"]),
        ("tân t", ["X1", "X2"]),
        ("nhân dân xã", ["X1", "X2"]),
        ("thành tân", []),
        ("", []),
    ],
)
def test_names_are_found_by_what_the_last_word_begins_with(text, keys):
    assert [named.key for named in TABLE.beginning(text, 2)] == keys


def test_key_has_its_name():
    assert TABLE.name_of(AGENCY, "G15") == "Bộ Tư pháp"
    assert TABLE.name_of(FIELD, "G15") is None
