"""Tokens behind the QR codes on paper: they name a printed form and cannot be made up."""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

RECEIPT = "01"


class InvalidToken(ValueError):
    """A token that this product has not printed."""


@dataclass(frozen=True)
class Paper:
    """A printed form of a dossier: form number (C01 art. 9) and the event it was printed for."""

    form: str
    dossier: int
    seq: int


def paper_token(paper: Paper) -> str:
    """Return the token to print on `paper`."""
    return _signer().sign(f"{paper.form}.{paper.dossier}.{paper.seq}")


def paper_of(token: str) -> Paper:
    """Return the paper on which `token` was printed; raises `InvalidToken`."""
    try:
        form, dossier, seq = _signer().unsign(token).split(".")
        return Paper(form, int(dossier), int(seq))
    except (BadSignature, ValueError) as error:
        raise InvalidToken(token) from error


def _signer() -> Signer:
    return Signer(salt="onestop.papers", sep="~")
