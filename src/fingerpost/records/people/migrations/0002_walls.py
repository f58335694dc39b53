# SPDX-License-Identifier: AGPL-3.0-or-later
"""Raises the second wall: the access functions, then every table that tells of a child behind them."""

from django.db import migrations

from fingerpost.records.people import walls

JOURNAL = [
    "ALTER TABLE foundation_journalentry ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE foundation_journalentry FORCE ROW LEVEL SECURITY",
    "CREATE POLICY see ON foundation_journalentry FOR SELECT USING (by_id = (SELECT fingerpost.actor_id())"
    " OR area_id = ANY((SELECT fingerpost.held_areas(false))::uuid[]))",
    "CREATE POLICY add ON foundation_journalentry FOR INSERT WITH CHECK (by_id = (SELECT fingerpost.actor_id()))",
    # The sealer runs as the owner and must see every entry; there is no content in them.
    "CREATE POLICY seal ON foundation_journalentry FOR SELECT TO fingerpost_owner USING (true)",
    "GRANT SELECT, INSERT ON foundation_journalentry TO fingerpost_web, fingerpost_loader",
    "GRANT INSERT ON foundation_journalsalt TO fingerpost_web, fingerpost_loader",
    "GRANT SELECT ON foundation_journalseal TO fingerpost_web, fingerpost_loader",
    "ALTER TABLE foundation_accesslogentry ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE foundation_accesslogentry FORCE ROW LEVEL SECURITY",
    "CREATE POLICY add ON foundation_accesslogentry FOR INSERT WITH CHECK (user_id = (SELECT fingerpost.actor_id()))",
    "GRANT INSERT ON foundation_accesslogentry TO fingerpost_web",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO fingerpost_web, fingerpost_loader",
]
APPEND_ONLY = [
    f"CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT"
    " EXECUTE FUNCTION fingerpost.refuse_change()"
    for table in ("foundation_journalentry", "foundation_journalseal", "foundation_accesslogentry")
]
# A record that goes to another team leaves its mover's sight, so the mover's own policies could not check it.
MOVING = [
    "CREATE POLICY moving ON people_person FOR ALL TO fingerpost_owner"
    " USING (id::text = current_setting('fingerpost.moving', true))"
    " WITH CHECK (id::text = current_setting('fingerpost.moving', true))",
]
# History of a child keeps the area only: the team of then must not see what another team holds now.
HISTORY = [
    "ALTER TABLE people_personevent ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE people_personevent FORCE ROW LEVEL SECURITY",
    "CREATE POLICY see ON people_personevent FOR SELECT"
    " USING (area_id = ANY((SELECT fingerpost.held_areas(false))::uuid[]))",
    "CREATE POLICY add ON people_personevent FOR INSERT WITH CHECK (true)",
    "GRANT SELECT, INSERT ON people_personevent TO fingerpost_web, fingerpost_loader",
    "GRANT INSERT, UPDATE, SELECT ON people_reach TO fingerpost_loader",
]


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("accounts", "0002_grants"), ("foundation", "0001_initial")]
    operations = [
        walls.functions(),
        walls.protect("people_person", person="id"),
        *(
            migrations.RunSQL(";\n".join(said), migrations.RunSQL.noop)
            for said in (JOURNAL, APPEND_ONLY, MOVING, HISTORY)
        ),
    ]
