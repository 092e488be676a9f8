"""How accounts are opened here: by invitation, unless the instance says otherwise; and what is said when it fails."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from gouvernail.base.text import T
from gouvernail.web import environment
from gouvernail.web.look.forms import words


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are opened by invitation; `GOUVERNAIL_SIGNUP=1` opens the door."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": words(T("Address and password do not go together. Check both.")),
        "too_many_login_attempts": words(T("Too many attempts. Wait a few minutes, then try again.")),
        "rate_limited": words(T("Too many requests. Wait a moment, then try again.")),
        "incorrect_password": words(T("This is not your password.")),
        "enter_current_password": words(T("This is not your present password.")),
        "incorrect_code": words(T("This code is not the right one. Codes change every half minute.")),
        "email_taken": words(T("This address has an account already. Sign in with it.")),
    }

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


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts that come from the organisation's own sign-in (`GOUVERNAIL_OIDC_SERVER`)."""

    def populate_user(
        self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]
    ) -> Any:  # allauth's signature
        """Take the name over, which the form would have asked for."""
        user = super().populate_user(request, sociallogin, data)
        names = (data.get("first_name"), data.get("last_name"))
        user.name = (data.get("name") or " ".join(filter(None, names)))[:120]
        user.language = getattr(request, "LANGUAGE_CODE", "")[:2]
        return user
