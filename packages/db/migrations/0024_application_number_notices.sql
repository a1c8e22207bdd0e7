ALTER TABLE "notices" DROP CONSTRAINT "notices_receiver_check";--> statement-breakpoint
ALTER TABLE "notices" ALTER COLUMN "draw_log_id" DROP NOT NULL;--> statement-breakpoint
CREATE INDEX "notices_application_number_idx" ON "notices" USING btree ("event_id","created_at") WHERE "notices"."kind" = 'application-number';--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_receiver_check" CHECK (("notices"."user_id" is null) = ("notices"."participant_id" is not null)
        and ("notices"."user_id" is null and "notices"."kind" <> 'application-number') = ("notices"."draw_rank" is not null)
        and ("notices"."kind" <> 'application-number') = ("notices"."draw_log_id" is not null));