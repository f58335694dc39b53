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


class Migration(migrations.Migration):
    dependencies = [("returns", "0003_prepared"), ("people", "0002_walls")]
    operations = [
        walls.protect_area("returns_preparedreturn"),
        walls.protect_area("returns_preparedfile"),
        walls.protect_area("returns_signoff", by_readers=True),
        migrations.RunSQL(LET_DRAFTS_GO, migrations.RunSQL.noop),
    ]
