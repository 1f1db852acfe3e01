"""A real browser without a window: this machine's own Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "Chromium is needed to look at pages, and was not found. `make browser` installs it on Debian; "
    "elsewhere install it, or say where it is: CHROMIUM=/path/to/chromium"
)
QUIET = (
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)


class NoBrowserError(Exception):
    """There is no browser on this machine."""


def chromium() -> str:
    """Give the path of the browser. Raises NoBrowserError with what to do."""
    said = os.environ.get("CHROMIUM")
    found = [path for name in ([said] if said else NAMES) if (path := shutil.which(name))]
    if not found:
        raise NoBrowserError(MISSING)
    return found[0]


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the browser. Raises NoBrowserError where there is none."""
    words = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else [*QUIET]  # root has no sandbox
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=words)
        try:
            yield started
        finally:
            started.close()
