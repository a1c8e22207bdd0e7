CREATE TABLE "attempt_budgets" (
	"key" "bytea" PRIMARY KEY NOT NULL,
	"used" integer NOT NULL,
	"available_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "events" ALTER COLUMN "visit_bonus" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "events" ALTER COLUMN "visit_bonus" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "draw_logs" ADD COLUMN "failures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "draw_logs" ADD COLUMN "next_try_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "visit_marked_by" uuid;--> statement-breakpoint
CREATE INDEX "attempt_budgets_expires_at_idx" ON "attempt_budgets" USING btree ("expires_at");