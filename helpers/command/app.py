"""The cases as pages without code."""

import click


@click.command()
@click.option("--port", default=8866, show_default=True, help="Where it is served, on this computer alone.")
@click.option("--code", help="Your private code, where it isn't the first one on this computer.")
@click.option("--browser/--no-browser", default=True, help="Open the page at once.")
def app(port: int, code: str | None, browser: bool) -> None:
    """Read the cases as pages without code."""
    from helpers.app.alone import serve_alone

    serve_alone(port, code, browser)
