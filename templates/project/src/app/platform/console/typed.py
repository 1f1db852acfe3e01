"""What people typed into forms."""

from __future__ import annotations

from fastapi import Request


async def typed_form(request: Request) -> dict[str, str]:
    """Give the texts of a form, those without letters left out."""
    form = await request.form()
    return {
        name: text.strip() for name, text in form.items() if isinstance(text, str) and text.strip()
    }
