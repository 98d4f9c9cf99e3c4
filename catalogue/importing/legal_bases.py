"""The acts of a record: a list in one export, a flattened table in the other."""

import re
from datetime import date
from typing import Any

from catalogue.strict_json import parse_json
from catalogue.text import normalise

_HEADING = re.compile(r"^Tên văn bản pháp lý\s*Mã văn bản")
# Bodies whose name ends a number, the longer ones first: they keep the next title's capitals apart.
_BODY = (
    "BNNPTNT|BLĐTBXH|VKSNDTC|BVHTTDL|BLĐBXH|TANDTC|BNNMT|BKHCN|BKHĐT|BTTTT|BTNMT|BGTVT|BGDĐT|BDTTG"
    "|NHNN|BHXH|CSXH|TTCP|UBDT|VPCP|VPQH|HĐND|UBND|HĐTP|MTTW|BNN|TTg|BTC|BTP|BCA|BQP|BXD|BYT|BCT"
    "|BNG|BNV|CTN|BCĐ|TLĐ|CP"
)
_ASSEMBLY = r"(?:(?:NQ|PL|L)-?)?(?:UBTVQH|QH)(?:1\d|\d)"
_OTHER_BODY = r"[A-ZĐÐ]{2,10}(?![a-zà-ỹ])"
_SUFFIX = rf"(?:{_ASSEMBLY}|[A-ZĐÐ]{{1,5}}(?:[-_/] ?(?:{_BODY}|{_OTHER_BODY}))+)"
# “… năm 202072/2020/QH14” is a year that ends a title, then a number.
_ACT = re.compile(
    rf"(?<!\d)(?P<year>(?:19|20)\d\d(?=\d{{1,4}}[./]))?"
    rf"(?P<number>(?:\d{{1,3}}\.)?\d{{1,5}}/(?:\d{{4}}/)?{_SUFFIX})"
)
_KIND = (
    r"(?:Bộ luật|Luật|Nghị định|Nghị quyết|Thông tư liên tịch|Thông tư|Thông thư|Quyết định"
    r"|Pháp lệnh|Chỉ thị|Văn bản hợp nhất|NĐ|NQ|QĐ|TT|VBHN)"
)
_ONLY_A_KIND = re.compile(rf"(?i){_KIND}?\s*(?:số)?\s*:?")
# “… tín dụngLuật số” + number: the cell of the number repeats the kind of the act.
_KIND_OF_THE_NUMBER = re.compile(rf"(?<=[^\s])(?:{_KIND}|(?<=[^\sA-Za-zÀ-ỹ])[Ss]ố)\s*(?:số)?\s*:?$")

Act = dict[str, Any]


def read_legal_bases(text: str) -> tuple[list[Act], str]:
    """Return the acts named in `text`, and what of it was not understood.

    Raises `ValueError` for a list that is no JSON, or JSON that cannot be kept (X2).
    """
    if text.lstrip().startswith("["):
        return _numbered(_listed(parse_json(text))), ""
    acts, rest = _flattened(normalise(_HEADING.sub("", text)))
    return _numbered(acts), rest


def _listed(rows: list[dict[str, Any]]) -> list[Act]:
    return [
        {
            "number": _number_in(row.get("so_ky_hieu"), row.get("trich_yeu")),
            "title": normalise(row.get("trich_yeu") or ""),
            "issued_on": _day(row.get("ngay_ban_hanh") or ""),
            "agency": normalise(row.get("co_quan_ban_hanh") or "") or None,
        }
        for row in rows
    ]


def _number_in(number: str | None, title: str | None) -> str:
    """Return the number as acts are cited, else as it was typed."""
    found = _ACT.search(normalise(number or "")) or _ACT.search(normalise(title or ""))
    return _as_cited(found["number"]) if found else normalise(number or "")


def _as_cited(number: str) -> str:
    return number.replace("Ð", "Đ").replace(" ", "")


def _day(text: str) -> str | None:
    try:
        day, month, year = map(int, text.split("-"))
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _flattened(text: str) -> tuple[list[Act], str]:
    acts: list[Act] = []
    title = ""
    while match := _ACT.search(text):
        number, written = match["number"], text[: match.start("number")]
        title += written
        text = text[match.end() :]
        if not _ends_an_entry(title, number, text):
            title += number
            continue
        text = text[_repeated(number, text) :]
        if not (
            acts
            and _as_cited(number) == acts[-1]["number"]
            and _ONLY_A_KIND.fullmatch(title.strip())
        ):
            acts.append(_act(number, title))
        title = ""
    return acts, (title + text).strip(" ;,.")


def _ends_an_entry(title: str, number: str, rest: str) -> bool:
    """A number in a title has a space or a mark behind it, one that ends an entry has none."""
    if not rest or rest[0].isupper():
        return True
    # “… Bộ Tư pháp18/2026/NĐ-CP Nghị định …”: glued to its title, so the space is the next one's.
    if title[-1:].isalpha() and not title.endswith("số") and re.match(rf" {_KIND}", rest):
        return True
    if rest[0].islower():
        return not rest.startswith("ngày")
    if not rest[0].isdigit():
        return False
    following = _ACT.match(rest)
    if following is None or following["number"] == number or not title.endswith(" "):
        return True
    # Two numbers side by side: the first is the end of a title, unless it stands alone in its cell.
    return bool(_ONLY_A_KIND.fullmatch(title.strip()) or _KIND_OF_THE_NUMBER.search(title.strip()))


def _repeated(number: str, rest: str) -> int:
    """Return how much of `rest` only repeats `number`, whole or without its kind."""
    stem = re.match(r"[\d.]+(?:/\d{4})?", number)
    pattern = rf"(?:{re.escape(number)}|{re.escape(stem[0])}(?![\d/]))" if stem else r"(?!)"
    match = re.match(pattern, rest)
    return match.end() if match else 0


def _act(number: str, title: str) -> Act:
    kept = _KIND_OF_THE_NUMBER.sub("", title.strip()).strip(" ;,.")
    if kept and _ONLY_A_KIND.fullmatch(kept):
        kept = f"{kept} {number}"
    return {"number": _as_cited(number), "title": kept, "issued_on": None, "agency": None}


def _numbered(acts: list[Act]) -> list[Act]:
    """Return each act once, with its key."""
    known: dict[str, Act] = {}
    for act in acts:
        if act["number"]:
            known.setdefault(act["number"], act)
    return [{"key": f"l{n}", **act} for n, act in enumerate(known.values(), 1)]
