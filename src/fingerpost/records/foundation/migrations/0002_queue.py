# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may do what with the queue of jobs: pages put in and look, the worker takes out. No job holds more than ids."""

from django.db import migrations

WEB = (
    "GRANT SELECT, INSERT ON procrastinate_jobs TO fingerpost_web",
    "GRANT INSERT ON procrastinate_events TO fingerpost_web",
)
WORKER = tuple(
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_{table} TO fingerpost_loader"
    for table in ("jobs", "events", "workers", "periodic_defers")
)
SEQUENCES = tuple(
    f"GRANT USAGE ON SEQUENCE procrastinate_{table}_id_seq TO {role}"
    for role, tables in (
        ("fingerpost_web", ("jobs", "events")),
        ("fingerpost_loader", ("jobs", "events", "workers", "periodic_defers")),
    )
    for table in tables
)


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0001_initial"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        migrations.RunSQL(";\n".join((*WEB, *WORKER, *SEQUENCES)), migrations.RunSQL.noop),
    ]
