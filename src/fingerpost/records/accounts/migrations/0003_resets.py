# SPDX-License-Identifier: AGPL-3.0-or-later
"""The operator's command may forget somebody's second step; it may not read the secret of one, nor make one."""

from django.db import migrations

GRANT = "GRANT SELECT (id, user_id), DELETE ON mfa_authenticator TO fingerpost_loader"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_grants")]
    operations = [migrations.RunSQL(GRANT, migrations.RunSQL.noop)]
