-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The second wall: who is asking, and whose rows they may see. The web login has no other way in.
-- These functions read the accounts and people_reach only; a house test holds them to that.

CREATE SCHEMA IF NOT EXISTS fingerpost;
REVOKE ALL ON SCHEMA fingerpost FROM PUBLIC;
GRANT USAGE ON SCHEMA fingerpost TO fingerpost_web, fingerpost_public, fingerpost_loader;

-- The two halves of the signing key, already padded (RFC 2104), so that a check is two hashes.
CREATE TABLE IF NOT EXISTS fingerpost.signing_key (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    inner_pad bytea NOT NULL,
    outer_pad bytea NOT NULL
);
REVOKE ALL ON fingerpost.signing_key FROM PUBLIC;

-- fingerpost.actor = user | backend pid | epoch seconds | HMAC-SHA256 in hex. It holds for this connection and
-- five minutes from its making, so a copied one is of no use elsewhere. A wrong one is an error, never "nobody".
CREATE OR REPLACE FUNCTION fingerpost.actor_id() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    token text := current_setting('fingerpost.actor', true);
    part text[];
    key record;
BEGIN
    IF token IS NULL OR token = '' THEN
        RETURN NULL;
    END IF;
    part := string_to_array(token, '|');
    SELECT inner_pad, outer_pad INTO key FROM fingerpost.signing_key;
    IF cardinality(part) <> 4
       OR part[2] <> pg_backend_pid()::text
       OR part[4] IS DISTINCT FROM encode(sha256(key.outer_pad || sha256(key.inner_pad
            || convert_to(part[1] || '|' || part[2] || '|' || part[3], 'UTF8'))), 'hex') THEN
        RAISE insufficient_privilege USING MESSAGE = 'the signed actor does not verify';
    END IF;
    IF abs(extract(epoch FROM now()) - part[3]::bigint) > 300 THEN
        RAISE insufficient_privilege USING MESSAGE = 'the signed actor is out of date';
    END IF;
    RETURN part[1]::uuid;
END $$;

-- These four are PL/pgSQL because its plans are kept for the connection: as SQL functions they would be planned anew
-- for every policy of every query, ten times slower. A reader without a signature gets the empty array at once.
CREATE OR REPLACE FUNCTION fingerpost.held_areas(writing boolean) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me uuid := fingerpost.actor_id();
BEGIN
    IF me IS NULL THEN
        RETURN '{}';
    END IF;
    RETURN (
        SELECT coalesce(array_agg(DISTINCT m.area_id), '{}')
        FROM public.accounts_membership m
        JOIN public.accounts_role r ON r.code = m.role_id
        JOIN public.accounts_user u ON u.id = m.user_id
        WHERE m.user_id = me AND u.is_active AND r.scope = 'area' AND (r.may_write OR NOT writing)
          AND m.from_on <= current_date AND (m.until_on IS NULL OR m.until_on > current_date));
END $$;

CREATE OR REPLACE FUNCTION fingerpost.held_teams(writing boolean) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me uuid := fingerpost.actor_id();
BEGIN
    IF me IS NULL THEN
        RETURN '{}';
    END IF;
    RETURN (
        SELECT coalesce(array_agg(DISTINCT m.team_id), '{}')
        FROM public.accounts_membership m
        JOIN public.accounts_role r ON r.code = m.role_id
        JOIN public.accounts_user u ON u.id = m.user_id
        WHERE m.user_id = me AND u.is_active AND r.scope = 'team' AND m.team_id IS NOT NULL
          AND (r.may_write OR NOT writing)
          AND m.from_on <= current_date AND (m.until_on IS NULL OR m.until_on > current_date));
END $$;

CREATE OR REPLACE FUNCTION fingerpost.reached() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me uuid := fingerpost.actor_id();
    organisations uuid[];
    teams uuid[];
BEGIN
    IF me IS NULL OR NOT EXISTS (SELECT 1 FROM public.accounts_user u WHERE u.id = me AND u.is_active) THEN
        RETURN '{}';
    END IF;
    SELECT coalesce(array_agg(m.organisation_id) FILTER (WHERE m.organisation_id IS NOT NULL), '{}'),
           coalesce(array_agg(m.team_id) FILTER (WHERE m.team_id IS NOT NULL), '{}')
    INTO organisations, teams
    FROM public.accounts_membership m
    JOIN public.accounts_role r ON r.code = m.role_id AND r.scope <> 'nobody'
    WHERE m.user_id = me AND m.from_on <= current_date AND (m.until_on IS NULL OR m.until_on > current_date);
    RETURN (
        SELECT coalesce(array_agg(DISTINCT p.person_id), '{}') FROM public.people_reach p
        WHERE (p.user_id = me OR p.organisation_id = ANY(organisations) OR p.team_id = ANY(teams))
          AND p.from_on <= current_date AND (p.until_on IS NULL OR p.until_on > current_date));
END $$;

-- Their own family: children reached as a user, at the family's level. Somebody who is a parent at home and a SENCO
-- at work must not find the school's pupils among their own.
CREATE OR REPLACE FUNCTION fingerpost.own_family() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me uuid := fingerpost.actor_id();
BEGIN
    IF me IS NULL THEN
        RETURN '{}';
    END IF;
    RETURN (
        SELECT coalesce(array_agg(DISTINCT p.person_id), '{}') FROM public.people_reach p
        JOIN public.accounts_user u ON u.id = p.user_id
        WHERE p.user_id = me AND u.is_active AND p.level = 'family'
          AND p.from_on <= current_date AND (p.until_on IS NULL OR p.until_on > current_date));
END $$;

-- One child, one question: may the actor see (or change) the record? Used by the functions below only.
CREATE OR REPLACE FUNCTION fingerpost.may(child uuid, writing boolean) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    held record;
BEGIN
    SELECT p.area_id, p.team_id INTO held FROM public.people_person p WHERE p.id = child;
    RETURN FOUND AND (held.team_id = ANY(fingerpost.held_teams(writing))
        OR held.area_id = ANY(fingerpost.held_areas(writing))
        OR (NOT writing AND child = ANY(fingerpost.reached())));
END $$;

-- "Who can see me, and why": people who hold the record by their work, and every single reach, with its reason.
CREATE OR REPLACE FUNCTION fingerpost.who_can_see(child uuid)
RETURNS TABLE (reach_id uuid, holder_kind text, holder text, role text, ground text, level text, from_on date,
               until_on date, because text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    record_of record;
BEGIN
    SELECT p.area_id, p.team_id INTO record_of FROM public.people_person p WHERE p.id = child;
    IF NOT FOUND OR NOT (record_of.team_id = ANY(fingerpost.held_teams(false))
                         OR record_of.area_id = ANY(fingerpost.held_areas(false))
                         OR child = ANY(fingerpost.reached())) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT NULL::uuid, CASE r.scope WHEN 'team' THEN 'team' ELSE 'area' END,
           CASE r.scope WHEN 'team' THEN t.name ELSE a.name END, r.name,
           CASE r.scope WHEN 'team' THEN 'holds the record' ELSE 'works for the whole area' END,
           'whole', min(m.from_on), NULL::date, r.why
    FROM public.accounts_membership m
    JOIN public.foundation_area a ON a.id = m.area_id
    JOIN public.accounts_user u ON u.id = m.user_id AND u.is_active
    JOIN public.accounts_role r ON r.code = m.role_id
    LEFT JOIN public.accounts_team t ON t.id = m.team_id
    WHERE m.area_id = record_of.area_id
      AND ((r.scope = 'team' AND m.team_id = record_of.team_id) OR r.scope = 'area')
      AND m.from_on <= current_date AND (m.until_on IS NULL OR m.until_on > current_date)
    GROUP BY r.code, r.name, r.scope, r.why, a.name, t.name
    UNION ALL
    SELECT k.id, CASE WHEN k.user_id IS NOT NULL THEN 'user' WHEN k.team_id IS NOT NULL THEN 'team' ELSE 'organisation' END,
           coalesce(u.name, t.name, o.name), NULL, k.ground, k.level::text, k.from_on, k.until_on, k.because
    FROM public.people_reach k
    LEFT JOIN public.accounts_user u ON u.id = k.user_id
    LEFT JOIN public.accounts_team t ON t.id = k.team_id
    LEFT JOIN public.accounts_organisation o ON o.id = k.organisation_id
    WHERE k.person_id = child AND (k.until_on IS NULL OR k.until_on > current_date);
END $$;

-- The only ways to write people_reach from the web: for a child whose record the actor may change, in the actor's name.
CREATE OR REPLACE FUNCTION fingerpost.grant_reach(child uuid, to_organisation uuid, to_team uuid, to_user uuid,
    on_ground text, at_level text, starting date, ending date, reason text, said_at timestamptz) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    made uuid := gen_random_uuid();
BEGIN
    IF NOT fingerpost.may(child, true) THEN
        RAISE insufficient_privilege USING MESSAGE = 'this child''s record is not yours to open to others';
    END IF;
    INSERT INTO public.people_reach (id, area_id, person_id, organisation_id, team_id, user_id, ground, level,
                                     from_on, until_on, because, granted_by_id, at)
    SELECT made, p.area_id, p.id, to_organisation, to_team, to_user, on_ground, at_level, starting, ending, reason,
           fingerpost.actor_id(), said_at
    FROM public.people_person p WHERE p.id = child;
    RETURN made;
END $$;

CREATE OR REPLACE FUNCTION fingerpost.end_reach(reach uuid, ending date) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    child uuid;
BEGIN
    SELECT person_id INTO child FROM public.people_reach WHERE id = reach;
    IF child IS NULL OR NOT fingerpost.may(child, true) THEN
        RAISE insufficient_privilege USING MESSAGE = 'no such reach, or not yours to end';
    END IF;
    DELETE FROM public.people_reach WHERE id = reach AND from_on >= ending;
    UPDATE public.people_reach SET until_on = ending WHERE id = reach AND (until_on IS NULL OR until_on > ending);
    RETURN child;
END $$;

-- The record goes to another team: out of the mover's own sight perhaps, so no policy could check the new row.
CREATE OR REPLACE FUNCTION fingerpost.move_to_team(child uuid, to_team uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    moved boolean;
BEGIN
    IF NOT fingerpost.may(child, true) THEN
        RAISE insufficient_privilege USING MESSAGE = 'this child''s record is not yours to hand on';
    END IF;
    PERFORM set_config('fingerpost.moving', child::text, true);
    UPDATE public.people_person p SET team_id = t.id FROM public.accounts_team t
    WHERE p.id = child AND t.id = to_team AND t.area_id = p.area_id;
    moved := FOUND;  -- the next PERFORM sets FOUND itself
    PERFORM set_config('fingerpost.moving', '', true);
    IF NOT moved THEN
        RAISE foreign_key_violation USING MESSAGE = 'the team is not one of this child''s area';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION fingerpost.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = format('%s is append-only: add a new row instead', TG_TABLE_NAME);
END $$;

-- An append-only row about a child may change in one way only: the team key that decides who sees it.
CREATE OR REPLACE FUNCTION fingerpost.refuse_change_but_team() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (to_jsonb(NEW) - 'team_id') IS DISTINCT FROM (to_jsonb(OLD) - 'team_id') THEN
        RAISE insufficient_privilege USING MESSAGE = format('%s is append-only: add a new row instead', TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;

DO $$
DECLARE f text;
BEGIN
    FOR f IN SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
             WHERE n.nspname = 'fingerpost' LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    END LOOP;
    FOR f IN SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
             WHERE n.nspname = 'fingerpost' AND p.proname IN ('actor_id', 'held_areas', 'held_teams', 'reached', 'own_family',
                 'who_can_see', 'grant_reach', 'end_reach', 'move_to_team', 'refuse_change', 'refuse_change_but_team') LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO fingerpost_web, fingerpost_loader', f);
    END LOOP;
END $$;
