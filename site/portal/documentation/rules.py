"""The page of the rules of law, from the file that the product ships."""

import json

from catalogue.services.rules import RULES_FILE, RuleRow, read_rules
from portal.documentation.markdown import code, page, table

INTRODUCTION = (
    "The product keeps the numbers of the law as dated rows of a table, not in its code. This page"
    " is made from `catalogue/data/rules.json`. Code asks `catalogue.selectors.rules.rule(key,"
    " on=day)` and gets the value that holds on that day. An administrator with the permission"
    " `manage_rules` may edit a row; an edited row is kept when a new release is loaded. Parts of"
    " the product that are not built yet will read the rules that no code asks for today."
)
SEEN = (
    "“Text seen” is no where the text of the article was not read. Such a row is a careful"
    " assumption: check it against the act before you rely on it. An act that was replaced ends on"
    " that day; its rules go on as copies until the text of the new act has been read."
)


def rules_page() -> str:
    """Return the page: the acts, then every row by key and first day."""
    acts = json.loads(RULES_FILE.read_text("utf-8"))["instruments"]
    return page(
        "Rules of law",
        INTRODUCTION,
        SEEN,
        "## Acts",
        table(
            ("short name", "act", "in force from", "replaced on", "replaced by"),
            (
                (
                    name,
                    act["title"],
                    act["valid_from"],
                    act.get("replaced_on", ""),
                    act.get("replaced_by", ""),
                )
                for name, act in acts.items()
            ),
        ),
        "## Rules",
        table(
            ("key", "value", "unit", "from", "until", "article", "text seen", "what it says"),
            map(_row, sorted(read_rules(), key=lambda row: (row.key, row.valid_from))),
        ),
    )


def _row(row: RuleRow) -> tuple[str, ...]:
    return (
        code(row.key),
        code(json.dumps(row.value, ensure_ascii=False)),
        row.unit,
        row.valid_from.isoformat(),
        row.valid_to.isoformat() if row.valid_to else "",
        row.article,
        "yes" if row.text_seen else "no",
        row.label_en,
    )
