"""Settings of what happens without a request: workers, and the mail that they send."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings


class JobSettings(BaseSettings):
    """What workers are told."""

    worker_silent_seconds: int = Field(
        default=30, ge=1, description="A worker that is silent for so long is taken for dead."
    )
    smtp_host: str | None = Field(
        default=None, description="The mail server; without one, no message leaves the system."
    )
    smtp_port: int = Field(default=587, ge=1, le=65_535, description="The mail server's port.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How it is kept private; none is for development alone."
    )
    smtp_user: str | None = Field(default=None, description="As whom to sign in there, if at all.")
    smtp_password: SecretStr = Field(
        default=SecretStr(""), description="The password of that user."
    )
    mail_from: str = Field(
        default="no-reply@localhost",
        pattern=r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+$",
        description="The address that messages come from; it must be one that you may send as.",
    )
    mail_folder: Path | None = Field(
        default=None, description="Where development puts mails when there is no mail server."
    )


def check_mail(chosen: JobSettings) -> None:
    """Raises ValueError for mail that others could read."""
    if chosen.smtp_host is not None and chosen.smtp_security == "none":
        raise ValueError("smtp_security: none is for development; use starttls or tls")
    if chosen.mail_folder is not None:
        raise ValueError("mail_folder: mails would lie there in plain text; set smtp_host")
