DROP FUNCTION "public"."entry_terms"(uuid);
--> statement-breakpoint
-- Why an event takes no entry at an instant; null where it does.
CREATE FUNCTION "public"."entry_rejection"(
  "status" text, "starts_at" timestamptz, "ends_at" timestamptz, "at" timestamptz
) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN status IS NULL OR status = 'draft' THEN 'unknown-event'
  WHEN status <> 'published' THEN status
  WHEN at < starts_at THEN 'early'
  WHEN at >= ends_at THEN 'late'
END;
--> statement-breakpoint
-- What an entry or a visit is judged by. Takes the event's gate, shared and until the transaction ends, and only then reads: VOLATILE
-- gives that query a snapshot of its own, which sees what a lock committed while this waited. All null for an unknown event.
-- With "entering", an event that takes no entries is rejected from what was committed last, before the gate: whoever holds the gate
-- of a drawn event then delays no entry of another event in the same statement. A visit may be marked after the end, so it waits.
CREATE FUNCTION "public"."entry_terms"(
  "wanted" uuid,
  "entering" boolean,
  OUT "status" text,
  -- Null where entries are taken.
  OUT "rejection" text,
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
  IF entering THEN
    SELECT e.status, e.starts_at, e.ends_at, e.announcement_date INTO status, starts_at, ends_at, announcement_date
    FROM public.events e WHERE e.id = wanted;
    at := date_trunc('milliseconds', clock_timestamp());
    rejection := public.entry_rejection(status, starts_at, ends_at, at);
    IF rejection IS NOT NULL THEN
      RETURN;
    END IF;
  END IF;
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
  rejection := public.entry_rejection(status, starts_at, ends_at, at);
END $$;
