CREATE TABLE "owner_notices" (
	"version" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "owner_notices_version_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"ko" text NOT NULL,
	"en" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shown_owner_notices" (
	"user_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"shown_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "shown_owner_notices_user_id_version_pk" PRIMARY KEY("user_id","version")
);
--> statement-breakpoint
CREATE TABLE "marketing_texts" (
	"event_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"ko" text NOT NULL,
	"en" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "marketing_texts_event_id_version_pk" PRIMARY KEY("event_id","version")
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "destruction_requested_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "asks_marketing" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "marketing_version" integer;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "marketing_consented_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "marketing_version" integer;--> statement-breakpoint
ALTER TABLE "shown_owner_notices" ADD CONSTRAINT "shown_owner_notices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shown_owner_notices" ADD CONSTRAINT "shown_owner_notices_version_owner_notices_version_fk" FOREIGN KEY ("version") REFERENCES "public"."owner_notices"("version") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marketing_texts" ADD CONSTRAINT "marketing_texts_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "owner_notices_text_key" ON "owner_notices" USING btree ("ko","en");--> statement-breakpoint
DROP FUNCTION "public"."entry_terms"(uuid, boolean);--> statement-breakpoint
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
    (SELECT encode(r.hash, 'hex') FROM public.draw_records r WHERE r.event_id = e.id AND r.seq = e.rules_seq),
    CASE WHEN e.asks_marketing THEN e.marketing_version END
  INTO status, starts_at, ends_at, announcement_date, consent_version, rules_seq, link_paths, store_path, visit_token, rules_hash, marketing_version
  FROM public.events e WHERE e.id = wanted;
  IF store_path IS NULL THEN visit_token := NULL; END IF;
  at := date_trunc('milliseconds', clock_timestamp());
  rejection := public.entry_rejection(status, starts_at, ends_at, at);
END $$;
