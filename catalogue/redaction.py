"""Personal data taken out of text that is kept for operators: logs and errors of jobs."""

import re
import traceback

# Not within a word, and not the decimals of a number.
_START = r"(?<![\w])(?<!\d[.,])"
_END = r"(?![\w])"
# Order matters: an e-mail address may hold a phone number.
_PERSONAL = [
    (r"[\w.+-]{1,64}(?:@|%40)[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", "[e-mail]"),
    (r"(?<![\w])(?:\+|%2B|00)84(?:[\s.-]?\d){8,10}" + _END, "[phone]"),
    (_START + r"0[235789](?:[\s.-]?\d){8,9}" + _END, "[phone]"),
    (_START + r"\d{3}(?:[\s.-]?\d{3}){3}" + _END, "[identity number]"),
    (_START + r"\d{9}" + _END, "[identity number]"),
]
_PATTERNS = [(re.compile(pattern), replacement) for pattern, replacement in _PERSONAL]
ERROR_LENGTH = 4_000


def redact(text: str) -> str:
    """Return `text` without identity numbers (12 or 9 digits), phones and e-mail addresses."""
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def describe_error(error: BaseException) -> str:
    """Return the last steps of an error's traceback for operators, without personal data."""
    lines = traceback.format_exception(error, limit=-3)
    return redact("".join(lines))[-ERROR_LENGTH:]
