"""The pages of a form: one wizard over every compiled version, by address."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from catalogue.permissions import public
from formbuilder.flow import visible_pages
from formbuilder.interfaces.csrf import forgery_suspected
from formbuilder.interfaces.draft_access import DraftAccess
from formbuilder.interfaces.page_form import PageForm
from formbuilder.interfaces.uploads import keep_files, remove_file
from formbuilder.ports import NoReceiver
from formbuilder.selectors.attachments import attachments
from formbuilder.selectors.drafts import problems_of_draft
from formbuilder.selectors.forms import compiled_form
from formbuilder.selectors.submissions import shown_pages
from formbuilder.services.drafts import DraftClosed, save_answers
from formbuilder.services.submit import SubmissionRefused, submit_draft
from formbuilder.validation import AnswersTooLarge, message_of
from formbuilder.wording import in_language

CHECK = "kiem-tra"
BACK_TO_CHECK = "ve"


@method_decorator([never_cache, csrf_exempt], name="dispatch")
class DraftWizard(DraftAccess):
    """Fills in a draft page by page; the last step is the check of all answers."""

    storage_name = "formbuilder.interfaces.storage.DraftStorage"

    def get_form_list(self) -> dict[str, type[PageForm]]:
        """Return the steps to which the answers lead, the check last."""
        self.compiled = compiled_form(self.draft.form_version)
        pages = visible_pages(self.compiled, self.draft.answers)
        return {**{page["key"]: PageForm for page in pages}, CHECK: PageForm}

    def get_form_kwargs(self, step: str | None = None) -> dict[str, Any]:
        """Return what the form needs to draw the page."""
        page = None if step == CHECK else self.compiled.page(step or "")
        files = attachments(self.draft) if page else ()
        return {
            "page": page,
            "answers": self.draft.answers,
            "attachments": files,
            "language": self.language,
        }

    def get_form_prefix(self, step: str | None = None, form: Any = None) -> str:
        """Return no prefix: keys are unique in the whole form."""
        return ""

    def get_step_url(self, step: str) -> str:
        """Return the address of a page of this draft."""
        return reverse("formbuilder:page", kwargs={"draft_id": self.draft.pk, "step": step})

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show a page; a page off the path of the answers leads to the check."""
        if kwargs["step"] not in self.get_form_list():
            return redirect(self.get_step_url(CHECK))
        return super().get(*args, **kwargs)

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what was typed, then go where the pressed button leads."""
        if kwargs["step"] not in self.get_form_list():
            return redirect(self.get_step_url(CHECK))
        form = self.get_form(data=self.request.POST, files=self.request.FILES)
        if forgery_suspected(self.request):
            return self.log_in_again() if self.locked_out else self.render(form, stale=True)
        kept = kwargs["step"] == CHECK or self._keep(form)
        if self.locked_out:
            return self.log_in_again()
        if not kept:
            return self.render(form)
        return self.render_done(form) if kwargs["step"] == CHECK else self._go_on(form)

    def _keep(self, form: PageForm) -> bool:
        answers = form.answers()
        try:
            keep_files(form, self.draft, self.by)
            self.draft = save_answers(draft=self.draft, answers=answers, by=self.by)
        except AnswersTooLarge:
            form.add_error(None, message_of(self.compiled, "", "too_large", self.language))
            return False
        except DraftClosed:
            raise Http404 from None
        return True

    def _go_on(self, form: PageForm) -> HttpResponse:
        pressed, here = self.request.POST, self.request.get_full_path()
        if "remove" in pressed:
            return redirect(f"{here}#{remove_file(self.draft, pressed['remove'], self.by)}")
        if "stay" in pressed and not form.errors:
            return redirect(f"{here}#{pressed['stay']}")
        if "leave" in pressed:
            messages.success(self.request, _("Your form is saved. You can go on at any time."))
            return redirect("formbuilder:drafts")
        form.tell(problems_of_draft(self.draft, self.steps.current, self.language))
        return self.render(form) if form.errors else self.render_next_step(form)

    def render_next_step(self, form: PageForm, **kwargs: Any) -> HttpResponse:
        """Go to the next page, or back to the check when a link of the check led here."""
        if BACK_TO_CHECK in self.request.GET:
            return redirect(self.get_step_url(CHECK))
        return super().render_next_step(form, **kwargs)

    def render_done(self, form: PageForm, **kwargs: Any) -> HttpResponse:
        """Submit, once however often the button is pressed."""
        key = f"draft:{self.draft.pk}"
        try:
            submit_draft(draft=self.draft, idempotency_key=key, by=self.by, language=self.language)
        except SubmissionRefused:
            form.add_error(None, _("Some pages are not complete yet. They are listed below."))
            return self.render(form)
        except NoReceiver:
            form.add_error(None, _("Forms cannot be submitted here just now. Try again later."))
            return self.render(form)
        return redirect("formbuilder:done", draft_id=self.draft.pk)

    def get_template_names(self) -> list[str]:
        """Return the template of a page, or of the check."""
        return [f"formbuilder/{'check' if self.steps.current == CHECK else 'page'}.html"]

    def get_context_data(self, form: PageForm, **kwargs: Any) -> dict[str, Any]:
        """Return what the templates show."""
        context = super().get_context_data(form=form, **kwargs) | {
            "draft": self.draft,
            "form": form,
        }
        if self.steps.current != CHECK:
            return context | {"page": self.compiled.page(self.steps.current)}
        pages = shown_pages(self.compiled, self.draft.answers, language=self.language)
        wrong = [self._wrong_answers(page.key) for page in pages]
        return context | {"pages": list(zip(pages, wrong, strict=True)), "complete": not any(wrong)}

    def _wrong_answers(self, page: str) -> list[tuple[str, str]]:
        """Return what is wrong on `page`: the question's label and the words for it."""
        items = self.compiled.items
        return [
            (in_language(items[problem.question]["label"], self.language), problem.message)
            for problem in problems_of_draft(self.draft, page, self.language)
            if problem.question in items
        ]


# Formtools asks for a list when the view is made; ours comes from the compiled version.
fill_in = public(
    DraftWizard.as_view([(CHECK, PageForm)], url_name="formbuilder:page", done_step_name="xong")
)
