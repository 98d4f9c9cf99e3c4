import pytest

from search.analysis import find_codes, normalise_code


@pytest.mark.parametrize("written", ["1.004873", "1004873", " 1.004873 ", "1.004873.000.00.00.H18"])
def test_code_is_known_in_every_form(written):
    assert normalise_code(written) == "1.004873"


@pytest.mark.parametrize(
    "written", ["", "1.00487", "10048731", "60/2014/QH13", "0912345678", "a1.004873"]
)
def test_other_numbers_are_no_code(written):
    assert normalise_code(written) is None
    assert find_codes(written) == ((), written)


def test_codes_are_taken_out_of_a_sentence():
    codes, rest = find_codes("thủ tục 1.004873 và 2000635, 1004873")

    assert codes == ("1.004873", "2.000635")
    assert rest.split() == ["thủ", "tục", "và", ","]
