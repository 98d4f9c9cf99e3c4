"""Strategies that draw valid canonical documents which share some of their keys."""

from typing import Any

from hypothesis import strategies as st

from catalogue.enums import Audience, ChannelKind, FeeState, GroupKind, TimeState, TimeUnit

Drawn = st.SearchStrategy[Any]
WORDS = st.sampled_from(["Đơn", "Tờ khai", "Đơn đề nghị", "not stated", "3"])
TEXT = st.just("") | WORDS
OPTIONAL = st.none() | TEXT
COUNT = st.integers(0, 2)


def lists(values: Drawn, most: int = 3) -> Drawn:
    return st.lists(values, max_size=most)


def part(**members: Drawn) -> Drawn:
    return st.fixed_dictionaries({"key": st.none(), **members})


FEE = part(
    state=st.sampled_from(FeeState.values),
    value=st.none() | st.sampled_from([0, 20_000]),
    unit=st.sampled_from(["VND", "USD", None]),
    text=TEXT,
)
TIME_LIMIT = part(
    state=st.sampled_from([TimeState.SAME_DAY.value, TimeState.UNKNOWN.value]),
    value=st.none() | st.sampled_from([3, 2.5]),
    unit=st.none() | st.sampled_from(TimeUnit.values),
    text=TEXT,
    fees=lists(FEE, 2),
) | part(
    state=st.just(TimeState.STATED.value),
    value=st.sampled_from([3, 3.0000001, 10]),
    unit=st.none() | st.sampled_from(TimeUnit.values),
    text=TEXT,
    fees=lists(FEE, 2),
)
CHANNEL = part(
    kind=st.sampled_from(ChannelKind.values), text=TEXT, time_limits=lists(TIME_LIMIT, 2)
)
PAPER = part(
    name=WORDS,
    note=st.booleans(),
    originals=COUNT,
    copies=COUNT,
    form=st.none()
    | st.fixed_dictionaries(
        {"name": TEXT, "file": st.sampled_from([None, "/tep/1/don.docx", "/tep/2/don.docx"])}
    ),
    text=TEXT,
)
GROUP = part(
    kind=st.sampled_from(GroupKind.values),
    kind_rule=TEXT,
    title=OPTIONAL,
    documents=lists(PAPER),
)
ACT = part(
    number=WORDS,
    title=TEXT,
    issued_on=st.sampled_from([None, "2026-01-05", "2026-05-01"]),
    agency=OPTIONAL,
)
AGENCY = st.fixed_dictionaries({"code": TEXT, "name": TEXT})
SCATTERED: dict[str, Drawn] = {
    "code": st.sampled_from(["1.000001", "1.000002"]),
    "name": WORDS,
    "field": st.fixed_dictionaries({"code": OPTIONAL, "name": WORDS}),
    "levels": st.lists(st.sampled_from(["province", "commune", "Cấp xã"]), unique=True),
    "audiences": st.lists(st.sampled_from(Audience.values), unique=True),
    "applicants": lists(TEXT),
    "agencies": st.fixed_dictionaries(
        {
            "publishing": AGENCY,
            **{
                name: lists(TEXT, 2)
                for name in ("implementing", "competent", "delegated", "coordinating")
            },
        }
    ),
    "receiving_places": lists(TEXT),
    "sets": st.none() | COUNT,
    "steps": lists(part(case=OPTIONAL, text=WORDS)),
    "channels": lists(CHANNEL),
    "document_groups": lists(GROUP),
    "requirements": lists(part(kind=st.sampled_from(["general", "business"]), text=WORDS)),
    "results": lists(part(name=WORDS, code=OPTIONAL)),
    "legal_bases": lists(ACT),
    "keywords": lists(TEXT),
    "online_level": st.fixed_dictionaries(
        {"scheme": st.sampled_from(["", "2018"]), "value": st.sampled_from(["", "2018", "4"])}
    ),
    "source": st.fixed_dictionaries({"decision_number": OPTIONAL, "url": OPTIONAL}),
}
KEYS = tuple(f"k{n}" for n in range(60))


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    document = {"schema": 1, "language": "vi"} | draw(st.fixed_dictionaries(SCATTERED))
    for value in document.values():
        keys = iter(draw(st.permutations(KEYS[:8])) + list(KEYS[8:]))
        give_keys(value, keys)
    return document


@st.composite
def edited(draw: st.DrawFn, document: dict[str, Any]) -> dict[str, Any]:
    """Draw a document in which some members of `document` are others."""
    other = draw(documents())
    names = draw(st.sets(st.sampled_from(sorted(SCATTERED)), max_size=3))
    return document | {name: other[name] for name in names}


def give_keys(value: Any, keys: Any) -> None:
    if isinstance(value, list):
        for item in value:
            give_keys(item, keys)
    elif isinstance(value, dict):
        if "key" in value:
            value["key"] = next(keys)
        for nested in value.values():
            give_keys(nested, keys)
