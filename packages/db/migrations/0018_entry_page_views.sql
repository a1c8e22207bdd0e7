CREATE TABLE "analytics"."view_counts" (
	"event_id" uuid NOT NULL,
	"source" text NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "view_counts_event_id_source_hour_pk" PRIMARY KEY("event_id","source","hour")
);
--> statement-breakpoint
CREATE INDEX "outbox_views_idx" ON "outbox" USING btree ("message_id") WHERE event_type = 'EntryPageViewed';