from django.utils.translation import trans_real

from portal.management.commands.serve import reload_messages


def test_messages_read_before_they_were_compiled_are_read_again() -> None:
    stale = trans_real.DjangoTranslation("vi")
    stale._catalog = {}
    trans_real._translations["vi"] = stale

    reload_messages()

    assert trans_real.translation("vi").gettext("Error:") == "Lỗi:"
