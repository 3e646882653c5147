"""The commands that say who may log in to a desk: accounts add, set, list."""

from __future__ import annotations

import getpass
import sys
from enum import StrEnum
from typing import Annotated

import typer

from reportedly.cli_options import Store
from reportedly.cli_run import complain
from reportedly.cli_store import opened
from reportedly.errors import BadOption


class Role(StrEnum):
    """What somebody may do."""

    READER = "reader"
    REVIEWER = "reviewer"
    ADMIN = "admin"


Name = Annotated[str, typer.Argument(metavar="NAME", help="Who logs in.")]
accounts = typer.Typer(name="accounts", help="Say who may log in to the desk of a store.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(accounts)


@accounts.command()
def add(
    name: Name,
    store: Store,
    role: Annotated[
        Role, typer.Option(metavar="ROLE", help="reader, reviewer (may judge) or admin (accounts, too).")
    ] = Role.READER,
) -> int:
    """Add an account; the password is asked for, or read from standard input.

    [bold]Examples[/bold]

    [dim]$[/dim] reportedly accounts add ann --role reviewer --store crisis.db
    """
    from reportedly.serve.passwords import hash_password
    from reportedly.store.accounts import add_account, check_name

    check_name(name)
    hashed = hash_password(_password())
    with opened(store, create=True) as found:
        add_account(found, name, role.value, hashed)
    complain(f"{name} may log in as {role}")
    return 0


@accounts.command("set")
def change(
    name: Name,
    store: Store,
    role: Annotated[Role | None, typer.Option(metavar="ROLE", help="Another role.")] = None,
    password: Annotated[bool, typer.Option("--password", help="Another password, asked for.")] = False,
    closed: Annotated[bool | None, typer.Option("--close/--open", help="Whether it can be used.")] = None,
) -> int:
    """Change an account; who is logged in with it must log in again.

    [bold]Examples[/bold]

    [dim]$[/dim] reportedly accounts set ann --close --store crisis.db
    """
    from reportedly.serve.passwords import hash_password
    from reportedly.store.accounts import change_account

    if role is None and closed is None and not password:
        raise BadOption("nothing is to be changed", hint="give --role, --password, --close or --open")
    with opened(store) as found:
        hashed = hash_password(_password()) if password else None
        change_account(found, name, role=role.value if role else None, password=hashed, closed=closed)
    complain(f"{name} is changed")
    return 0


@accounts.command("list")
def list_(store: Store) -> int:
    """List accounts.

    [bold]Examples[/bold]

    [dim]$[/dim] reportedly accounts list --store crisis.db
    """
    from reportedly.cli_output import open_output
    from reportedly.store.accounts import all_accounts

    with opened(store) as found, open_output(None) as stream:
        for account in all_accounts(found):
            stream.write("\t".join([account.name, account.role, *(["closed"] if account.closed else [])]) + "\n")
    return 0


def _password() -> str:
    """From the terminal, twice and unseen; else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("password: ")
    if getpass.getpass("again: ") != first:
        raise BadOption("the two passwords differ", hint="run the command again")
    return first
