-- by hand: kept when later migrations are generated

-- What becomes overdue in the next moment, in whatever area. In words that no list uses: by its plain columns Postgres
-- took it for the queues of an area, too, and sorted what their own index gives in order; for the same reason the
-- condition is one that no list implies.
DROP INDEX "incident_open_due_idx";
CREATE INDEX "incident_turning_idx" ON "incident"(("due_at" AT TIME ZONE 'UTC')) INCLUDE ("community_code")
  WHERE "closed_at" IS NULL AND ("due_at" AT TIME ZONE 'UTC') IS NOT NULL;
