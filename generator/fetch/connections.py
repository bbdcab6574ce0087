"""Connections kept open between requests, and cut off from outside when time is up."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from generator.fetch.reach import Target

Connection = HTTPConnection | HTTPSConnection

# What a server that is broken, gone or hostile can make urllib3 raise; http.client's own among it.
BROKEN = (HTTPError, OSError, ValueError, http.client.HTTPException)


class NoAnswerError(Exception):
    """No server, or one that does not answer in HTTP."""


@dataclass
class Connections:
    """Connections for any number of threads; as many are open as are ever used at one time."""

    ca_file: str | None = None
    _idle: dict[str, list[Connection]] = field(default_factory=lambda: defaultdict(list))
    _busy: set[Connection] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _is_cut: bool = False

    @contextlib.contextmanager
    def answer(
        self, target: Target, method: str, headers: dict[str, str], read_s: float, left_s: float
    ) -> Iterator[BaseHTTPResponse]:
        """Ask, and yield the answer; after ``left_s`` seconds the connection is cut off.

        ``read_s`` bounds each wait for more bytes. The connection is kept for the next request
        only if the body was read to its end. Raises NoAnswerError before there is an answer.
        """
        connection = self._taken(target, min(read_s, left_s))
        timer = threading.Timer(left_s, _cut, (connection,))
        timer.daemon = True
        timer.start()
        is_clean = False
        try:
            response = _asked(connection, method, target.path, headers)
            yield response
            is_clean = response.closed
        finally:
            timer.cancel()
            self._give_back(target, connection, is_clean=is_clean)

    def cut(self) -> None:
        """End whatever is under way on any connection, at once, and let nothing begin."""
        with self._lock:
            self._is_cut = True
            for connection in self._busy:
                _cut(connection)

    def close(self) -> None:
        """Close every connection that nobody uses."""
        with self._lock:
            for connection in chain.from_iterable(self._idle.values()):
                connection.close()
            self._idle.clear()

    def _taken(self, target: Target, wait_s: float) -> Connection:
        with self._lock:
            idle = self._idle[target.server]
            connection = idle.pop() if idle else None
        if connection is not None and connection.is_connected and connection.sock is not None:
            connection.sock.settimeout(wait_s)
        else:
            if connection is not None:
                connection.close()
            connection = self._new(target, wait_s)
        with self._lock:
            self._busy.add(connection)
            if self._is_cut:
                _cut(connection)
        return connection

    def _give_back(self, target: Target, connection: Connection, *, is_clean: bool) -> None:
        with self._lock:
            self._busy.discard(connection)
            if is_clean:
                self._idle[target.server].append(connection)
        if not is_clean:
            connection.close()

    def _new(self, target: Target, wait_s: float) -> Connection:
        for place, address in enumerate(target.addresses, start=1):
            connection = self._unconnected(target, address, wait_s)
            try:
                connection.connect()
            except BROKEN as error:
                connection.close()
                if place == len(target.addresses):
                    raise NoAnswerError(_reason(error)) from error
            else:
                return connection
        raise NoAnswerError("the name has no address")

    def _unconnected(self, target: Target, address: str, wait_s: float) -> Connection:
        if target.scheme == "http":
            return HTTPConnection(address, target.port, timeout=wait_s)
        return HTTPSConnection(
            address,
            target.port,
            timeout=wait_s,
            server_hostname=target.name,
            ssl_context=self._tls,
        )

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.ca_file)


def _asked(
    connection: Connection, method: str, path: str, headers: dict[str, str]
) -> BaseHTTPResponse:
    try:
        connection.request(
            method, path, headers=headers, preload_content=False, decode_content=False
        )
        return connection.getresponse()
    except BROKEN as error:
        raise NoAnswerError(_reason(error)) from error


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]


def _cut(connection: Connection) -> None:
    sock = connection.sock
    if sock is not None:
        with contextlib.suppress(OSError):
            # The plain socket's: TLS would first take leave of a server that does not answer.
            socket.socket.shutdown(sock, socket.SHUT_RDWR)
