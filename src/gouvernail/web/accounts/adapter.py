"""How accounts are opened here: by invitation, unless the instance says otherwise."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from gouvernail.web import environment


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are opened by invitation; `GOUVERNAIL_SIGNUP=1` opens the door."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether this visitor may open an account: anybody, or whoever follows an invitation."""
        return environment.flag("GOUVERNAIL_SIGNUP") or "invitation" in request.session

    def save_user(
        self, request: HttpRequest, user: Any, form: Any, commit: bool = True
    ) -> Any:  # allauth's signature
        """Keep the name that the form asked for."""
        user = super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data.get("name", "")
        user.language = getattr(request, "LANGUAGE_CODE", "")[:2]
        if commit:
            user.save()
        return user
