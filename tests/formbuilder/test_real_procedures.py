import json
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import formbuilder
from catalogue.importing.records import read_record
from catalogue.text import normalise
from formbuilder.compiler import compile_form
from formbuilder.skeleton import form_skeleton

PRODUCT = Path(formbuilder.__file__).parents[1]
SAMPLES = sorted((PRODUCT / "catalogue" / "data" / "samples" / "procedures").glob("*.json"))
CORPUS = PRODUCT.parent / "shared" / "data" / "procedures" / "procedures.jsonl"
TODAY = date(2026, 11, 24)


def real_documents() -> Iterator[dict[str, Any]]:
    with CORPUS.open(encoding="utf-8") as lines:
        for line in lines:
            yield read_record(json.loads(line)).document


def asked_papers(form: Any) -> Counter[str]:
    asked: Counter[str] = Counter()
    for key, schema in form.data["properties"].items():
        item = form.items[key]
        if item["type"] != "file":
            continue
        if "choices" in item:
            asked.update(choice["value"] for choice in item["choices"])
        elif "x-document" in schema:
            asked[schema["x-document"]] += 1
    return asked


def real_papers(document: dict[str, Any]) -> Counter[str]:
    return Counter(
        paper["key"]
        for group in document["document_groups"]
        if group["kind"] != "note"
        for paper in group["documents"]
        if not paper["note"]
    )


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_asks_for_each_of_its_papers_once(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))

    form = compile_form(form_skeleton(document))

    assert asked_papers(form) == real_papers(document)


if CORPUS.exists():  # beside a working copy of the project; there is nothing to read elsewhere

    def test_every_real_procedure_compiles_and_asks_for_each_paper_once() -> None:
        count = 0
        spent = 0.0
        for document in real_documents():
            begun = time.process_time()
            form = compile_form(form_skeleton(document))
            spent += time.process_time() - begun
            count += 1
            assert asked_papers(form) == real_papers(document), document["code"]
            labels = [item["label"]["vi"] for item in form.items.values()]
            assert max(map(len, labels)) <= 200, document["code"]
            assert all(normalise(label) for label in labels), document["code"]
            if count % 100 == 0:
                Draft202012Validator.check_schema(form.data)

        assert count == 2_832
        assert spent / count < 0.05
