"""The form that every procedure has, made from its canonical document alone.

It asks who files, for whom, how to reach them, for every real paper of the dossier once, and how
the result is wanted. Papers alone are no interactive form, so it is level 2 and says so
(C32 art. 5; 3(8): an interactive form holds at least the fields of the prescribed one).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from catalogue.enums import Audience, GroupKind
from catalogue.text import fold, normalise
from formbuilder.definition import Block, Condition, FormDefinition, Page, Question, Section, Text
from formbuilder.wording import LANGUAGES, filled, words

SERVICE_LEVEL = {"scheme": "C32", "value": 2}
PAPERS_PER_PAGE = 8
MAX_LABEL = 160
AUTHORISED: Condition = {"question": "filer", "is": "authorised"}
PERSON: Condition = {"question": "subject", "is": "person"}
ORGANISATION: Condition = {"question": "subject", "is": "organisation"}
NOTE = words("skeleton.note")
# A paper that its own name ties to a case, so "not needed in my case" must be an answer.
_CONDITIONAL = re.compile(r"\bneu (co|thuoc|can)\b|\btruong hop\b|\bdoi voi\b|\bkhi co\b")

Document = Mapping[str, Any]


def form_skeleton(document: Document) -> FormDefinition:
    """Return the definition of the form for the procedure `document` (schema number 1)."""
    blocks = [
        *_filer(),
        *_subject(document),
        *_contact(),
        *_papers(document),
        *_result(),
        *_consent(),
    ]
    return FormDefinition({"vi": document["name"]}, tuple(blocks), SERVICE_LEVEL)


def _filer() -> Iterator[Block]:
    yield _page("ai-nop", "filer")
    yield _choice("filer", "filer", ("self", "authorised"), hint=words("skeleton.filer.hint"))
    yield _page("nguoi-duoc-uy-quyen", "proxy", shown_if=AUTHORISED)
    yield _question("proxy_name", "person_name", "proxy.name")
    yield _question("proxy_identity", "identity_number", "proxy.identity")
    yield _question("proxy_phone", "phone", "proxy.phone")


def _subject(document: Document) -> Iterator[Block]:
    audiences = document["audiences"] or [Audience.PERSON, Audience.ORGANISATION]
    both = Audience.PERSON in audiences and Audience.ORGANISATION in audiences
    if both:
        yield _page("ca-nhan-to-chuc", "subject")
        yield _choice("subject", "subject", ("person", "organisation"))
    if Audience.PERSON in audiences:
        yield _page("nguoi-de-nghi", "person", shown_if=PERSON if both else None)
        yield _question("full_name", "person_name", "person.name", hint=True, autocomplete="name")
        yield _question("identity_number", "identity_number", "person.identity", hint=True)
        yield _question("date_of_birth", "date_of_birth", "person.birth", hint=True)
    if Audience.ORGANISATION in audiences:
        yield _page("to-chuc", "organisation", shown_if=ORGANISATION if both else None)
        yield _question(
            "organisation_name", "text", "organisation.name", autocomplete="organization"
        )
        yield _question("tax_code", "tax_code", "organisation.tax")
        yield _question("representative", "person_name", "organisation.representative")


def _contact() -> Iterator[Block]:
    yield _page("lien-he", "contact")
    yield _question("phone", "phone", "contact.phone", hint=True)
    yield _question("email", "email", "contact.email", required=False)
    yield _page("dia-chi", "address", intro=words("skeleton.address.intro"))
    yield _question("address", "address", "address")


def _papers(document: Document) -> Iterator[Block]:
    groups = document["document_groups"]
    keys = count(1)
    common = [g for g in groups if g["kind"] in (GroupKind.ALWAYS, GroupKind.ONE_OF)]
    # Under the heading of another group they would seem to belong to it.
    common.sort(key=lambda group: bool(group["title"]))
    notes = [g for g in groups if g["kind"] == GroupKind.NOTE]
    cases = [g for g in groups if g["kind"] == GroupKind.ALTERNATIVE]
    if len(cases) == 1:
        # One case alone is no choice: its papers are asked for like the common ones.
        common, cases = [*common, *cases], []
    numbers = count(1)
    yield from _case(cases)
    yield from _paper_pages([*notes, *common], keys, numbers)
    for group in cases:
        yield from _paper_pages([group], keys, numbers, {"question": "case", "is": group["key"]})
    yield from _proxy_papers([g for g in groups if g["kind"] == GroupKind.PROXY], keys)


def _case(groups: Sequence[Document]) -> Iterator[Block]:
    if not groups:
        return
    yield _page("truong-hop", "case")
    choices = []
    for number, group in enumerate(groups, 1):
        label = _short(group["title"] or "")
        named: Text = {"vi": label} if label else filled("skeleton.case.unnamed", number=number)
        choices.append({"value": group["key"], "label": dict(named)})
    yield Question(
        "case",
        "choice",
        words("skeleton.case"),
        hint=words("skeleton.case.hint"),
        options={"choices": choices},
    )


def _group(group: Document, keys: Iterator[int]) -> Iterator[Block]:
    """Yield the heading of a group, its notes in one piece, and the slots of its papers."""
    title = _short(group["title"] or "")
    if group["kind"] == GroupKind.NOTE:
        yield from _notes(group["documents"], {"vi": title} if title else NOTE, keys)
        return
    papers = _real(group)
    if title and group["documents"]:
        yield Section(f"group_{next(keys)}", {"vi": title})
    yield from _notes([paper for paper in group["documents"] if paper["note"]], NOTE, keys)
    if group["kind"] == GroupKind.ONE_OF and len(papers) > 1:
        yield _one_of(papers, title, next(keys))
    else:
        yield from (_slot(paper, next(keys)) for paper in papers)


def _real(group: Document) -> list[Document]:
    return [paper for paper in group["documents"] if not paper["note"]]


def _slot(paper: Document, number: int) -> Question:
    name = normalise(paper["name"])
    label = _short(name)
    explanation = "\n".join(part for part in (name if label != name else "", paper["text"]) if part)
    return Question(
        f"paper_{number}",
        "file",
        {"vi": label},
        hint=_copies(paper),
        explanation={"vi": explanation} if explanation else None,
        document=paper["key"],
        options=_options(paper, name),
    )


def _one_of(papers: Sequence[Document], title: str, number: int) -> Question:
    choices = [{"value": paper["key"], "label": {"vi": _short(paper["name"])}} for paper in papers]
    label: Text = {"vi": title} if title else words("skeleton.papers.one_of")
    return Question(f"paper_{number}", "file", label, options={"choices": choices})


def _notes(notes: Sequence[Document], label: Text, keys: Iterator[int]) -> Iterator[Block]:
    if notes:
        text = "\n\n".join(note["name"] for note in notes)
        yield Question(
            f"note_{next(keys)}", "info", label, explanation={"vi": text}, required=False
        )


def _paper_pages(
    groups: Sequence[Document],
    keys: Iterator[int],
    numbers: Iterator[int],
    shown_if: Condition | None = None,
) -> Iterator[Block]:
    """Yield the papers of `groups` on pages of at most `PAPERS_PER_PAGE` slots."""
    pages = _split([block for group in groups for block in _group(group, keys)])
    kind = "case_papers" if shown_if else "papers"
    for number, page in enumerate(pages, 1):
        title = words(f"skeleton.{kind}.page")
        if len(pages) > 1:
            title = filled(f"skeleton.{kind}.page.part", number=number, total=len(pages))
        key = f"giay-to-{next(numbers)}"
        yield Page(key, title, words("skeleton.papers.intro"), shown_if)
        yield from page


def _split(blocks: Sequence[Block]) -> list[list[Block]]:
    """Return `blocks` page by page; a heading and a note go with what follows them."""
    pages: list[list[Block]] = []
    room = 0
    for block in blocks:
        if not pages or room <= 0:
            pages.append([])
            room = PAPERS_PER_PAGE
        pages[-1].append(block)
        room -= isinstance(block, Question) and block.type == "file"
    return pages


def _proxy_papers(groups: Sequence[Document], keys: Iterator[int]) -> Iterator[Block]:
    """Yield the page for an authorised person, with scope and proof (D61 art. 6(2)b)."""
    yield _page("giay-to-uy-quyen", "proxy_papers", shown_if=AUTHORISED)
    blocks = [block for group in groups for block in _group(group, keys)]
    yield from blocks
    if not any(isinstance(block, Question) and block.type == "file" for block in blocks):
        yield Question(
            f"paper_{next(keys)}",
            "file",
            words("skeleton.proxy_papers"),
            hint=words("skeleton.proxy_papers.hint"),
        )


def _result() -> Iterator[Block]:
    yield _page("nhan-ket-qua", "result")
    yield _choice("result", "result", ("counter", "online", "post"))
    yield _page("dia-chi-nhan", "result.post", shown_if={"question": "result", "is": "post"})
    yield _question("post_address", "long_text", "result.post_address", hint=True, max_length=500)


def _consent() -> Iterator[Block]:
    yield _page("cam-doan", "consent")
    yield _question("consent_truth", "declaration", "consent.truth")
    yield _question("consent_data", "declaration", "consent.data", hint=True)


def _page(
    key: str, wording: str, *, intro: Text | None = None, shown_if: Condition | None = None
) -> Page:
    return Page(key, words(f"skeleton.{wording}.page"), intro, shown_if)


def _question(
    key: str,
    type_name: str,
    wording: str,
    *,
    hint: bool = False,
    required: bool = True,
    **options: Any,
) -> Question:
    return Question(
        key,
        type_name,
        words(f"skeleton.{wording}"),
        hint=words(f"skeleton.{wording}.hint") if hint else None,
        required=required,
        options=options,
    )


def _choice(key: str, wording: str, values: Sequence[str], *, hint: Text | None = None) -> Question:
    choices = [
        {"value": value, "label": dict(words(f"skeleton.{wording}.{value}"))} for value in values
    ]
    label = words(f"skeleton.{wording}")
    return Question(key, "choice", label, hint=hint, options={"choices": choices})


def _options(paper: Document, name: str) -> dict[str, Any]:
    options: dict[str, Any] = {
        "originals": paper["originals"],
        "copies": paper["copies"],
        "conditional": bool(_CONDITIONAL.search(fold(name))),
    }
    if paper["form"]:
        options["blank_form"] = {name: paper["form"].get(name) for name in ("name", "file")}
    return {name: value for name, value in options.items() if value}


def _copies(paper: Document) -> Text | None:
    asked = [
        filled(f"skeleton.papers.{kind}", number=paper[kind])
        for kind in ("originals", "copies")
        if paper[kind]
    ]
    if not asked:
        return None
    return {language: "; ".join(text[language] for text in asked) for language in LANGUAGES}


def _short(text: str) -> str:
    """Return `text` as a label: its first clause, cut at a word, when it is too long."""
    line = normalise(text)
    if len(line) <= MAX_LABEL:
        return line
    clause = re.split(r"(?<=\w{2})[;:.](?=\s)|\s[–\-+]\s", line, maxsplit=1)[0]
    if 12 <= len(clause) <= MAX_LABEL:
        return clause
    return line[: MAX_LABEL - 1].rsplit(" ", 1)[0] + "…"
