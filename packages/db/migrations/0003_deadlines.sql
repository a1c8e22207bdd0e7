CREATE TABLE "destruction_records" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"consent_version" integer NOT NULL,
	"count" integer NOT NULL,
	"oldest_entry_at" timestamp (3) with time zone NOT NULL,
	"newest_entry_at" timestamp (3) with time zone NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"destroyed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "destruction_records_event_reason_version_key" UNIQUE("event_id","reason","consent_version"),
	CONSTRAINT "destruction_records_count_check" CHECK ("destruction_records"."count" >= 1)
);
--> statement-breakpoint
ALTER TABLE "consent_texts" ADD COLUMN "others_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "consent_texts" ADD COLUMN "winners_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "cancelled_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "destroyed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "destruction_records" ADD CONSTRAINT "destruction_records_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
-- Texts of before promised one period to everybody and named its last day.
UPDATE "consent_texts" SET "others_until" = d.day AT TIME ZONE 'Asia/Seoul', "winners_until" = d.day AT TIME ZONE 'Asia/Seoul'
FROM (
  SELECT c.event_id, c.version, make_timestamp(m[1]::int, m[2]::int, m[3]::int, 0, 0, 0) AS day
  FROM "consent_texts" c, regexp_match(c.ko, '90일\((\d{4})년 (\d{1,2})월 (\d{1,2})일') m
) d
WHERE d.event_id = "consent_texts"."event_id" AND d.version = "consent_texts"."version" AND d.day IS NOT NULL;--> statement-breakpoint
UPDATE "events" SET "cancelled_at" = coalesce(
  (SELECT r.created_at FROM "draw_records" r WHERE r.event_id = "events".id AND r.type = 'cancel'), "updated_at")
WHERE "status" = 'cancelled';
