"""PDF documents: a Typst template of an app, filled with data that is never markup.

A template is `<app>/print/<name>.typ`, asked for as `"<app>/<name>.typ"`. It begins with

    #import "/state.typ": *
    #show: state-document.with(title: data.title, agency: data.agency, paper: "a5")

and draws with the functions of `catalogue/printing/typst/state.typ`: `data` (what the caller
gave), `form-title`, `facts`, `literal`, `qr-code`, `signature`. The data travels as JSON through
`sys.inputs`: a string of it can be shown, and cannot become an instruction. `state.typ` is the
only file that a template can read, the fonts inside the `typst` wheel are the only fonts, so the
same data gives the same paper on every machine.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst
from django.apps import apps

from catalogue import clock

SHARED_FOLDER = Path(__file__).resolve().parent / "typst"


class TemplateNotFound(LookupError):
    """No installed app has this print template."""


def render_pdf(template: str, data: dict[str, Any]) -> bytes:
    """Return the PDF of `template` (`"onestop/receipt.typ"`) filled with `data`.

    `data` holds JSON types only; dates and amounts come as text in the form to be printed, a QR
    code as the SVG of `qr_svg`. The result is tagged, with title and language, for screen readers;
    it claims no PDF/UA, which refuses a text with a character that no embedded font has. Raises
    `TemplateNotFound`, and `typst.TypstError` for a template's mistake.
    """
    compiler = typst.Compiler(
        root=SHARED_FOLDER,
        font_paths=_embedded_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    made_at = int(clock.now().timestamp())
    return cast("bytes", compiler.compile(_source(template), format="pdf", timestamp=made_at))


@cache
def _source(template: str) -> bytes:
    app_label, _separator, name = template.partition("/")
    if apps.is_installed(app_label) and Path(name).name == name:
        path = Path(apps.get_app_config(app_label).path) / "print" / name
        if path.is_file():
            return path.read_bytes()
    raise TemplateNotFound(f"There is no print template {template}.")


@cache
def _embedded_fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
