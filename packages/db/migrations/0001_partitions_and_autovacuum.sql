-- drizzle cannot declare partitions: processed_messages is range-partitioned on the UUIDv7 itself, so that old ids expire by
-- dropping a partition. The consumer makes partitions ahead; the default one catches ids from outside their range.
DROP TABLE "analytics"."processed_messages";
--> statement-breakpoint
CREATE TABLE "analytics"."processed_messages" (
	"message_id" uuid PRIMARY KEY NOT NULL
) PARTITION BY RANGE ("message_id");
--> statement-breakpoint
CREATE TABLE "analytics"."processed_messages_default" PARTITION OF "analytics"."processed_messages" DEFAULT;
--> statement-breakpoint
-- Rows live for milliseconds: without this, dead rows slow each look for the oldest.
ALTER TABLE "outbox" SET (
	autovacuum_vacuum_scale_factor = 0,
	autovacuum_vacuum_threshold = 10000,
	autovacuum_vacuum_cost_delay = 0
);
