-- Receipts of the visits that were marked so far may have been signed. A new mark sets it to false.
ALTER TABLE "participants" ADD COLUMN "visit_signed" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "participants" ALTER COLUMN "visit_signed" SET DEFAULT false;
