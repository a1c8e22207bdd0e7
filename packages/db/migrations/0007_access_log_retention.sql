-- Who was given which rights is stored for three years, every other line for two: the log is partitioned by
-- retention first, and by month (UTC) below. A table cannot become one, so its lines are copied.
CREATE TABLE "access_log_before" AS TABLE "access_log";--> statement-breakpoint
DROP TABLE "access_log";--> statement-breakpoint
DROP FUNCTION "public"."create_access_log_partition"(timestamp with time zone);--> statement-breakpoint
CREATE TABLE "access_log" (
	"id" uuid NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"shop_id" uuid,
	"actor_kind" text,
	"actor_id" uuid,
	"actor_role" text,
	"client_address" text NOT NULL,
	"action" text NOT NULL,
	"retention_years" smallint NOT NULL,
	"event_id" uuid,
	"subject_id" uuid,
	"people" integer DEFAULT 0 NOT NULL,
	"purpose" text,
	CONSTRAINT "access_log_id_at_retention_years_pk" PRIMARY KEY("id","at","retention_years")
) PARTITION BY LIST ("retention_years");
--> statement-breakpoint
CREATE INDEX "access_log_shop_id_idx" ON "access_log" USING btree ("shop_id","at","id");--> statement-breakpoint
CREATE INDEX "access_log_actor_id_idx" ON "access_log" USING btree ("shop_id","actor_id","at","id");--> statement-breakpoint
CREATE TABLE "access_log_2_years" PARTITION OF "access_log" FOR VALUES IN (2) PARTITION BY RANGE ("at");--> statement-breakpoint
CREATE TABLE "access_log_3_years" PARTITION OF "access_log" FOR VALUES IN (3) PARTITION BY RANGE ("at");--> statement-breakpoint
-- Triggers per row are inherited by partitions, those per statement are not.
CREATE TRIGGER "access_log_append_only" BEFORE UPDATE OR DELETE ON "access_log"
  FOR EACH ROW EXECUTE FUNCTION "public"."reject_access_log_change"();
--> statement-breakpoint
CREATE TRIGGER "access_log_no_truncate" BEFORE TRUNCATE ON "access_log"
  FOR EACH STATEMENT EXECUTE FUNCTION "public"."reject_access_log_change"();
--> statement-breakpoint
CREATE TRIGGER "access_log_no_truncate" BEFORE TRUNCATE ON "access_log_2_years"
  FOR EACH STATEMENT EXECUTE FUNCTION "public"."reject_access_log_change"();
--> statement-breakpoint
CREATE TRIGGER "access_log_no_truncate" BEFORE TRUNCATE ON "access_log_3_years"
  FOR EACH STATEMENT EXECUTE FUNCTION "public"."reject_access_log_change"();
--> statement-breakpoint
-- Creates the partition of a retention for the month that contains an instant; false where it exists.
CREATE FUNCTION "public"."create_access_log_partition"("years" integer, "moment" timestamp with time zone)
RETURNS boolean LANGUAGE plpgsql AS $$
declare
  month timestamp := date_trunc('month', moment at time zone 'UTC');
  parent text := 'access_log_' || years || '_years';
  partition text := parent || '_' || to_char(month, 'YYYYMM');
begin
  if to_regclass('public.' || partition) is not null then return false; end if;
  execute format('create table public.%I (like public.access_log including all)', partition);
  execute format('alter table public.%I attach partition public.%I for values from (%L) to (%L)',
    parent, partition, month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
  execute format('create trigger access_log_no_truncate before truncate on public.%I
    for each statement execute function public.reject_access_log_change()', partition);
  return true;
end $$;
--> statement-breakpoint
-- Later ones are created by the job maintain-access-log.
SELECT "public"."create_access_log_partition"("years", "month")
FROM unnest(array[2, 3]) "years", (
  SELECT now() + make_interval(months => ahead) AS "month" FROM generate_series(0, 3) AS ahead
  UNION SELECT DISTINCT date_trunc('month', "at", 'UTC') FROM "access_log_before"
) "months";
--> statement-breakpoint
INSERT INTO "access_log" ("id", "at", "shop_id", "actor_kind", "actor_id", "actor_role", "client_address",
  "action", "retention_years", "event_id", "subject_id", "people", "purpose")
SELECT "id", "at", "shop_id", "actor_kind", "actor_id", "actor_role", "client_address", "action",
  CASE WHEN "action" IN ('create-api-key', 'revoke-api-key', 'invite-member', 'cancel-invitation', 'add-member',
    'change-role', 'remove-member') THEN 3 ELSE 2 END,
  "event_id", "subject_id", "people", "purpose"
FROM "access_log_before";
--> statement-breakpoint
DROP TABLE "access_log_before";
