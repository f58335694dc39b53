# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two keys of an installation: from the environment, or made once and kept beside the data for the owner alone."""

import os
import secrets
from pathlib import Path


def web_key(home: Path) -> str:
    """Key of Django's sessions and forms."""
    return os.environ.get("FINGERPOST_SECRET_KEY") or _kept(home / "keys" / "web.key")


def actor_key(home: Path) -> bytes:
    """Key with which the web signs in whose name it asks the database."""
    return (os.environ.get("FINGERPOST_ACTOR_KEY") or _kept(home / "keys" / "actor.key")).encode()


def _kept(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make(file)
    return file.read_text().strip()


def _make(file: Path) -> None:
    draft = file.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(secrets.token_urlsafe(48))
    try:
        os.link(draft, file)  # whoever comes first wins; the other reads the winner's
    except FileExistsError:
        pass
    finally:
        draft.unlink()
