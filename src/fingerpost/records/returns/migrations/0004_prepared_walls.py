# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts returns made here behind the second wall: each holds every child of an area, so only whole-area readers see it."""

from django.db import migrations

from fingerpost.records.people import walls

# A draft's file is let go when a newer one replaces it: nobody needs two copies of every child. A signed one stays.
LET_DRAFTS_GO = """
CREATE FUNCTION returns_keep_signed_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM returns_signoff s WHERE s.prepared_id = OLD.prepared_id) THEN
        RAISE insufficient_privilege USING MESSAGE = 'the file of a return that was signed off stays';
    END IF;
    RETURN OLD;
END $$;
REVOKE ALL ON FUNCTION returns_keep_signed_file() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION returns_keep_signed_file() TO fingerpost_web, fingerpost_loader;
DROP TRIGGER never_deleted ON returns_preparedfile;
CREATE TRIGGER keep_signed BEFORE DELETE ON returns_preparedfile FOR EACH ROW
    EXECUTE FUNCTION returns_keep_signed_file();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON returns_preparedfile FOR EACH STATEMENT
    EXECUTE FUNCTION fingerpost.refuse_change();
CREATE POLICY let_go ON returns_preparedfile FOR DELETE
    USING (area_id = ANY((SELECT fingerpost.held_areas(true))::uuid[]));
GRANT DELETE ON returns_preparedfile TO fingerpost_web, fingerpost_loader
"""

# Returns that were loaded before links were kept: a request belongs to the case of its day, an undated one to the
# only case. The policies and the append-only trigger bind the owner too, so they stand aside while this is done.
LINK_WHAT_IS_LOADED = """
ALTER TABLE returns_sourcerecord NO FORCE ROW LEVEL SECURITY, DISABLE TRIGGER append_only;
ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY;
UPDATE returns_sourcerecord s SET cases = found.links FROM (
    SELECT r.id, jsonb_object_agg(q->>'line', c.id) AS links
    FROM returns_sourcerecord r
    CROSS JOIN jsonb_array_elements(r.record->'requests') q
    JOIN cases_case c ON c.team_id = r.team_id AND c.person_id = r.person_id
    WHERE c.request_received_on = (q->>'received_on')::date
       OR (q->>'received_on') IS NULL
          AND 1 = (SELECT count(*) FROM cases_case o WHERE o.team_id = r.team_id AND o.person_id = r.person_id)
    GROUP BY r.id) found
WHERE found.id = s.id;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE returns_sourcerecord FORCE ROW LEVEL SECURITY, ENABLE TRIGGER append_only;
ALTER TABLE cases_case FORCE ROW LEVEL SECURITY
"""


class Migration(migrations.Migration):
    dependencies = [("returns", "0003_prepared"), ("people", "0002_walls")]
    operations = [
        walls.protect_area("returns_preparedreturn"),
        walls.protect_area("returns_preparedfile"),
        walls.protect_area("returns_signoff", by_readers=True),
        migrations.RunSQL(LET_DRAFTS_GO, migrations.RunSQL.noop),
        migrations.RunSQL(LINK_WHAT_IS_LOADED, migrations.RunSQL.noop),
    ]
