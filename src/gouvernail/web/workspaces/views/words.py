"""What the organisation calls the things of the chain."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from gouvernail.base.text import T
from gouvernail.web.look import forms as look
from gouvernail.web.plans import store
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.bodies import write_words
from gouvernail.web.workspaces.chainwords import WordsForm, others
from gouvernail.web.workspaces.models import Permission


@member(Permission.read)
def words(request: MemberRequest) -> HttpResponse:
    """Show the words; whoever may change the plan renames them."""
    plan = store.read(request.workspace)
    form = WordsForm(plan, request.POST or None)
    if request.method == "POST":
        if not request.membership.may(Permission.edit):
            raise PermissionDenied
        if form.is_valid():
            write_words(request.workspace, request.user, form.cleaned_data)
            messages.success(request, look.words(T("The words are saved; pages use them from now on.")))
            return redirect("settings-words", slug=request.workspace.slug)
    return render(request, "workspaces/words.html", {"form": form, "others": others(plan)})
