from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from factories.search import make_document
from search.documents import build_search_document
from search.engines import Operation
from search.selectors import search_procedures

TIME_LIMIT = 2.0


def test_q5_hundred_different_queries_at_once_are_all_answered_in_time(engine):
    names = ("Đăng ký kết hôn", "Cấp giấy phép xây dựng nhà ở", "Tách hộ")
    documents = [make_document(f"1.{i:06}", names[i % 3]) for i in range(300)]
    engine.apply([Operation(d["code"], 1, build_search_document(d, sha256="x")) for d in documents])

    def ask(number):
        begun = monotonic()
        found = search_procedures(f"dang ky ket hon {number} " + "giay phep xay dung nha o " * 30)
        return found.total, monotonic() - begun

    with ThreadPoolExecutor(100) as readers:
        answers = list(readers.map(ask, range(100)))

    assert min(total for total, _seconds in answers) > 0
    assert max(seconds for _total, seconds in answers) < TIME_LIMIT
