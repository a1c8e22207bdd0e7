CREATE SCHEMA "analytics";
--> statement-breakpoint
CREATE TABLE "analytics"."channel_counts" (
	"event_id" uuid NOT NULL,
	"entry_path" text NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "channel_counts_event_id_entry_path_pk" PRIMARY KEY("event_id","entry_path")
);
--> statement-breakpoint
CREATE TABLE "analytics"."dead_letters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"topic" text,
	"partition" integer,
	"offset" bigint,
	"message_id" text,
	"event_type" text,
	"key" "bytea",
	"headers" text,
	"value" "bytea",
	"cause" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"replayed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "analytics"."event_totals" (
	"event_id" uuid PRIMARY KEY NOT NULL,
	"total" bigint NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "analytics"."hourly_counts" (
	"event_id" uuid NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "hourly_counts_event_id_hour_pk" PRIMARY KEY("event_id","hour")
);
--> statement-breakpoint
-- Range-partitioned on the UUIDv7 itself, so that old ids expire by dropping a partition. The consumer creates
-- partitions ahead; the default one catches ids from outside their range.
CREATE TABLE "analytics"."processed_messages" (
	"message_id" uuid PRIMARY KEY NOT NULL
) PARTITION BY RANGE ("message_id");
--> statement-breakpoint
CREATE TABLE "analytics"."processed_messages_default" PARTITION OF "analytics"."processed_messages" DEFAULT;
--> statement-breakpoint
CREATE TABLE "attempt_budgets" (
	"key" "bytea" PRIMARY KEY NOT NULL,
	"used" integer NOT NULL,
	"available_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" uuid NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp (3) with time zone,
	"refresh_token_expires_at" timestamp (3) with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"shop_id" uuid NOT NULL,
	"created_by" uuid,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "api_keys_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "auth_rate_limits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "auth_rate_limits_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"user_id" uuid NOT NULL,
	"active_shop_id" uuid,
	"ip_address" text,
	"user_agent" text,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "shop_invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"shop_id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text,
	"status" text NOT NULL,
	"inviter_id" uuid NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shop_members" (
	"id" uuid PRIMARY KEY NOT NULL,
	"shop_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shops" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"logo" text,
	"metadata" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "shops_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "draw_logs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"previous_draw_log_id" uuid,
	"draw_method" text NOT NULL,
	"algorithm" text NOT NULL,
	"winner_count" integer NOT NULL,
	"alternate_count" integer DEFAULT 0 NOT NULL,
	"visit_bonus" integer DEFAULT 0 NOT NULL,
	"bonus_used" boolean NOT NULL,
	"entry_count" integer NOT NULL,
	"eligible_count" integer NOT NULL,
	"total_tickets" text NOT NULL,
	"lock_seq" integer NOT NULL,
	"round" text,
	"draws_at" timestamp (3) with time zone,
	"deviation" jsonb,
	"requested_by" text,
	"locked_at" timestamp (3) with time zone NOT NULL,
	"drawn_at" timestamp (3) with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp (3) with time zone,
	CONSTRAINT "draw_logs_event_attempt_key" UNIQUE("event_id","attempt")
);
--> statement-breakpoint
CREATE TABLE "draw_records" (
	"event_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"record" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"signature" "bytea",
	"rules_text" text,
	"change_reason" text,
	"entries_so_far" integer,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "draw_records_event_id_seq_pk" PRIMARY KEY("event_id","seq"),
	CONSTRAINT "draw_records_event_hash_key" UNIQUE("event_id","hash")
);
--> statement-breakpoint
CREATE TABLE "draw_winners" (
	"draw_log_id" uuid NOT NULL,
	"draw_rank" integer NOT NULL,
	"event_id" uuid NOT NULL,
	"slot" integer,
	"prize" text,
	"entry_index" integer NOT NULL,
	"entry_id" text NOT NULL,
	"participant_id" uuid NOT NULL,
	"person" "bytea",
	"standing" text NOT NULL,
	"selected_at" timestamp (3) with time zone,
	"withdrawn_at" timestamp (3) with time zone,
	"withdraw_reason" text,
	"withdraw_note" "bytea",
	CONSTRAINT "draw_winners_draw_log_id_draw_rank_pk" PRIMARY KEY("draw_log_id","draw_rank"),
	CONSTRAINT "draw_winners_event_entry_key" UNIQUE("event_id","entry_index"),
	CONSTRAINT "draw_winners_standing_check" CHECK (("draw_winners"."standing" = 'alternate') = ("draw_winners"."slot" is null) and ("draw_winners"."standing" = 'withdrawn') = ("draw_winners"."withdrawn_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "locked_list_parts" (
	"event_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "locked_list_parts_event_id_part_pk" PRIMARY KEY("event_id","part")
);
--> statement-breakpoint
CREATE TABLE "locked_lists" (
	"event_id" uuid PRIMARY KEY NOT NULL,
	"entry_count" integer NOT NULL,
	"entries_root" "bytea" NOT NULL,
	"locked_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "channels" (
	"event_id" uuid NOT NULL,
	"entry_path" text NOT NULL,
	"code" text NOT NULL,
	"position" integer NOT NULL,
	"kind" text DEFAULT 'link' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"archived" boolean DEFAULT false NOT NULL,
	CONSTRAINT "channels_event_id_entry_path_pk" PRIMARY KEY("event_id","entry_path"),
	CONSTRAINT "channels_event_code_key" UNIQUE("event_id","code")
);
--> statement-breakpoint
CREATE TABLE "consent_texts" (
	"event_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"ko" text NOT NULL,
	"en" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "consent_texts_event_id_version_pk" PRIMARY KEY("event_id","version")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"shop_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"story" text DEFAULT '' NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"announcement_date" timestamp (3) with time zone NOT NULL,
	"winner_count" integer NOT NULL,
	"alternate_count" integer DEFAULT 0 NOT NULL,
	"visit_bonus" integer,
	"status" text DEFAULT 'draft' NOT NULL,
	"beacon" text DEFAULT 'none' NOT NULL,
	"beacon_delay" integer DEFAULT 30 NOT NULL,
	"key_id" text NOT NULL,
	"seed_ciphertext" "bytea",
	"visit_token" text NOT NULL,
	"rules_seq" integer,
	"consent_version" integer,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"published_at" timestamp (3) with time zone,
	CONSTRAINT "events_slug_unique" UNIQUE("slug"),
	CONSTRAINT "events_times_check" CHECK ("events"."starts_at" < "events"."ends_at" and "events"."ends_at" <= "events"."announcement_date"),
	CONSTRAINT "events_winner_count_check" CHECK ("events"."winner_count" >= 1),
	CONSTRAINT "events_visit_bonus_check" CHECK ("events"."visit_bonus" between 0 and 100),
	CONSTRAINT "events_alternate_count_check" CHECK ("events"."alternate_count" >= 0),
	CONSTRAINT "events_status_check" CHECK ("events"."status" in ('draft', 'published', 'locked', 'drawn', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "prizes" (
	"event_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "prizes_event_id_position_pk" PRIMARY KEY("event_id","position"),
	CONSTRAINT "prizes_count_check" CHECK ("prizes"."count" >= 1)
);
--> statement-breakpoint
CREATE TABLE "key_checks" (
	"key_id" text PRIMARY KEY NOT NULL,
	"value" "bytea" NOT NULL,
	"retired_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"message_id" uuid PRIMARY KEY NOT NULL,
	"event_type" text NOT NULL,
	"schema_version" smallint NOT NULL,
	"key" uuid NOT NULL,
	"payload" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "participants" (
	"event_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" "bytea",
	"phone_number" "bytea",
	"phone_index" "bytea",
	"entry_path" text NOT NULL,
	"application_number" text,
	"participated_at" timestamp (3) with time zone NOT NULL,
	"submission_id" uuid,
	"visited" boolean DEFAULT false NOT NULL,
	"visited_at" timestamp (3) with time zone,
	"visit_marked_by" uuid,
	"entry_id" text collate "C" NOT NULL,
	"consented_at" timestamp (3) with time zone NOT NULL,
	"consent_version" integer NOT NULL,
	"rules_seq" integer NOT NULL,
	"is_winner" boolean DEFAULT false NOT NULL,
	"won_at" timestamp (3) with time zone,
	"exclusion_reason" smallint DEFAULT 0 NOT NULL,
	CONSTRAINT "participants_event_id_id_pk" PRIMARY KEY("event_id","id"),
	CONSTRAINT "participants_event_phone_key" UNIQUE("event_id","phone_index"),
	CONSTRAINT "participants_event_application_number_key" UNIQUE("event_id","application_number"),
	-- A lock reads the list in id order from this index alone; reading a million rows of the table in that order
	-- took five times as long.
	CONSTRAINT "participants_event_entry_id_key" UNIQUE("event_id","entry_id") INCLUDE ("visited", "exclusion_reason"),
	CONSTRAINT "participants_exclusion_reason_check" CHECK ("participants"."exclusion_reason" between 0 and 7)
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_active_shop_id_shops_id_fk" FOREIGN KEY ("active_shop_id") REFERENCES "public"."shops"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shop_invitations" ADD CONSTRAINT "shop_invitations_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shop_invitations" ADD CONSTRAINT "shop_invitations_inviter_id_users_id_fk" FOREIGN KEY ("inviter_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shop_members" ADD CONSTRAINT "shop_members_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shop_members" ADD CONSTRAINT "shop_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draw_logs" ADD CONSTRAINT "draw_logs_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draw_logs" ADD CONSTRAINT "draw_logs_previous_fkey" FOREIGN KEY ("previous_draw_log_id") REFERENCES "public"."draw_logs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draw_records" ADD CONSTRAINT "draw_records_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draw_winners" ADD CONSTRAINT "draw_winners_draw_log_id_draw_logs_id_fk" FOREIGN KEY ("draw_log_id") REFERENCES "public"."draw_logs"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draw_winners" ADD CONSTRAINT "draw_winners_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "locked_list_parts" ADD CONSTRAINT "locked_list_parts_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "locked_lists" ADD CONSTRAINT "locked_lists_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channels" ADD CONSTRAINT "channels_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent_texts" ADD CONSTRAINT "consent_texts_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prizes" ADD CONSTRAINT "prizes_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "dead_letters_created_at_idx" ON "analytics"."dead_letters" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "attempt_budgets_expires_at_idx" ON "attempt_budgets" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "accounts_user_id_idx" ON "accounts" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "api_keys_shop_id_idx" ON "api_keys" USING btree ("shop_id");--> statement-breakpoint
CREATE INDEX "sessions_user_id_idx" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "shop_invitations_shop_id_idx" ON "shop_invitations" USING btree ("shop_id");--> statement-breakpoint
CREATE UNIQUE INDEX "shop_members_shop_user_key" ON "shop_members" USING btree ("shop_id","user_id");--> statement-breakpoint
CREATE INDEX "shop_members_user_id_idx" ON "shop_members" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verifications_identifier_idx" ON "verifications" USING btree ("identifier");--> statement-breakpoint
CREATE UNIQUE INDEX "draw_logs_open_attempt_key" ON "draw_logs" USING btree ("event_id") WHERE "draw_logs"."drawn_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "draw_winners_slot_key" ON "draw_winners" USING btree ("event_id","slot") WHERE "draw_winners"."standing" = 'selected';--> statement-breakpoint
CREATE INDEX "events_shop_id_idx" ON "events" USING btree ("shop_id","created_at");
--> statement-breakpoint
-- What follows cannot be declared in drizzle's schema.
-- Rows live for milliseconds: without this, dead rows slow each look for the oldest.
ALTER TABLE "outbox" SET (
	autovacuum_vacuum_scale_factor = 0,
	autovacuum_vacuum_threshold = 10000,
	autovacuum_vacuum_cost_delay = 0
);
--> statement-breakpoint
-- Hashes do not compress: trying costs a second for a million entries.
ALTER TABLE "locked_list_parts" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
--> statement-breakpoint
-- The advisory lock of an event. The hash's seed keeps its keys apart from other uses.
CREATE FUNCTION "public"."event_gate"("event_id" uuid) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN hashtextextended("event_id"::text, 7233002);
--> statement-breakpoint
-- Stands in for the foreign key of participants, whose check locked the event's row with every entry: no event
-- changes while an entry of it is under way, and none that has entries is deleted.
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
