-- One index carries uniqueness and the search by the last four digits: their hash comes first in it.
UPDATE "participants" SET "phone_index" = substring("phone_tail_index" from 1 for 8) || substring("phone_index" from 1 for 24)
WHERE "phone_index" IS NOT NULL;
--> statement-breakpoint
DROP INDEX "participants_phone_tail_idx";--> statement-breakpoint
ALTER TABLE "participants" DROP COLUMN "phone_tail_index";--> statement-breakpoint
-- The key's check locked the event's row once an entry, and two entries at a time made a multixact of it. events_gate stands in for it.
ALTER TABLE "participants" DROP CONSTRAINT "participants_event_id_events_id_fk";
--> statement-breakpoint
-- The advisory lock of an event; the seed keeps its keys apart from other uses.
CREATE FUNCTION "public"."event_gate"("event_id" uuid) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN hashtextextended("event_id"::text, 7233002);
--> statement-breakpoint
-- No event changes while an entry of it is under way, whoever changes it and however; none goes that has entries.
CREATE FUNCTION "public"."hold_event_gate"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(public.event_gate(old.id));
  IF tg_op = 'UPDATE' THEN RETURN new; END IF;
  IF EXISTS (SELECT FROM public.participants p WHERE p.event_id = old.id) THEN
    RAISE foreign_key_violation USING MESSAGE = 'event ' || old.id || ' has participants';
  END IF;
  RETURN old;
END $$;
--> statement-breakpoint
CREATE TRIGGER "events_gate" BEFORE UPDATE OR DELETE ON "events"
FOR EACH ROW EXECUTE FUNCTION "public"."hold_event_gate"();
--> statement-breakpoint
-- What an entry or a visit is judged by. Takes the event's gate, shared and until the transaction ends, and only then reads: VOLATILE
-- gives that query a snapshot of its own, which sees what a lock committed while this waited. All null for an unknown event.
CREATE FUNCTION "public"."entry_terms"(
  "wanted" uuid,
  OUT "status" text,
  -- Null where entries are taken.
  OUT "refusal" text,
  OUT "at" timestamptz,
  OUT "starts_at" timestamptz,
  OUT "announcement_date" timestamptz,
  OUT "link_paths" text[],
  -- Path and token of the visit to the shop, both or neither.
  OUT "store_path" text,
  OUT "visit_token" text,
  OUT "consent_version" integer,
  OUT "rules_seq" integer,
  OUT "rules_hash" text
) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  ends_at timestamptz;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(public.event_gate(wanted));
  SELECT e.status, e.starts_at, e.ends_at, e.announcement_date, e.consent_version, e.rules_seq,
    array(SELECT c.entry_path FROM public.channels c WHERE c.event_id = e.id AND c.kind = 'link' AND NOT c.archived),
    (SELECT c.entry_path FROM public.channels c WHERE c.event_id = e.id AND c.kind = 'store' AND NOT c.archived LIMIT 1),
    e.visit_token,
    (SELECT encode(r.hash, 'hex') FROM public.draw_records r WHERE r.event_id = e.id AND r.seq = e.rules_seq)
  INTO status, starts_at, ends_at, announcement_date, consent_version, rules_seq, link_paths, store_path, visit_token, rules_hash
  FROM public.events e WHERE e.id = wanted;
  IF store_path IS NULL THEN visit_token := NULL; END IF;
  at := date_trunc('milliseconds', clock_timestamp());
  refusal := CASE
    WHEN status IS NULL OR status = 'draft' THEN 'unknown-event'
    WHEN status <> 'published' THEN status
    WHEN at < starts_at THEN 'early'
    WHEN at >= ends_at THEN 'late'
  END;
END $$;
