CREATE INDEX "participants_event_path_idx" ON "participants" USING btree ("event_id","entry_path","id");--> statement-breakpoint
CREATE INDEX "participants_visited_idx" ON "participants" USING btree ("event_id","id") WHERE "participants"."visited";--> statement-breakpoint
CREATE INDEX "participants_winners_idx" ON "participants" USING btree ("event_id","id") WHERE "participants"."is_winner";--> statement-breakpoint
CREATE INDEX "participants_excluded_idx" ON "participants" USING btree ("event_id","id") WHERE "participants"."exclusion_reason" <> 0 and "participants"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "participants_withdrawn_idx" ON "participants" USING btree ("event_id","id") WHERE "participants"."withdrawn_at" is not null;