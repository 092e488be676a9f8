"""Taking everything with one, and deleting the organisation."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gouvernail.base.text import T
from gouvernail.web.look.forms import words
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.exporting import everything, name_of
from gouvernail.web.workspaces.making import delete
from gouvernail.web.workspaces.models import Permission
from gouvernail.web.workspaces.trail import record


class NameForm(forms.Form):
    """The organisation's name, typed to be sure."""

    name = forms.CharField(
        label=words(T("Type the organisation’s name to delete it")),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, wanted: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.wanted = wanted

    def clean_name(self) -> str:
        """Refuse any other name."""
        name: str = self.cleaned_data["name"]
        if " ".join(name.split()) != " ".join(self.wanted.split()):
            raise forms.ValidationError(
                T("This is not its name: “{name}”.", name=self.wanted).render(language())
            )
        return name


@member(Permission.manage)
def danger(request: MemberRequest) -> HttpResponse:
    """Show the two."""
    return render(request, "workspaces/danger.html", {"form": NameForm(request.workspace.name)})


@member(Permission.manage)
@require_POST
def export(request: MemberRequest) -> HttpResponseBase:
    """Send everything as a zip."""
    record(request.workspace, request.user, "organisation.exported", request.workspace.name)
    answer = StreamingHttpResponse(everything(request.workspace, language()), content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name_of(request.workspace)}"'
    return answer


@member(Permission.manage)
@require_POST
def remove(request: MemberRequest) -> HttpResponse:
    """Delete the organisation, once its name was typed."""
    form = NameForm(request.workspace.name, request.POST)
    if not form.is_valid():
        return render(request, "workspaces/danger.html", {"form": form}, status=422)
    name = request.workspace.name
    delete(request.workspace)
    if request.session.get("organisation") == request.workspace.slug:
        del request.session["organisation"]
    messages.success(request, words(T("{name} and everything of it is deleted.", name=name)))
    return redirect("organisations")
