"""QR codes as SVG: one picture for the page and for the paper."""

import segno


def qr_svg(text: str) -> str:
    """Return a QR code of `text` as an SVG document that scales to its container.

    Error correction M survives a fold or a stamp. Raises `segno.DataOverflowError` above 2,331
    bytes.
    """
    code = segno.make(text, error="m", micro=False)
    return str(
        code.svg_inline(
            scale=4, border=2, omitsize=True, dark="#000", svgclass=None, lineclass=None
        )
    )
