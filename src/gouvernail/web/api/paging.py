"""Pages of lists: `?page=2&per_page=50`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from django.core.paginator import Paginator
from django.db.models import QuerySet
from ninja import Query

M = TypeVar("M")
Number = Annotated[int, Query(ge=1, le=1_000_000, description="Page, from 1.")]
PerPage = Annotated[int, Query(ge=1, le=200, description="How many on a page, 200 at most.")]


def paged(
    found: QuerySet[Any] | Sequence[M], page: int, per_page: int, shape: Callable[[Any], Any]
) -> dict[str, Any]:
    """Return one page; a page behind the last is empty."""
    book = Paginator(found, per_page)
    items = list(book.page(page).object_list) if page <= book.num_pages else []
    return {
        "items": [shape(one) for one in items],
        "count": book.count,
        "page": page,
        "pages": book.num_pages,
    }
