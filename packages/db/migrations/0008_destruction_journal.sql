CREATE TABLE "destruction_journal" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"participant_ids" uuid[] NOT NULL,
	"destroyed_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "destruction_journal" ADD CONSTRAINT "destruction_journal_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "destruction_journal_destroyed_at_idx" ON "destruction_journal" USING btree ("destroyed_at");