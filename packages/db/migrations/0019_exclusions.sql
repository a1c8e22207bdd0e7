CREATE TABLE "exclusions" (
	"event_id" uuid NOT NULL,
	"participant_id" uuid NOT NULL,
	"excluded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"excluded_by" uuid,
	"paste_id" uuid,
	"note" "bytea",
	CONSTRAINT "exclusions_event_id_participant_id_pk" PRIMARY KEY("event_id","participant_id")
);
--> statement-breakpoint
ALTER TABLE "exclusions" ADD CONSTRAINT "exclusions_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE restrict ON UPDATE no action;