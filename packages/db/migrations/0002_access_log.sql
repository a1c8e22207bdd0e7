-- Append-only, and partitioned by month (UTC), so that rows expire by dropping a partition and in no other way.
CREATE TABLE "access_log" (
	"id" uuid NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"shop_id" uuid,
	"actor_kind" text,
	"actor_id" uuid,
	"actor_role" text,
	"client_address" text NOT NULL,
	"action" text NOT NULL,
	"event_id" uuid,
	"subject_id" uuid,
	"people" integer DEFAULT 0 NOT NULL,
	"purpose" text,
	CONSTRAINT "access_log_id_at_pk" PRIMARY KEY("id","at")
) PARTITION BY RANGE ("at");
--> statement-breakpoint
CREATE TABLE "access_log_reviews" (
	"shop_id" uuid NOT NULL,
	"month" date NOT NULL,
	"reviewed_by" uuid,
	"reviewed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "access_log_reviews_shop_id_month_pk" PRIMARY KEY("shop_id","month")
);
--> statement-breakpoint
ALTER TABLE "access_log_reviews" ADD CONSTRAINT "access_log_reviews_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "access_log_reviews" ADD CONSTRAINT "access_log_reviews_reviewed_by_users_id_fk" FOREIGN KEY ("reviewed_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "access_log_shop_id_idx" ON "access_log" USING btree ("shop_id","at","id");--> statement-breakpoint
CREATE FUNCTION "public"."reject_access_log_change"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  raise exception 'access_log is append-only' using errcode = 'insufficient_privilege';
end $$;
--> statement-breakpoint
CREATE TRIGGER "access_log_append_only" BEFORE UPDATE OR DELETE ON "access_log"
  FOR EACH ROW EXECUTE FUNCTION "public"."reject_access_log_change"();
--> statement-breakpoint
CREATE TRIGGER "access_log_no_truncate" BEFORE TRUNCATE ON "access_log"
  FOR EACH STATEMENT EXECUTE FUNCTION "public"."reject_access_log_change"();
--> statement-breakpoint
-- Creates the partition of the month that contains an instant; false where it exists. Triggers per statement,
-- unlike those per row, are not inherited by partitions.
CREATE FUNCTION "public"."create_access_log_partition"("moment" timestamp with time zone) RETURNS boolean
LANGUAGE plpgsql AS $$
declare
  month timestamp := date_trunc('month', moment at time zone 'UTC');
  partition text := 'access_log_' || to_char(month, 'YYYYMM');
begin
  if to_regclass('public.' || partition) is not null then return false; end if;
  execute format('create table public.%I (like public.access_log including all)', partition);
  execute format('alter table public.access_log attach partition public.%I for values from (%L) to (%L)',
    partition, month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
  execute format('create trigger access_log_no_truncate before truncate on public.%I
    for each statement execute function public.reject_access_log_change()', partition);
  return true;
end $$;
--> statement-breakpoint
-- Later ones are created by the job maintain-access-log.
SELECT "public"."create_access_log_partition"(now() + make_interval(months => ahead)) FROM generate_series(0, 3) AS ahead;
