ALTER TABLE "shops" ADD COLUMN "paused_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "pause_reason" text;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "paused_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "pause_reason" text;--> statement-breakpoint
ALTER TABLE "shops" ADD CONSTRAINT "shops_pause_check" CHECK (("shops"."paused_at" is null) = ("shops"."pause_reason" is null));--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_pause_check" CHECK (("events"."paused_at" is null) = ("events"."pause_reason" is null));
--> statement-breakpoint
-- Why an event takes no entry at an instant; null where it does. A pause shows on every published event.
CREATE FUNCTION "public"."entry_rejection"(
  "status" text, "starts_at" timestamptz, "ends_at" timestamptz, "pause_reason" text, "at" timestamptz
) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN status IS NULL OR status = 'draft' THEN 'unknown-event'
  WHEN pause_reason IS NOT NULL THEN 'paused'
  WHEN status <> 'published' THEN status
  WHEN at < starts_at THEN 'early'
  WHEN at >= ends_at THEN 'late'
END;
--> statement-breakpoint
DROP FUNCTION "public"."entry_terms"(uuid, boolean);
--> statement-breakpoint
-- What an entry or a visit is judged by. Takes the event's gate, shared and until the transaction ends, and only
-- then reads: VOLATILE gives that query a snapshot of its own, which sees what a lock committed while this
-- waited. All null for an unknown event. With "entering", an event that takes no entries is rejected from what
-- was committed last, before the gate: a transaction that holds the gate of a drawn event then delays no entry of
-- another event in the same statement. A visit may be marked after the end, so it waits.
CREATE FUNCTION "public"."entry_terms"(
  "wanted" uuid,
  "entering" boolean,
  OUT "status" text,
  -- Null where entries are taken.
  OUT "rejection" text,
  -- Of the event, else of its shop; null where neither is paused.
  OUT "pause_reason" text,
  OUT "at" timestamptz,
  OUT "starts_at" timestamptz,
  OUT "announcement_date" timestamptz,
  OUT "link_paths" text[],
  -- Path and token of the visit to the shop, both or neither.
  OUT "store_path" text,
  OUT "visit_token" text,
  OUT "consent_version" integer,
  OUT "rules_seq" integer,
  OUT "rules_hash" text,
  -- Null where the form has no marketing box.
  OUT "marketing_version" integer
) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  ends_at timestamptz;
BEGIN
  IF entering THEN
    SELECT e.status, e.starts_at, e.ends_at, e.announcement_date, coalesce(e.pause_reason, s.pause_reason)
    INTO status, starts_at, ends_at, announcement_date, pause_reason
    FROM public.events e JOIN public.shops s ON s.id = e.shop_id WHERE e.id = wanted;
    at := date_trunc('milliseconds', clock_timestamp());
    rejection := public.entry_rejection(status, starts_at, ends_at, pause_reason, at);
    IF rejection IS NOT NULL THEN
      RETURN;
    END IF;
  END IF;
  PERFORM pg_advisory_xact_lock_shared(public.event_gate(wanted));
  SELECT e.status, e.starts_at, e.ends_at, e.announcement_date, e.consent_version, e.rules_seq,
    array(SELECT c.entry_path FROM public.channels c WHERE c.event_id = e.id AND c.kind = 'link' AND NOT c.archived),
    (SELECT c.entry_path FROM public.channels c WHERE c.event_id = e.id AND c.kind = 'store' AND NOT c.archived LIMIT 1),
    e.visit_token,
    (SELECT encode(r.hash, 'hex') FROM public.draw_records r WHERE r.event_id = e.id AND r.seq = e.rules_seq),
    CASE WHEN e.asks_marketing THEN e.marketing_version END,
    coalesce(e.pause_reason, s.pause_reason)
  INTO status, starts_at, ends_at, announcement_date, consent_version, rules_seq, link_paths, store_path, visit_token, rules_hash, marketing_version,
    pause_reason
  FROM public.events e JOIN public.shops s ON s.id = e.shop_id WHERE e.id = wanted;
  IF store_path IS NULL THEN visit_token := NULL; END IF;
  at := date_trunc('milliseconds', clock_timestamp());
  rejection := public.entry_rejection(status, starts_at, ends_at, pause_reason, at);
END $$;
--> statement-breakpoint
DROP FUNCTION "public"."entry_rejection"(text, timestamptz, timestamptz, timestamptz);
