"""The command that serves a store to browsers: serve."""

from __future__ import annotations

from typing import Annotated

import typer

from reportedly.cli_options import Store
from reportedly.cli_run import complain
from reportedly.cli_store import opened
from reportedly.errors import BadOption


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(serve)


def serve(
    store: Store,
    host: Annotated[str, typer.Option(metavar="HOST", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="PORT", min=0, max=65535, help="Port to listen on; 0: any.")] = 8000,
) -> int:
    """Serve the desk: pages to see, check and correct what a store holds, in a browser on this machine.

    [bold]Examples[/bold]

    [dim]$[/dim] reportedly serve --store crisis.db
    """
    from reportedly.serve.desk import LOOPBACK, Desk
    from reportedly.serve.listen import listen

    if host not in LOOPBACK:
        raise BadOption(f"without accounts the desk does not listen on {host}", hint="use --host 127.0.0.1")
    with opened(store) as found:
        listen(Desk(found, host=host), port, lambda url: complain(f"the desk is open at {url} (Ctrl-C closes it)"))
    return 0
