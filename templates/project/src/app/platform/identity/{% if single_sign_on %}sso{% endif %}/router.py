"""Leaving for the provider, coming back from it, and hearing from it that a sign-in ended."""

from __future__ import annotations

import hmac
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode, urlsplit

import structlog
from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse

from app.platform.db import Session
from app.platform.errors import SignInFailed, Unreachable
from app.platform.http.access import Access
from app.platform.identity import cookie, sessions
from app.platform.identity.models import Identity, Proof
from app.platform.identity.opening import count_try, device_of, here, opened_session
from app.platform.identity.sso import asked as waiting
from app.platform.identity.sso import ends, people, signed
from app.platform.identity.sso.asked import Asked
from app.platform.identity.sso.configured import claims, client, provider, return_address
from app.platform.identity.sso.provider import Untrue
from app.settings import settings
from app.settings.single_sign_on import PROMPT

AGAIN = "This sign-in was begun elsewhere, or too long ago. Begin it again."
NOT_DONE = "The sign-in of your company was not finished. Begin it again."
NOT_AGREED = (
    "The sign-in of your company is not what was agreed. Tell whoever looks after this system."
)
DOES_NOT_FIT = "What the sign-in of your company answered does not fit. Begin it again."
ANEW = timedelta(minutes=5)
"""So long ago somebody may have proved who they are, where it has to be anew."""

log = structlog.get_logger(__name__)
router = APIRouter(include_in_schema=False)
public = [Depends(Access.PUBLIC)]


@router.get("/sign-in/start", dependencies=public)
def start(request: Request) -> Response:
    """Send the browser to the provider; with `anew`, to prove who they are once more."""
    wanted, anew = here(request.query_params.get("next", "/")), "anew" in request.query_params
    if (better := by_its_name(request)) is not None:
        return RedirectResponse(better, 303)
    asked = Asked.begin(datetime.now(UTC), wanted, anew=anew)
    gone = RedirectResponse(address_of(asked), 303)
    waiting.keep(gone, asked)
    return gone


def by_its_name(request: Request) -> str | None:
    """Give where this begins under the name to which the provider sends people back.

    A browser that uses another name, such as localhost, would not have the cookie there. Once is
    enough: a proxy may call the system by another name than people do.
    """
    public = settings().public_url.rstrip("/")
    if request.url.netloc == urlsplit(public).netloc or "named" in request.query_params:
        return None
    said = {**request.query_params, "named": "1"}
    return f"{public}{request.url.path}?{urlencode(said)}"


def address_of(asked: Asked) -> str:
    """Give the address at the provider that a browser leaves for; raises Unreachable."""
    try:
        described = provider().metadata()
    except Untrue as error:
        log.warning("provider_untrue", why=str(error))
        raise Unreachable(NOT_AGREED) from error
    prompt = asked.anew or asked.invitation or settings().sso_ask_always
    words = {
        "response_type": "code",
        "client_id": client()[0],
        "redirect_uri": return_address(),
        "scope": " ".join(settings().sso_scopes),
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": asked.challenge,
        "code_challenge_method": "S256",
        **({"max_age": "0"} if asked.anew else {}),
        **({"prompt": PROMPT} if prompt else {}),
        **({"acr_values": settings().sso_strength} if settings().sso_strength else {}),
        **({"claims": claims_asked()} if described.takes_claims else {}),
    }
    place = described.authorization_endpoint
    return f"{place}{'&' if '?' in place else '?'}{urlencode(words)}"


def claims_asked() -> str:
    """Give the request for claims in the ID token; many would leave them out of it otherwise."""
    return json.dumps({"id_token": dict.fromkeys(sorted(claims()))})


@router.get("/sign-in/back", dependencies=public)
def back(request: Request) -> Response:
    """Take the provider's answer, and begin a session.

    A try is counted once the answer is one to this browser: pages of others can make browsers ask.
    """
    now = datetime.now(UTC)
    asked = waiting.take(request, now)
    if asked is None or not told_to(request, asked):
        raise SignInFailed(AGAIN, code="begin_again")
    count_try(request)
    try:
        person = identified(request, asked, now)
    except Untrue as error:
        log.warning("sign_in_untrue", why=str(error))
        raise SignInFailed(DOES_NOT_FIT, code="untrue") from error
    with opened_session(request) as session:
        known, refused = people.admitted(session, person, asked.invitation, now)
        token = "" if refused else begun_by(session, request, person, known)
    if refused is not None:
        raise refused
    done = RedirectResponse(asked.next, 303)
    waiting.drop(done)
    cookie.give(done, token)
    return done


def begun_by(session: Session, request: Request, person: signed.Person, known: Identity) -> str:
    """Begin a session, with what the provider said of it; the one before it ends."""
    sessions.sign_out(session, sessions.token_of(request))
    token = sessions.begin(session, known.principal_id, device_of(request))
    session.add(
        Proof(
            session_id=sessions.id_of(session, token),
            identity_id=known.id,
            provider_session=person.session,
            proved_at=person.proved_at,
            strength=person.strength,
        )
    )
    return token


def told_to(request: Request, asked: Asked) -> bool:
    """Whether the answer is to what this browser asked."""
    state = request.query_params.get("state", "")
    return hmac.compare_digest(state.encode(), asked.state.encode())


def identified(request: Request, asked: Asked, now: datetime) -> signed.Person:
    """Give who signed in; raises Untrue for an answer that does not fit, SignInFailed for none."""
    known = provider()
    issuer = request.query_params.get("iss")
    if known.metadata(now).says_issuer or issuer is not None:
        signed.require(issuer == known.issuer, "The answer is of another provider.")
    code = request.query_params.get("code")
    if not code:
        raise SignInFailed(NOT_DONE, code="not_finished")
    answer = known.exchange(code, asked.verifier, return_address(), client())
    person = signed.person(known, answer.get("id_token"), client()[0], asked.nonce, now)
    check_demands(person)
    check_strength(person, asked, now)
    return person


def check_demands(person: signed.Person) -> None:
    """Raise Untrue where somebody is not of the company that the settings demand."""
    for name, value in settings().sso_demands.items():
        signed.require(person.claims.get(name) == value, "Somebody of another company.")


def check_strength(person: signed.Person, asked: Asked, now: datetime) -> None:
    """Raise Untrue where somebody proved who they are too long ago, or too weakly."""
    wanted = settings().sso_strength
    signed.require(not wanted or person.strength == wanted, "The sign-in was too weak.")
    proved = person.proved_at
    fresh = proved is not None and proved > now - ANEW - signed.LEEWAY
    signed.require(not asked.anew or fresh, "Nobody proved just now who they are.")


@router.post("/sign-in/ended", dependencies=public)
async def ended(request: Request) -> Response:
    """Hear from the provider that a sign-in ended there (back-channel logout)."""
    async with request.form(max_files=0, max_fields=10) as form:
        token = form.get("logout_token")
    return await run_in_threadpool(end, request, token)


def end(request: Request, token: object) -> Response:
    """End the sessions that a logout token names; a token is taken once, and lies are counted."""
    now, known = datetime.now(UTC), provider()
    try:
        told = signed.ended(known, token, client()[0], now)
        with opened_session(request) as session:
            ends.end(session, known.issuer, told, now)
    except Untrue as error:
        count_try(request)
        log.warning("logout_untrue", why=str(error))
        return JSONResponse({"error": "invalid_request"}, 400)
    return Response(status_code=200, headers={"Cache-Control": "no-store"})
