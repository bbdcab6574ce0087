"""A GitHub on this machine: as much of one repository's API as the workflows' scripts ask for."""

import http.server
import io
import json
import re
import threading
import urllib.parse
import zipfile
from dataclasses import dataclass, field

REPOSITORY = "example/gone-dark"
BOT = {"login": "github-actions[bot]"}


def zipped(**files):
    """An archive of files, as an artifact is handed out; names have _ for a dot."""
    return raw_zip(
        {name.replace("__", "/").replace("_", "."): text for name, text in files.items()}
    )


def raw_zip(files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


@dataclass
class Repository:
    """What the repository holds, and every request that changed or failed to change it."""

    pulls: list = field(default_factory=list)
    runs: list = field(default_factory=list)
    files: dict = field(default_factory=dict)  # of a pull request, by its number
    parcels: dict = field(default_factory=dict)  # (run, name) to bytes
    comments: dict = field(default_factory=dict)  # number to list
    issues: list = field(default_factory=list)
    objects: list = field(default_factory=list)  # posted to git, in order
    names: dict = field(default_factory=dict)  # of the parcels asked for, by their run
    seen: list = field(default_factory=list)  # (path, whether the token was shown)

    def proposal(self, number, sha, home="stranger/gone-dark", files=("incidents/a.yaml",)):
        repo = {"full_name": home}
        self.pulls.append({"number": number, "head": {"sha": sha, "repo": repo}, "updated_at": NOW})
        self.files[number] = [{"filename": name} for name in files]
        self.comments.setdefault(number, [])

    def checked(self, run, sha, home="stranger/gone-dark", **other):
        repo = {"full_name": home}
        self.runs.append(
            {"id": run, "run_attempt": 1, "head_sha": sha, "status": "completed",
             "path": ".github/workflows/check.yml", "head_repository": repo, **other}
        )  # fmt: skip

    def said(self, number):
        return [one["body"] for one in self.comments[number]]


NOW = "2999-01-01T00:00:00Z"


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        self._answer()

    def do_POST(self):
        self._answer()

    def do_PATCH(self):
        self._answer()

    def _answer(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        hub = self.server.hub
        hub.seen.append((url.path, self.headers.get("Authorization")))
        if url.path.startswith("/blob/"):
            run, name = url.path.split("/")[2:]
            return self._send(200, hub.parcels[int(run), name], raw=True)
        prefix = f"/repos/{REPOSITORY}"
        if not url.path.startswith(prefix) or self.headers["Authorization"] != "Bearer token":
            return self._send(404, {})
        words = url.path.removeprefix(prefix).strip("/").split("/")
        return self._route(hub, self.command, words, query, body)

    def _route(self, hub, method, words, query, body):
        asked = f"{method} /{'/'.join(words)}"
        for pattern, answer in ROUTES:
            if found := re.fullmatch(pattern, asked):
                status, content = answer(hub, *found.groups(), query=query, body=body)
                return self._send(status, content)
        if found := re.fullmatch(r"GET /actions/artifacts/(\d+)/zip", asked):
            name = hub.names[int(found[1])]
            return self._send(302, None, place=f"{self.server.elsewhere}/blob/{found[1]}/{name}")
        return self._send(404, {})

    def _send(self, status, content, *, raw=False, place=""):
        body = content if raw else json.dumps(content).encode()
        self.send_response(status)
        if place:
            self.send_header("Location", place)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def paged(found, query):
    length, page = int(query["per_page"]), int(query["page"])
    return found[(page - 1) * length : page * length]


def files_of(hub, number, query, **_):
    files = hub.files.get(int(number))
    return (200, paged(files, query)) if files is not None else (500, {})


def runs_of(hub, query, **_):
    runs = [one for one in hub.runs if one["head_sha"] == query["head_sha"]]
    return 200, {"workflow_runs": runs}


def parcels_of(hub, run, query, **_):
    hub.names[int(run)] = query["name"]
    there = (int(run), query["name"]) in hub.parcels
    found = [{"id": int(run), "name": query["name"], "expired": False}]
    return 200, {"artifacts": found if there else []}


def say(hub, number, body, **_):
    every = sum(map(len, hub.comments.values())) + 1
    hub.comments.setdefault(int(number), []).append({"id": every, "user": BOT, **body})
    return 201, {}


def say_again(hub, wanted, body, **_):
    for one in (one for every in hub.comments.values() for one in every):
        if one["id"] == int(wanted):
            one.update(body)
    return 200, {}


def open_issues(hub, query, **_):
    return 200, paged([one for one in hub.issues if one.get("state") != "closed"], query)


def open_issue(hub, body, **_):
    hub.issues.append({"number": len(hub.issues) + 1, "user": BOT, **body})
    return 201, hub.issues[-1]


def change_issue(hub, number, body, **_):
    hub.issues[int(number) - 1].update(body)
    return 200, {}


def keep(hub, kind, body, **_):
    hub.objects.append((kind, body))
    return 201, {"sha": f"{kind}-{len(hub.objects)}"}


def propose(hub, body, **_):
    hub.pulls.append(body)
    return 201, {"html_url": f"https://github.com/{REPOSITORY}/pull/7"}


ROUTES = (
    (r"GET /", lambda _hub, **_: (200, {"default_branch": "main"})),
    (r"GET /pulls", lambda hub, query, **_: (200, paged(hub.pulls, query))),
    (r"GET /pulls/(\d+)/files", files_of),
    (r"GET /actions/runs", runs_of),
    (r"GET /actions/runs/(\d+)/artifacts", parcels_of),
    (
        r"GET /issues/(\d+)/comments",
        lambda hub, number, query, **_: (200, paged(hub.comments[int(number)], query)),
    ),
    (r"GET /issues", open_issues),
    (r"GET /git/ref/heads/main", lambda _hub, **_: (200, {"object": {"sha": "main-sha"}})),
    (r"GET /git/commits/main-sha", lambda _hub, **_: (200, {"tree": {"sha": "main-tree"}})),
    (r"POST /issues/(\d+)/comments", say),
    (r"PATCH /issues/comments/(\d+)", say_again),
    (r"POST /issues", open_issue),
    (r"PATCH /issues/(\d+)", change_issue),
    (r"POST /git/([a-z]+)", keep),
    (r"POST /pulls", propose),
)


class Server(http.server.ThreadingHTTPServer):
    """The API, and under another name of this machine the place where artifacts lie."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.hub = Repository()
        self.api = f"http://127.0.0.1:{self.server_port}"
        self.elsewhere = f"http://localhost:{self.server_port}"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    def environment(self, **more):
        """The variables that a workflow's step finds."""
        return {
            "GITHUB_API_URL": self.api,
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_TOKEN": "token",
            "GITHUB_RUN_ID": "11",
            **more,
        }
