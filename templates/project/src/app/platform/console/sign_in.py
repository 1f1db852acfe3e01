"""The pages for signing in and out."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response

from app.platform.console.pages import page, see_other
from app.platform.http.access import Access
from app.platform.identity import router as identity
from app.platform.identity.opening import here

router = APIRouter(include_in_schema=False)


@router.get("/sign-in", dependencies=[Depends(Access.PUBLIC)])
def ask(request: Request) -> Response:
    """Ask who it is."""
    return asking(request, request.query_params.get("next", "/"))


@router.post("/sign-out", dependencies=[Depends(Access.SIGNED_IN)])
def sign_out(request: Request) -> Response:
    """Sign out."""
    gone = see_other("/sign-in")
    identity.sign_out(request, gone)
    return gone


def asking(
    request: Request, wanted: str, login: str = "", refused: str = "", status: int = 200
) -> Response:
    """Show the form."""
    return page(request, "sign_in", None, status, next=here(wanted), login=login, refused=refused)
