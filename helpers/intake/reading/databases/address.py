"""Addresses of databases: told from files' names, and never shown with their password."""

import os
import re

from helpers.intake.refusal import Refusal

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.]+:/(?=[^/])")  # one slash: what is left of an address that went through a path
FROM_ENVIRONMENT = "env:"
PASSWORD = re.compile(r"(?<=://)([^:/@\s]*):([^/\s]*)@")


def is_address(source: str) -> bool:
    """Whether a source is a database's address, or names the environment variable that holds one."""
    return source.startswith(FROM_ENVIRONMENT) or "://" in source or bool(ADDRESS.match(source))


def holds_password(source: str) -> bool:
    """Whether an address carries its password, which then stands wherever the address is written down."""
    return "://" in source and (bool(PASSWORD.search(source)) or "password=" in source.lower())


def resolved(source: str) -> str:
    """The address itself. Raises Refusal where the environment variable isn't there."""
    if not source.startswith(FROM_ENVIRONMENT):
        return ADDRESS.sub(lambda begin: begin[0] + "/", source, count=1) if "://" not in source else source
    name = source.removeprefix(FROM_ENVIRONMENT)
    if not os.environ.get(name):
        raise Refusal(f"there is no environment variable '{name}'", "database address", f"set {name} to an address such as postgresql://user@host/database")
    return os.environ[name]
