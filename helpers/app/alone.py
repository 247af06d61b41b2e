"""The app for one learner: a private link, and a file of their own that keeps what they commit."""

import webbrowser

import click

from helpers.app.recognise import by_link, key_of_this_place, link_token
from helpers.app.server import serve
from helpers.room.database import default_url
from helpers.room.store import Store


def serve_alone(port: int, code: str | None, open_browser: bool) -> None:
    """Serve the cases to one learner until stopped. Raises Refusal for a private code that nobody here has."""
    url = default_url()
    store = Store.open(url)
    reader = store.learner(code)
    store.close()
    key = key_of_this_place()
    token = link_token(key, reader)

    def announce(address: str) -> None:
        click.echo(f"\nYour private link (keep it to yourself):\n\n    {address}?token={token}\n\nStop with Ctrl+C. What you committed is kept.\n")
        if open_browser:
            webbrowser.open(f"{address}?token={token}")

    serve(lambda app: by_link(token, reader, lambda: app.port), url, announce, port=port, secret=key, shows_code=True)
