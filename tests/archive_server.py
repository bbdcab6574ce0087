"""An archive of route collectors on this machine, over plain http or TLS, that can misbehave.

What it does wrong is queued for each path, and the last thing queued stays.
"""

import gzip
import http.server
import ssl
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field

import mrt_writer

ARCHIVE, STAT = "data.ris.ripe.net", "stat.ripe.net"
GZIP = "application/x-gzip"


def update(at_s, peer, withdrawn=(), announced=(), path=()):
    """One record of an UPDATE message of a peer, given as its address and ASN."""
    attributes = mrt_writer.path_attributes(path) if announced else b""
    told = mrt_writer.nlris(withdrawn), attributes, mrt_writer.nlris(announced)
    return mrt_writer.bgp4mp(mrt_writer.update(*told), head=head_of(peer), at_s=at_s)


def session_change(at_s, peer, old, new):
    """One record of a change of a session's state; 6 is Established."""
    return mrt_writer.bgp4mp(mrt_writer.states(old, new), 5, head_of(peer), at_s)


def head_of(peer):
    return mrt_writer.peers(4, *peer)


def zipped(*records):
    return gzip.compress(b"".join(records), mtime=0)


@dataclass(frozen=True)
class Answer:
    """What the server sends. ``cut`` closes the connection after so many bytes of it."""

    body: bytes = b""
    status: int = 200
    kind: str = GZIP
    headers: tuple[tuple[str, str], ...] = ()
    length: int | None = None
    cut: int | None = None
    drip_s: float = 0.0
    stalls: bool = False

    def head(self):
        told = len(self.body) if self.length is None else self.length
        lines = [
            f"HTTP/1.1 {self.status} Whatever",
            f"Content-Type: {self.kind}",
            f"Content-Length: {told}",
            *(f"{name}: {value}" for name, value in self.headers),
        ]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


def redirect(location):
    return Answer(status=302, headers=(("Location", location),))


def refusal(status, **headers):
    told = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(b"no", status, "text/plain", told)


@dataclass
class Archive:
    """The server. ``files`` are by path; ``asked`` tells each request as method and path."""

    files: dict[str, bytes] = field(default_factory=dict)
    queues: dict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    asked: list[str] = field(default_factory=list)
    tls: ssl.SSLContext | None = None
    address: str = "127.0.0.1"
    pause_s: float = 0.0

    def __post_init__(self):
        self.lock = threading.Lock()
        self.under_way = self.most_under_way = self.connections = 0
        self.released = threading.Event()
        self.on_request = lambda _: None
        self.gone = refusal(404)
        archive = self

        class Handler(_Handler):
            owner = archive

        self._server = _Server((self.address, 0), Handler)
        if self.tls:
            self._server.socket = self.tls.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def misbehave(self, path, *answers):
        """Answer in these ways, one after the other, the last for ever; None stands for well."""
        self.queues[path] = list(answers)

    def url(self, path):
        return f"{'https' if self.tls else 'http'}://{self.address}:{self.port}{path}"

    def count(self, path, method="GET"):
        return self.asked.count(f"{method} {path}")

    def close(self):
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def answer(self, path):
        queue = self.queues.get(path)
        if queue:
            answer = queue[0] if len(queue) == 1 else queue.pop(0)
            if answer is not None:
                return answer
        if path not in self.files:
            return self.gone
        kind = "application/json" if "/data.json" in path else GZIP
        return Answer(self.files[path], kind="text/html" if path.endswith("/") else kind)


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64  # else connections beyond five wait a second

    def handle_error(self, request, client_address):
        """Say nothing: clients of a server that misbehaves hang up."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    owner: Archive

    def setup(self):
        super().setup()
        with self.owner.lock:
            self.owner.connections += 1

    def log_message(self, *_):
        """Keep quiet."""

    def do_GET(self):
        self._answer()

    def do_HEAD(self):
        self._answer()

    def _answer(self):
        owner = self.owner
        with owner.lock:
            owner.asked.append(f"{self.command} {self.path}")
            owner.under_way += 1
            owner.most_under_way = max(owner.most_under_way, owner.under_way)
            answer = owner.answer(self.path)
        owner.on_request(f"{self.command} {self.path}")
        time.sleep(owner.pause_s)
        with owner.lock:  # before it leaves: whoever has the answer may ask again at once
            owner.under_way -= 1
        self._send(answer)

    def _send(self, answer):
        if answer.stalls:
            self.owner.released.wait(20)
            self.close_connection = True
            return
        whole = answer.head() + (b"" if self.command == "HEAD" else answer.body)
        if answer.cut is not None:
            whole, self.close_connection = whole[: answer.cut], True
        if answer.length is not None and answer.length != len(answer.body):
            self.close_connection = True
        if answer.drip_s:
            self._drip(whole, answer.drip_s)
            return
        self.wfile.write(whole)

    def _drip(self, whole, pause_s):
        for at in range(len(whole)):
            self.wfile.write(whole[at : at + 1])
            if self.owner.released.wait(pause_s):
                break
