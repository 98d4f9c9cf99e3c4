"""Facts of five procedures, read by hand in the raw text of their records.

A time limit is told with its fees; a paper as originals+copies, with an f where it has a blank
form; n is a note.
"""

from typing import Any

import pytest

from catalogue.importing.records import read_record
from factories.real_records import CORPUS, real_records

GOLDEN: dict[str, dict[str, Any]] = {
    "1.001193": {
        "levels": ["commune"],
        "audiences": ["person"],
        "applicants": 2,
        "agencies": [1, 0, 0, 0],
        "decision": "163/QĐ-BTP",
        "steps": 1,
        "requirements": 0,
        "results": ["KQ.G15.000031"],
        "channels": {
            "online": ["stated 1; free"],
            "post": ["stated 1; free"],
            "direct": ["stated 1; free"],
        },
        "groups": [
            ("always", "Giấy tờ phải", "1+0 1+0 n 1+0 1+0"),
            ("always", "Giấy tờ phải", "n 1+0 n n n 1+0"),
            ("note", "Lưu ý", "n n n n n n n n n n n n n n n n n n n"),
            ("always", "", "n 1+0 1+0"),
        ],
        "acts": (
            "85/2019/TT-BTC 104/2022/NĐ-CP 123/2015/NĐ-CP 08/2025/TT-BTP "
            "18/2026/NĐ-CP 87/2020/NĐ-CP 04/2024/TT-BTP 03/2023/TT-BTP "
            "106/2021/TT-BTC 04/2020/TT-BTP 07/2025/NĐ-CP 120/2025/NĐ-CP "
            "66.7/2025/NQ-CP 60/2014/QH13 01/2022/TT-BTP"
        ),
    },
    "2.000635": {
        "levels": ["province", "commune"],
        "audiences": ["person", "organisation"],
        "applicants": 2,
        "agencies": [2, 0, 0, 0],
        "decision": "163/QĐ-BTP",
        "steps": 1,
        "requirements": 0,
        "results": ["KQ.G15.000342"],
        "channels": {
            "online": ["unknown; stated 8000 VND"],
            "post": ["unknown; stated 8000 VND"],
            "direct": ["unknown; stated 8000 VND"],
        },
        "groups": [
            ("always", "Giấy tờ phải", "n 1+0"),
            ("always", "Giấy tờ phải", "n 1+0 1+0 n n n"),
            ("note", "Lưu ý", "n n n n n n n n n n n n n n"),
            ("always", "", "1+0 1+1 n"),
        ],
        "acts": (
            "66.7/2025/NQ-CP 04/2020/TT-BTP 07/2025/NĐ-CP 120/2025/NĐ-CP "
            "60/2014/QH13 01/2022/TT-BTP 85/2019/TT-BTC 18/2026/NĐ-CP "
            "123/2015/NĐ-CP 08/2025/TT-BTP 87/2020/NĐ-CP 04/2024/TT-BTP "
            "03/2023/TT-BTP 106/2021/TT-BTC 281/2016/TT-BTC"
        ),
    },
    "1.004222": {
        "levels": ["commune"],
        "audiences": ["person"],
        "applicants": 2,
        "agencies": [1, 1, 0, 0],
        "decision": "1523/QĐ-BCA-C06",
        "steps": 5,
        "requirements": 1,
        "results": ["KQ.G01.000064", "KQ.G01.000065", "KQ.G01.000067", "KQ.G01.000066"],
        "channels": {
            "online": ["stated 7 working_day; stated 10000 VND"],
            "direct": ["stated 7 working_day; stated 20000 VND"],
        },
        "groups": [
            ("alternative", "Đăng ký thườ", "1+0 1+0"),
            ("alternative", "Người được c", "1+0 1+0"),
            ("alternative", "Đăng ký thườ", "1+0"),
            ("alternative", "Đăng ký thườ", "1+0 n n 1+0 1+0"),
            ("alternative", "Đăng ký thườ", "1+0 1+0 1+0"),
            ("alternative", "Đăng ký thườ", "1+0 1+0"),
            ("alternative", "Đăng ký thườ", "1+0 1+0"),
            ("note", "", "n"),
        ],
        "acts": (
            "66.7/2025/NQ-CP 53/2025/TT-BCA 66/2023/TT-BCA 75/2022/TT-BTC "
            "68/2020/QH14 57/2021/TT-BCA 54/2025/TT-BCA 154/2024/NĐ-CP "
            "55/2021/TT-BCA 56/2021/TT-BCA 58/2026/NĐ-CP"
        ),
    },
    "2.000829": {
        "levels": ["province"],
        "audiences": ["person"],
        "applicants": 2,
        "agencies": [3, 0, 0, 0],
        "decision": "3791/QĐ-BTP",
        "steps": 1,
        "requirements": 0,
        "results": ["KQ.G15.000015"],
        "channels": {
            "online": ["stated 1; free"],
            "post": ["stated 1; free"],
            "direct": ["stated 1; free"],
        },
        "groups": [
            ("alternative", "1. Giấy tờ c", "1+0 1+0 1+0 1+0 1+0 1+0"),
            ("alternative", "2. Giấy tờ c", "1+0"),
            ("alternative", "3. Giấy tờ c", "1+0 n 1+0 1+0"),
            ("alternative", "4. Giấy tờ c", "1+0 1+0"),
            ("alternative", "5. Giấy tờ c", "1+0"),
            ("alternative", "6. Giấy tờ c", "1+0 1+0"),
            ("alternative", "7. Giấy tờ c", "1+0 1+0"),
            ("alternative", "8. Giấy tờ c", "1+0 1+0"),
            ("alternative", "9. Giấy tờ c", "1+0 1+0"),
            ("alternative", "10. Giấy tờ ", "1+0 1+0"),
            ("alternative", "11. Giấy tờ ", "1+0 1+0"),
            ("alternative", "12. Giấy tờ,", "1+0"),
            ("alternative", "13. Giấy tờ ", "1+0 1+0"),
            ("always", "14. Các loại", "1+0"),
            ("always", "", "1+0 0+0 1+0"),
        ],
        "acts": (
            "66.7/2025/NQ-CP 08/2025/TT-BTP 09/2022/TT-BTP 11/2025/TT-BTP "
            "12/2018/TT-BTP 10/2023/TT-BTP 11/2017/QH14"
        ),
    },
    "1.005040": {
        "levels": ["province", "commune", "other"],
        "audiences": ["person", "organisation"],
        "applicants": 9,
        "agencies": [2, 0, 0, 0],
        "decision": "902/QĐ-BXD",
        "steps": 2,
        "requirements": 0,
        "results": ["KQ.G17.000324"],
        "channels": {"direct": ["stated 2 hour; unknown"]},
        "groups": [
            ("always", "Các giấy tờ ", "2+0f 0+2"),
            ("always", "Các giấy tờ ", "0+2 0+2 2+0"),
            ("always", "Các giấy tờ ", "1+0 1+0"),
            ("always", "Hồ sơ khác", "1+0 1+0"),
        ],
        "acts": (
            "09/2025/TT-BXD 248/2016/TT-BTC 43/2024/TT-BTC 23/2004/QH11 "
            "69/2014/TT-BGTVT 48/2014/QH13"
        ),
    },
}
HEAD = 12


def facts(document: dict[str, Any]) -> dict[str, Any]:
    agencies = document["agencies"]
    return {
        "levels": document["levels"],
        "audiences": document["audiences"],
        "applicants": len(document["applicants"]),
        "agencies": [
            len(agencies[name])
            for name in ("implementing", "competent", "delegated", "coordinating")
        ],
        "decision": document["source"]["decision_number"],
        "steps": len(document["steps"]),
        "requirements": len(document["requirements"]),
        "results": [result["code"] for result in document["results"]],
        "channels": {
            channel["kind"]: list(map(limit_facts, channel["time_limits"]))
            for channel in document["channels"]
        },
        "groups": [
            (
                group["kind"],
                (group["title"] or "")[:HEAD],
                " ".join(map(paper_facts, group["documents"])),
            )
            for group in document["document_groups"]
        ],
        "acts": " ".join(act["number"] for act in document["legal_bases"]),
    }


def limit_facts(limit: dict[str, Any]) -> str:
    return "; ".join(map(stated_facts, (limit, *limit["fees"])))


def stated_facts(part: dict[str, Any]) -> str:
    told = (part["state"].value, part["value"], part["unit"])
    return " ".join(str(fact) for fact in told if fact is not None)


def paper_facts(paper: dict[str, Any]) -> str:
    if paper["note"]:
        return "n"
    return f"{paper['originals']}+{paper['copies']}" + ("f" if paper["form"] else "")


if CORPUS.exists():  # beside a working copy of the project; there is nothing to read elsewhere

    @pytest.mark.parametrize("code", GOLDEN)
    def test_golden_procedure_is_read_as_it_was_by_hand(code: str) -> None:
        assert facts(read_record(real_records()[code]).document) == GOLDEN[code]
