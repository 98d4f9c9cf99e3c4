"""QR codes as SVG: one picture for the page and for the paper."""

import io

import segno


def qr_svg(text: str, *, alone: bool = False) -> str:
    """Return a QR code of `text` as SVG that scales to its container.

    It belongs into a page, or is a file of its own when it stands `alone`. Error correction M
    survives a fold or a stamp. Raises `segno.DataOverflowError` above 2,331 bytes.
    """
    code = segno.make(text, error="m", micro=False)
    drawn = io.BytesIO()
    code.save(
        drawn,
        kind="svg",
        xmldecl=False,
        svgns=alone,
        nl=False,
        scale=4,
        border=2,
        omitsize=True,
        dark="#000",
        svgclass=None,
        lineclass=None,
    )
    return drawn.getvalue().decode()
