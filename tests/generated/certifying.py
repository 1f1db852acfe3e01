"""A certified OpenID provider beside a generated project, and a browser that goes between them."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

PROGRAM = Path(__file__).with_name("certified")
BACK, ENDED = "/sign-in/back", "/sign-in/ended"
CLIENT, SECRET = "ours", "a secret for this test alone"
SECONDS_TO_START = 180
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*name="(\w+)"[^>]*value="([^"]*)"')
LEADS_TO = re.compile(r'<form[^>]*action="([^"]+)"')


def installed(folder: Path) -> Path:
    """Install the provider into a folder, and give it."""
    shutil.copytree(PROGRAM, folder)
    quiet = ["--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(["npm", "install", *quiet], cwd=folder, check=True)
    return folder


@contextmanager
def provider(folder: Path, port: int, ours: str) -> Iterator[Path]:
    """Run it for our system at an address; gives the file with what it says."""
    said = folder / "said.txt"
    words = ["node", "provider.mjs", str(port), f"{ours}{BACK}", f"{ours}{ENDED}"]
    with said.open("wb") as file:
        process = subprocess.Popen(words, cwd=folder, stdout=file, stderr=subprocess.STDOUT)
    try:
        wait_for(said, "ready")
        yield said
    finally:
        process.terminate()
        process.wait(10)


def wait_for(said: Path, word: str) -> None:
    """Wait until the provider says a word; raises AssertionError with what it said instead."""
    until = time.monotonic() + SECONDS_TO_START
    while word not in said.read_text(encoding="utf-8").split():
        assert time.monotonic() < until, said.read_text(encoding="utf-8")
        time.sleep(0.1)


@dataclass(frozen=True, slots=True)
class Browser:
    """Somebody at our system, with their cookies of it and of the provider."""

    web: httpx2.Client
    ours: str

    def leave(self) -> str:
        """Begin to sign in, and give the address at the provider."""
        return self.web.get(f"{self.ours}/sign-in/start", follow_redirects=False).headers[
            "location"
        ]

    def identify(self, address: str) -> str:
        """Sign in at the provider as Ana, and give where it sends the browser back to."""
        answer = self.web.get(address)
        for _ in range(10):
            if answer.is_redirect:
                place = str(answer.next_request.url) if answer.next_request else ""
                if place.startswith(f"{self.ours}{BACK}"):
                    return place
                answer = self.web.get(place)
                continue
            place, sent = self._filled(answer)
            answer = self.web.post(place, data=sent)
        raise AssertionError(f"The provider does not let go: {answer.text}")

    def come_back(self, address: str) -> httpx2.Response:
        """Bring the answer of the provider."""
        return self.web.get(address, headers={"Accept": "application/json"})

    def sign_in(self) -> httpx2.Response:
        """Go there and back again."""
        return self.come_back(self.identify(self.leave()))

    def sign_out_at_provider(self, issuer: str) -> None:
        """End the sign-in there."""
        asked = self.web.get(f"{issuer}/session/end")
        place, sent = self._filled(asked)
        self.web.post(place, data=sent | {"logout": "yes"})

    def who(self) -> httpx2.Response:
        """Ask our system who is signed in."""
        return self.web.get(f"{self.ours}/api/v1/session")

    @staticmethod
    def _filled(page: httpx2.Response) -> tuple[str, dict[str, str]]:
        found = LEADS_TO.search(page.text)
        assert found is not None, page.text
        place = str(page.url.join(found[1]))
        return place, dict(HIDDEN.findall(page.text)) | {"login": "ana", "password": "any"}
