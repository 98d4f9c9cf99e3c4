"""Paper: PDF documents from Typst templates, and QR codes."""

from catalogue.printing.pdf import TemplateNotFound, render_pdf
from catalogue.printing.qr import qr_svg

__all__ = ["TemplateNotFound", "qr_svg", "render_pdf"]
