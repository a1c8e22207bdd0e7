-- Keys created before have every scope, as they had every right, and expire in a year.
ALTER TABLE "api_keys" ADD COLUMN "scopes" text[] DEFAULT '{events:write,draws:write,participants:read,participants:export}' NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ALTER COLUMN "scopes" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "expires_at" timestamp (3) with time zone DEFAULT now() + interval '365 days' NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ALTER COLUMN "expires_at" DROP DEFAULT;
