ALTER TABLE "shown_owner_notices" DISABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP TABLE "shown_owner_notices" CASCADE;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "notice_version" integer;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_notice_version_owner_notices_version_fk" FOREIGN KEY ("notice_version") REFERENCES "public"."owner_notices"("version") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "events_destruction_requested_idx" ON "events" USING btree ("destruction_requested_at") WHERE "events"."destruction_requested_at" is not null and "events"."destroyed_at" is null;