# SPDX-License-Identifier: AGPL-3.0-or-later
"""The three files that configure the server, written anew at each start; `local.conf` is the operator's."""

import os
from collections.abc import Iterable
from pathlib import Path

from fingerpost.postgres import folder as places
from fingerpost.postgres.address import LOADER, OWNER, PORT, SUPERUSER, WEB

HEAD = "# Written by Fingerpost at each start. Your own settings go into local.conf in this folder.\n"
HBA = HEAD + "local all all peer map=fingerpost\n"
MEGABYTE = 1024 * 1024

# The log must not become a second copy of the records: no statements, no row values.
_SERVER = """\
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 60
shared_buffers = {buffers}MB
effective_cache_size = {cache}MB
work_mem = 16MB
maintenance_work_mem = 128MB
max_wal_size = 2GB
random_page_cost = 1.1
jit = off
dynamic_shared_memory_type = mmap
timezone = 'UTC'
log_timezone = 'UTC'
datestyle = 'iso, ymd'
lc_messages = 'C'
log_line_prefix = '%m [%p] %u@%d '
log_error_verbosity = terse
log_min_error_statement = panic
fsync = {safe}
synchronous_commit = {safe}
full_page_writes = {safe}
include 'local.conf'
"""


def server(*, socket: Path, durable: bool) -> str:
    """The text of postgresql.conf, sized to this machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE
    return HEAD + _SERVER.format(
        port=PORT,
        socket=socket,
        buffers=max(32, min(256, memory // 16)),
        cache=max(128, memory // 4),
        safe="on" if durable else "off",
    )


def ident(peers: Iterable[str]) -> str:
    """The text of pg_ident.conf: these operating-system users, and nobody else, may be these roles."""
    rows = (
        f'fingerpost "{peer}" {role}\n'
        for peer in sorted(set(peers))
        for role in (SUPERUSER, OWNER, WEB, LOADER)
    )
    return HEAD + "".join(rows)


def write(data: Path, texts: dict[str, str], *, owner: int, group: int) -> bool:
    """Put the files in place, each in one step; True when any of them changed."""
    mine = data / "local.conf"
    if not mine.exists():
        _write(mine, "# Your own settings of this server; Fingerpost leaves this file alone.\n", owner, group)
    changed = [_write(data / name, text, owner, group) for name, text in texts.items()]
    return any(changed)


def _write(path: Path, text: str, owner: int, group: int) -> bool:
    if path.exists() and path.read_text(errors="replace") == text:
        return False
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    places.new_file(new, text, owner=owner, group=group)
    new.replace(path)
    return True
