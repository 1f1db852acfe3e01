"""Whether the process lives, and whether it can do its work; for whatever watches it."""

from __future__ import annotations

import structlog
from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.platform.db import Database
from app.platform.http.access import Access

log = structlog.get_logger(__name__)
router = APIRouter(prefix="/health", dependencies=[Depends(Access.PUBLIC)], include_in_schema=False)


@router.get("/live")
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/ready")
def ready(request: Request, response: Response) -> dict[str, str]:
    """The database answers too; 503 while it does not."""
    database: Database = request.app.state.database
    try:
        with database.session() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        log.exception("not_ready")
        response.status_code = 503
        return {"status": "unavailable"}
    return {"status": "ok"}
