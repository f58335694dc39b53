# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each login may do with accounts, sessions and the tables of signing in. Nothing here is about a child."""

from django.db import migrations

READ = [
    "foundation_area",
    "foundation_district",
    "accounts_organisation",
    "accounts_team",
    "accounts_role",
    "accounts_membership",
    "accounts_user",
    "django_content_type",
    "django_migrations",
]
# Signing in: the session, the second step, the remembered address.
SIGN_IN = ["django_session", "account_emailaddress", "mfa_authenticator"]


def _grants() -> list[str]:
    both, web, loader = "fingerpost_web, fingerpost_public", "fingerpost_web", "fingerpost_loader"
    said = [f"GRANT USAGE ON SCHEMA public TO {both}, {loader}"]
    said += [f"GRANT SELECT ON {table} TO {both}, {loader}" for table in READ]
    said += [f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {both}" for table in SIGN_IN]
    said += [f"GRANT UPDATE (last_login, password) ON accounts_user TO {both}"]
    said += [f"GRANT INSERT, UPDATE ON {table} TO {loader}" for table in READ[:-2]]
    said += [f"GRANT INSERT ON accounts_userevent, accounts_organisationevent TO {web}, {loader}"]
    said += [f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {both}, {loader}"]
    return said


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("sessions", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [migrations.RunSQL(";\n".join(_grants()), migrations.RunSQL.noop)]
