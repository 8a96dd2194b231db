"""Phones of patients: keep-alive connections in one process of its own, each sending its next request at once.

Reads one JSON object from stdin (`port`, `clients`, `jobs`, `keep`) and writes one to stdout: how many requests in how
many seconds, and how long each took. A job is `{"token", "path", "bodies"}`, sent one after the other; or a talk,
`{"token", "path", "seed", "language", "expects"}`, which goes on until nothing more is asked.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from typing import Any, Final

from benchmarks.load.talks import Talk

LONGEST_TALK: Final = 20
EXPECTED: Final = (200, 201)


class Phone(asyncio.Protocol):
    """One connection: one request at a time, answered by status and body."""

    def __init__(self) -> None:
        self._received = b""
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, body = self._received.partition(b"\r\n\r\n")
        if not end:
            return
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        if len(body) >= length and self._answer is not None:
            self._received = b""
            self._answer.set_result((int(head[9:12]), body))

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError("the server closed the connection before it answered"))

    @property
    def is_connected(self) -> bool:
        return self._transport is not None

    async def post(self, path: str, token: str, body: Any) -> tuple[int, bytes]:
        assert self._transport is not None
        payload = json.dumps(body).encode()
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(payload)}\r\n\r\n".encode()
            + payload
        )
        return await self._answer


class Round:
    """What one round of load needs and finds."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.port: int = plan["port"]
        self.jobs: Iterator[dict[str, Any]] = iter(plan["jobs"])
        self.keeps: bool = plan.get("keep", False)
        self.took: list[float] = []
        self.answers: list[Any] = []

    async def work(self) -> None:
        """One phone that takes job after job."""
        phone = Phone()
        for job in self.jobs:
            for body in job.get("bodies", ()):
                phone, answer = await self._post(phone, job, body)
                if self.keeps:
                    self.answers.append(json.loads(answer))
            if "expects" in job:
                phone = await self._talk(phone, job)

    async def _talk(self, phone: Phone, job: dict[str, Any]) -> Phone:
        talk, expects = Talk(job["seed"], job["language"]), job["expects"]
        for _ in range(LONGEST_TALK):
            if expects is None:
                break
            phone, answer = await self._post(phone, job, talk.answer(expects))
            expects = json.loads(answer)["expects"]
        return phone

    async def _post(self, phone: Phone, job: dict[str, Any], body: Any) -> tuple[Phone, bytes]:
        if not phone.is_connected:
            _, phone = await asyncio.get_running_loop().create_connection(Phone, "127.0.0.1", self.port)
        began = time.perf_counter()
        status, answer = await phone.post(job["path"], job["token"], body)
        self.took.append(time.perf_counter() - began)
        if status not in EXPECTED:
            raise SystemExit(f"{job['path']} answered {status}: {answer[:500].decode()}")
        return phone, answer


async def play(plan: dict[str, Any]) -> dict[str, Any]:
    """Send all jobs of a plan by as many phones as it says, and report."""
    one = Round(plan)
    began = time.perf_counter()
    await asyncio.gather(*(one.work() for _ in range(plan["clients"])))
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "took": one.took, "answers": one.answers}


if __name__ == "__main__":
    json.dump(asyncio.run(play(json.load(sys.stdin))), sys.stdout)
