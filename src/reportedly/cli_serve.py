"""The command that serves a store to browsers: serve."""

from __future__ import annotations

from pathlib import Path
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
    public: Annotated[bool, typer.Option("--public", help="Let people read without logging in.")] = False,
    https: Annotated[bool, typer.Option("--https", help="A proxy before the desk speaks HTTPS.")] = False,
    certificate: Annotated[Path | None, typer.Option(metavar="FILE", help="Speak HTTPS: certificate, as PEM.")] = None,
    key: Annotated[Path | None, typer.Option(metavar="FILE", help="The key of the certificate, as PEM.")] = None,
) -> int:
    """Serve the desk: pages to see, check and correct what a store holds, in a browser.

    Without accounts it is for one person on this machine; with accounts others log in.

    [bold]Examples[/bold]

    [dim]$[/dim] reportedly serve --store crisis.db

    [dim]$[/dim] reportedly serve --store crisis.db --host 0.0.0.0 --certificate desk.pem --key desk.key
    """
    from reportedly.serve.desk import LOOPBACK, Desk
    from reportedly.serve.listen import listen
    from reportedly.store.accounts import has_accounts

    if (certificate is None) != (key is None):
        raise BadOption("a certificate goes with its key", hint="give both --certificate and --key")
    with opened(store) as found:
        alone = not has_accounts(found)
        if alone and host not in LOOPBACK:
            hint = f"add one: reportedly accounts add NAME --store {found.name}"
            raise BadOption(f"without accounts the desk does not listen on {host}", hint=hint)
        desk = Desk(found, alone, host, https or certificate is not None, public)
        listen(desk, port, _say, certificate=certificate, key=key)
    return 0


def _say(url: str) -> None:
    complain(f"the desk is open at {url} (Ctrl-C closes it)")
