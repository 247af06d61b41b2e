"""What is compiled on first use, compiled ahead."""

import click


@click.command()
def warm() -> None:
    """Compile what is compiled on first use, so that no learner waits for it."""
    from helpers.paperwork.office.engine.warm import warm as compile_engine

    compile_engine()
