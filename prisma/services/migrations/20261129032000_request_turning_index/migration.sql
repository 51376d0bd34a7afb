-- by hand: kept when later migrations are generated

-- As of incidents: in words that no list uses, so that the queues of an area keep to their own indexes.
DROP INDEX "service_request_open_due_idx";
CREATE INDEX "service_request_turning_idx" ON "service_request"(("due_at" AT TIME ZONE 'UTC')) INCLUDE ("community_code")
  WHERE "closed_at" IS NULL AND ("due_at" AT TIME ZONE 'UTC') IS NOT NULL;
