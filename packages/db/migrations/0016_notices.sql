CREATE TABLE "notice_starts" (
	"event_id" uuid NOT NULL,
	"started_by" uuid NOT NULL,
	"locale" text NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notice_starts_event_id_pk" PRIMARY KEY("event_id")
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"draw_log_id" uuid NOT NULL,
	"draw_rank" integer,
	"participant_id" uuid,
	"user_id" uuid,
	"kind" text NOT NULL,
	"locale" text NOT NULL,
	"text_version" smallint,
	"state" text DEFAULT 'waiting' NOT NULL,
	"problem" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"provider_message_id" text,
	"report_due_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notices_winner_kind_key" UNIQUE("draw_log_id","draw_rank","kind"),
	CONSTRAINT "notices_owner_kind_key" UNIQUE("draw_log_id","user_id","kind"),
	CONSTRAINT "notices_receiver_check" CHECK (("notices"."user_id" is null) = ("notices"."participant_id" is not null) and ("notices"."user_id" is null) = ("notices"."draw_rank" is not null))
);
--> statement-breakpoint
ALTER TABLE "notice_starts" ADD CONSTRAINT "notice_starts_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_draw_log_id_draw_logs_id_fk" FOREIGN KEY ("draw_log_id") REFERENCES "public"."draw_logs"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_winner_fkey" FOREIGN KEY ("draw_log_id","draw_rank") REFERENCES "public"."draw_winners"("draw_log_id","draw_rank") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notices_event_participant_idx" ON "notices" USING btree ("event_id","participant_id");--> statement-breakpoint
CREATE INDEX "notices_due_idx" ON "notices" USING btree ("due_at","id") WHERE "notices"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "notices_sending_idx" ON "notices" USING btree ("changed_at") WHERE "notices"."state" = 'sending';--> statement-breakpoint
CREATE INDEX "notices_report_due_idx" ON "notices" USING btree ("report_due_at") WHERE "notices"."report_due_at" is not null;