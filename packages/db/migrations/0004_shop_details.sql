ALTER TABLE "shops" ADD COLUMN "contact" text;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "opening_hours" text;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "privacy_officer" text;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "details_changed_at" timestamp (3) with time zone;