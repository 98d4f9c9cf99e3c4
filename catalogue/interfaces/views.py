from django.http import HttpRequest, HttpResponse


def procedure_page(request: HttpRequest, code: str) -> HttpResponse:
    return HttpResponse(code)
