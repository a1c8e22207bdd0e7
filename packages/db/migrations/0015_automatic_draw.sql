ALTER TABLE "draw_logs" ADD COLUMN "is_automatic" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "cancel_reason" text;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "draw_failures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "next_draw_try_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "events_draw_due_idx" ON "events" USING btree ("ends_at") WHERE "events"."draws_automatically" and "events"."status" = 'published';--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_cancel_reason_check" CHECK ("events"."cancel_reason" is null or "events"."status" = 'cancelled');