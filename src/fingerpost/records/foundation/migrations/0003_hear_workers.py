# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages may see when a worker was last heard of, so that they can say that none is at work."""

from django.db import migrations

HEAR = "GRANT SELECT ON procrastinate_workers TO fingerpost_web"


class Migration(migrations.Migration):
    dependencies = [("foundation", "0002_queue")]
    operations = [migrations.RunSQL(HEAR, migrations.RunSQL.noop)]
