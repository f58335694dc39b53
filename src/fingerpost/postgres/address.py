# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a running cluster is found and how to name it to the driver, to Django or to psql."""

from dataclasses import dataclass
from urllib.parse import quote

OWNER = "fingerpost_owner"
WEB = "fingerpost_web"
LOADER = "fingerpost_loader"
PUBLIC = "fingerpost_public"
SUPERUSER = "postgres"
PORT = 5432


@dataclass(frozen=True, slots=True)
class Address:
    """A cluster reached through a socket folder only; `host` is that folder."""

    host: str
    port: int = PORT
    superuser: str = SUPERUSER

    def url(self, *, role: str, database: str) -> str:
        """The connection as one URL, as `DATABASE_URL` wants it."""
        return (
            f"postgresql://{quote(role)}@/{quote(database)}?host={quote(self.host, safe='')}&port={self.port}"
        )

    def keywords(self, *, role: str, database: str) -> dict[str, str]:
        """The connection as libpq keywords: `psycopg.connect(**address.keywords(...))`."""
        return {"host": self.host, "port": str(self.port), "user": role, "dbname": database}
