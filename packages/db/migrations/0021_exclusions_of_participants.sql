DROP TABLE "exclusions";--> statement-breakpoint
ALTER TABLE "locked_lists" ADD COLUMN "excluded_staff" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "locked_lists" ADD COLUMN "excluded_duplicates" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "locked_lists" ADD COLUMN "excluded_ineligible" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "excluded_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "excluded_by" uuid;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "exclusion_paste_id" uuid;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "exclusion_note" "bytea";