CREATE TABLE "event_pictures" (
	"event_id" uuid PRIMARY KEY NOT NULL,
	"version" text NOT NULL,
	"alt_text" text NOT NULL,
	"width" smallint NOT NULL,
	"small" "bytea" NOT NULL,
	"large" "bytea" NOT NULL,
	"jpeg" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "event_pictures_width_check" CHECK ("event_pictures"."width" between 400 and 1440 and "event_pictures"."width" % 4 = 0),
	CONSTRAINT "event_pictures_bytes_check" CHECK (octet_length("event_pictures"."small") <= 60000 and octet_length("event_pictures"."large") <= 150000 and octet_length("event_pictures"."jpeg") <= 300000)
);
--> statement-breakpoint
ALTER TABLE "event_pictures" ADD CONSTRAINT "event_pictures_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;