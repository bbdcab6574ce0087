"""A folder served below a path on this machine, as a site may be hosted, and how to look at it."""

import http.server
import shutil

# The browser without its windows starts a page in half the time, and shows it alike.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BELOW = "/some/where/"


class Below(http.server.SimpleHTTPRequestHandler):
    """Serves a folder below a path and says nothing."""

    def translate_path(self, path):
        return super().translate_path(f"/{path.removeprefix(BELOW)}")

    def log_message(self, *words):
        pass


class Server(http.server.ThreadingHTTPServer):
    """Takes it as no news when a browser hangs up."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


def results(page):
    """The addresses that the open search offers, once it offers any."""
    page.wait_for_selector(".gd-search__results a")
    return [link.get_attribute("href") for link in page.query_selector_all(".gd-search__results a")]
