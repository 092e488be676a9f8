"""Calling the API by token and by session."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from gouvernail.web.accounts.models import User
from gouvernail.web.api import keys
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import Join


@dataclass
class Api:
    """A program with a key."""

    key: str
    language: str = "en"

    def __call__(
        self, verb: str, path: str, data: Any = None, *, base: int | str | None = None, **headers: str
    ) -> HttpResponse:
        told = {"authorization": f"Bearer {self.key}", "accept-language": self.language, **headers}
        if base is not None:
            told["if-match"] = f'"{base}"'
        body = {} if data is None else {"data": json.dumps(data), "content_type": "application/json"}
        return getattr(Client(), verb)(f"/api/{path}", headers=told, **body)


MakeApi = Callable[..., Api]


@pytest.fixture
def api_of(workspace: Workspace) -> MakeApi:
    def make(user: User, *, write: bool = True, at: Workspace | None = None) -> Api:
        return Api(keys.make(at or workspace, user, "test", write=write, expires=None)[1])

    return make


@pytest.fixture
def api(api_of: MakeApi, join: Join) -> Api:
    """The owner's program, which may write."""
    return api_of(join(Role.owner))
