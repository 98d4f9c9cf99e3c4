from collections import Counter
from functools import cache
from typing import Any

from catalogue.documents import validate_document
from catalogue.importing.documents import normal_form
from catalogue.importing.oddities import OddityCount, count_oddities
from catalogue.importing.records import ReadRecord, read_record
from factories.real_records import CORPUS, real_records

# Checked by hand against the records: kind of each group, in order.
GOLDEN_KINDS = {
    "1.001193": ["always", "always", "note", "always"],
    "2.000635": ["always", "always", "note", "always"],
    "1.004222": [*["alternative"] * 7, "note"],
    "2.000829": [*["alternative"] * 13, "always", "always"],
    "1.005040": ["always", "always", "always", "always"],
}
# Headings on which the record alone does not decide; an editor does.
GOLDEN_DOUBTS = {"1.001193": 0, "2.000635": 0, "1.004222": 1, "2.000829": 2, "1.005040": 3}

if CORPUS.exists():  # beside a working copy of the project; there is nothing to read elsewhere

    @cache
    def read_corpus() -> dict[str, ReadRecord]:
        return {code: read_record(record) for code, record in real_records().items()}

    def test_every_real_record_reads_into_a_valid_document() -> None:
        read = read_corpus()

        for held in read.values():
            validate_document(held.document)
            assert normal_form(held.document) == held.document
        assert len(read) == 2832

    # Counted over the raw export by others.
    def test_oddities_of_the_real_records_are_those_counted_in_the_export() -> None:
        counts: dict[str, OddityCount] = {}

        for code, held in read_corpus().items():
            count_oddities(counts, code, held.oddities)

        assert counts["fee_small"].count == 62
        assert counts["fee_free_by_council"].count == 198
        assert counts["time_without_unit"].count == 854  # of 863, the others say 0
        assert counts["competent_missing"].procedures == 1590
        assert 740 < counts["paper_long"].count <= 800

    def test_golden_procedures_have_the_kinds_found_by_hand() -> None:
        read = read_corpus()

        kinds = {
            code: [group["kind"] for group in read[code].document["document_groups"]]
            for code in GOLDEN_KINDS
        }
        assert kinds == GOLDEN_KINDS
        assert {code: len(read[code].doubts) for code in GOLDEN_DOUBTS} == GOLDEN_DOUBTS

    def test_real_fees_below_the_smallest_amount_are_never_stated() -> None:
        fees = [
            fee
            for held in read_corpus().values()
            for channel in held.document["channels"]
            for limit in channel["time_limits"]
            for fee in limit["fees"]
        ]

        assert [fee for fee in fees if fee["unit"] == "VND" and fee["value"] < 100] == []
        assert [fee for fee in fees if fee["state"] == "free" and _names_a_council(fee)] == []
        assert Counter(fee["state"] for fee in fees)["delegated"] >= 198

    def _names_a_council(fee: dict[str, Any]) -> bool:
        text = fee["text"].lower()
        return "hội đồng nhân dân" in text or "hđnd" in text
