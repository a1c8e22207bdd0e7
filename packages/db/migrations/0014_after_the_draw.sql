CREATE TABLE "claims" (
	"draw_log_id" uuid NOT NULL,
	"draw_rank" integer NOT NULL,
	"event_id" uuid NOT NULL,
	"participant_id" uuid NOT NULL,
	"details" "bytea" NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "claims_draw_log_id_draw_rank_pk" PRIMARY KEY("draw_log_id","draw_rank")
);
--> statement-breakpoint
CREATE TABLE "contact_attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"draw_log_id" uuid NOT NULL,
	"draw_rank" integer NOT NULL,
	"event_id" uuid NOT NULL,
	"participant_id" uuid NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"attempted_by" uuid NOT NULL,
	"means" text NOT NULL,
	"note" "bytea"
);
--> statement-breakpoint
ALTER TABLE "draw_winners" ADD COLUMN "link_id" "bytea";--> statement-breakpoint
ALTER TABLE "draw_winners" ADD COLUMN "link_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "draw_winners" ADD COLUMN "claimed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "draw_winners" ADD COLUMN "handed_over_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "draw_winners" ADD COLUMN "handed_over_by" uuid;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "claim_days" smallint DEFAULT 14 NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "draws_automatically" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "sit_out_months" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "prizes" ADD COLUMN "value_won" integer;--> statement-breakpoint
ALTER TABLE "prizes" ADD COLUMN "owner_pays_tax" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "prizes" ADD COLUMN "is_delivered" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_winner_fkey" FOREIGN KEY ("draw_log_id","draw_rank") REFERENCES "public"."draw_winners"("draw_log_id","draw_rank") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_attempts" ADD CONSTRAINT "contact_attempts_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_attempts" ADD CONSTRAINT "contact_attempts_winner_fkey" FOREIGN KEY ("draw_log_id","draw_rank") REFERENCES "public"."draw_winners"("draw_log_id","draw_rank") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "claims_event_participant_idx" ON "claims" USING btree ("event_id","participant_id");--> statement-breakpoint
CREATE INDEX "contact_attempts_event_participant_idx" ON "contact_attempts" USING btree ("event_id","participant_id");--> statement-breakpoint
CREATE INDEX "contact_attempts_winner_idx" ON "contact_attempts" USING btree ("draw_log_id","draw_rank");--> statement-breakpoint
ALTER TABLE "draw_winners" ADD CONSTRAINT "draw_winners_link_key" UNIQUE("link_id");--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_claim_days_check" CHECK ("events"."claim_days" between 3 and 30);--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_sit_out_months_check" CHECK ("events"."sit_out_months" between 0 and 3);--> statement-breakpoint
ALTER TABLE "prizes" ADD CONSTRAINT "prizes_value_check" CHECK ("prizes"."value_won" between 0 and 1000000000);