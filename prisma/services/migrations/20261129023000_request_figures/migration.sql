-- by hand: kept when later migrations are generated
-- What becomes overdue in the next moment, in whatever area.
CREATE INDEX "service_request_open_due_idx" ON "service_request"("due_at") INCLUDE ("community_code")
  WHERE "closed_at" IS NULL AND "due_at" IS NOT NULL;
