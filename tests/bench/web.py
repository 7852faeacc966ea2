"""The clinician's page over the loopback: a page answered, twenty clinicians at once, the time to the first page."""

from __future__ import annotations

import http.client
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.bench.measure import Pair, paired

if TYPE_CHECKING:
    from collections.abc import Callable

CLINICIANS = 20
ANSWERS = 8
PAUSE = 2.0
"""Mean seconds from one answer to the next: several times faster than anybody writes."""
_SERVE = str(Path(sys.executable).parent / "goldenthread")
_TRIVIAL = """
import socket, django
from django.conf import settings
settings.configure(SECRET_KEY="x", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"])
from django.http import HttpResponse
from django.urls import path
urlpatterns = [path("", lambda request: HttpResponse("<!doctype html><title>A page</title><p>A page"))]
django.setup()
from django.core.wsgi import get_wsgi_application
from waitress.server import create_server
listening = socket.socket(); listening.bind(("127.0.0.1", 0)); listening.listen(64)
print(listening.getsockname()[1], flush=True)
create_server(get_wsgi_application(), sockets=[listening], threads=8).run()
"""


@dataclass
class Visitor:
    """One browser's worth of HTTP: a connection that stays, cookies, the form on the page."""

    port: int
    connection: http.client.HTTPConnection = field(init=False)
    cookies: dict[str, str] = field(default_factory=dict)
    page: str = ""

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def ask(self, path: str, form: dict[str, str] | None = None) -> str:
        """Ask for a page, following where it leads."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if form is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": f"http://127.0.0.1:{self.port}",
            }
        body = None if form is None else urlencode(form)
        self.connection.request("GET" if form is None else "POST", path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for header in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status in {301, 302}:
            return self.ask(answer.headers["Location"])
        if answer.status != http.client.OK:
            raise RuntimeError(f"{path} answered {answer.status}")
        self.page = text
        return text

    def hidden(self, name: str) -> str:
        """Give what a hidden field of the form for an answer holds."""
        form = self.page[self.page.index('/answer"') :]
        found = re.search(rf'name="{name}" value="([^"]*)"', form)
        return found[1] if found else ""

    def begin(self, link: str, code: str) -> None:
        """Open the page, and begin a case."""
        home = self.ask(re.sub(r"^http://[^/]+", "", link))
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', home)
        self.ask("/begin", {"csrfmiddlewaretoken": token[1] if token else "", "code": code})
        found = re.search(r'action="(/case/\w+/answer)"', self.page)
        self.case = found[1] if found else ""

    def answer(self) -> None:
        """Answer the question on the page, and have the next."""
        form = {name: self.hidden(name) for name in ("csrfmiddlewaretoken", "key", "version")}
        text = 'textarea class="big"' in self.page
        form |= (
            {"action": "answer", "answer": "It has been so since the spring."}
            if text
            else {"action": "not_known"}
        )
        self.ask(self.case, form)


@dataclass(frozen=True)
class Answered:
    """A page answered, in seconds as the one who waits counts them.

    It stands beside two requests to a trivial page, and beside the bare engine's step.
    """

    beside_trivial: Pair
    beside_engine: Pair


@dataclass(frozen=True)
class Crowd:
    """Seconds that an answer and its next page took, of all the clinicians together."""

    median: float
    p99: float
    count: int


def bench() -> tuple[Answered, Crowd, float]:
    """Measure a page answered, the crowd, and the seconds from the command to the first page."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        process, _ = _serve(data)
        trivial = subprocess.Popen([sys.executable, "-c", _TRIVIAL], stdout=subprocess.PIPE, text=True)
        try:
            answered = _answered(data, trivial)
            crowd = _crowd(data)
        finally:
            for each in (process, trivial):
                each.kill()
                each.communicate()
        return answered, crowd, _first_page(Path(folder))


def _serve(data: Path) -> tuple[subprocess.Popen[str], str]:
    environment = {**os.environ, "GOLDENTHREAD_KEY": "file"}
    process = subprocess.Popen(
        [_SERVE, "serve", "--no-browser", "--data", str(data)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    for line in process.stdout or ():
        if "/open/" in line:
            return process, line.strip()
    raise RuntimeError("the server did not start")


def _visitor(data: Path, code: str) -> Visitor:
    from goldenthread.web.serve import running

    server = running(data)
    if server is None:
        raise RuntimeError("the server has gone")
    visitor = Visitor(server.port)
    visitor.begin(server.link(), code)
    return visitor


def _answered(data: Path, trivial: subprocess.Popen[str]) -> Answered:
    from goldenthread.session import load

    visitor = _visitor(data, "One")
    simple = Visitor(int((trivial.stdout or sys.stdin).readline()))
    guide, _ = load()
    step = guide.start()

    def engine() -> None:
        nonlocal step
        step = step.answer("It has been so since the spring.")
        if step.problem:
            step = step.not_known()
        assert step.question

    return Answered(
        paired(visitor.answer, lambda: (simple.ask("/"), simple.ask("/")), runs=25, clock=time.perf_counter),
        paired(_fresh(data), engine, runs=25, clock=time.perf_counter),
    )


def _fresh(data: Path) -> Callable[[], None]:
    return _visitor(data, "Two").answer


def _crowd(data: Path) -> Crowd:
    took: list[float] = []
    visitors = [_visitor(data, f"Case {n}") for n in range(CLINICIANS)]

    def clinician(n: int) -> None:
        pauses = random.Random(n)
        for _ in range(ANSWERS):
            time.sleep(pauses.uniform(0, 2 * PAUSE))
            begun = time.perf_counter()
            visitors[n].answer()
            took.append(time.perf_counter() - begun)

    threads = [threading.Thread(target=clinician, args=(n,)) for n in range(CLINICIANS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took.sort()
    return Crowd(took[len(took) // 2], took[int(len(took) * 0.99)], len(took))


def _first_page(folder: Path, runs: int = 5) -> float:
    times = []
    for n in range(runs):
        begun = time.perf_counter()
        process, link = _serve(folder / f"first_{n}")
        try:
            visitor = Visitor(int(link.split(":")[2].partition("/")[0]))
            visitor.ask(re.sub(r"^http://[^/]+", "", link))
            times.append(time.perf_counter() - begun)
        finally:
            process.kill()
            process.communicate()
    return sorted(times)[len(times) // 2]
