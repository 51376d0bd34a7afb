-- CreateTable
CREATE TABLE "facility" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "area_square_metres" DECIMAL(10,2) NOT NULL,
    "one_door" BOOLEAN NOT NULL,
    "stage" TEXT NOT NULL,
    "opened_on" DATE,
    "address_text" TEXT NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "facility_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "facility_serving" (
    "facility_id" UUID NOT NULL,
    "community_code" TEXT NOT NULL,

    CONSTRAINT "facility_serving_pkey" PRIMARY KEY ("community_code","facility_id")
);

-- CreateTable
CREATE TABLE "service_item" (
    "id" UUID NOT NULL,
    "item_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_pinyin" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "department_code" TEXT NOT NULL,
    "reach" TEXT NOT NULL,
    "modes" TEXT[],
    "promised_working_days" INTEGER NOT NULL,
    "legal_working_days" INTEGER NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "service_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident" (
    "id" UUID NOT NULL,
    "incident_number" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "reported_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "reporter_person_id" UUID,
    "handler_department_code" TEXT,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "grid_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident_transition" (
    "incident_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "from_state" TEXT,
    "to_state" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_department_code" TEXT NOT NULL,
    "note" TEXT,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "incident_transition_pkey" PRIMARY KEY ("incident_id","ordinal")
);

-- CreateTable
CREATE TABLE "provenance" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "system_code" TEXT NOT NULL,
    "dataset" TEXT NOT NULL,
    "client_id" TEXT,
    "department" TEXT,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "row_count" INTEGER NOT NULL,

    CONSTRAINT "provenance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" UUID NOT NULL,
    "xid" xid8 NOT NULL DEFAULT pg_current_xact_id(),
    "ordinal" INTEGER NOT NULL,
    "event_type" TEXT NOT NULL,
    "entity_type" TEXT NOT NULL,
    "entity_id" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "city_code" TEXT,
    "county_code" TEXT,
    "township_code" TEXT,
    "community_code" TEXT,
    "grid_code" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency" (
    "client_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "mutation" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "response" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_pkey" PRIMARY KEY ("client_id","key")
);

-- CreateIndex
CREATE INDEX "facility_kind_id_idx" ON "facility"("kind", "id");

-- CreateIndex
CREATE INDEX "facility_city_code_id_idx" ON "facility"("city_code", "id");

-- CreateIndex
CREATE INDEX "facility_county_code_id_idx" ON "facility"("county_code", "id");

-- CreateIndex
CREATE INDEX "facility_township_code_id_idx" ON "facility"("township_code", "id");

-- CreateIndex
CREATE INDEX "facility_community_code_kind_id_idx" ON "facility"("community_code", "kind", "id");

-- CreateIndex
CREATE INDEX "facility_serving_facility_id_idx" ON "facility_serving"("facility_id");

-- CreateIndex
CREATE UNIQUE INDEX "service_item_item_code_key" ON "service_item"("item_code");

-- CreateIndex
CREATE INDEX "service_item_reach_item_code_idx" ON "service_item"("reach", "item_code");

-- CreateIndex
CREATE INDEX "service_item_department_code_item_code_idx" ON "service_item"("department_code", "item_code");

-- CreateIndex
CREATE UNIQUE INDEX "incident_incident_number_key" ON "incident"("incident_number");

-- CreateIndex
CREATE INDEX "incident_reporter_person_id_reported_at_id_idx" ON "incident"("reporter_person_id", "reported_at", "id");

-- CreateIndex
CREATE INDEX "outbox_xid_ordinal_idx" ON "outbox"("xid", "ordinal");

-- by hand: kept when later migrations are generated

-- The queue of incidents: every tier of a jurisdiction leads its own indexes. Those of all incidents carry the
-- category, which never changes; those of the open ones, a tenth of all, carry what the queue is filtered by, so that
-- a filter or a count reads no rows.
CREATE INDEX "incident_city_reported_idx" ON "incident"("city_code", "reported_at", "id") INCLUDE ("category");
CREATE INDEX "incident_city_open_idx" ON "incident"("city_code", "reported_at", "id")
  INCLUDE ("state", "category", "due_at") WHERE "closed_at" IS NULL;
CREATE INDEX "incident_city_due_idx" ON "incident"("city_code", "due_at", "id")
  INCLUDE ("state", "category") WHERE "closed_at" IS NULL AND "due_at" IS NOT NULL;
CREATE INDEX "incident_county_reported_idx" ON "incident"("county_code", "reported_at", "id") INCLUDE ("category");
CREATE INDEX "incident_county_open_idx" ON "incident"("county_code", "reported_at", "id")
  INCLUDE ("state", "category", "due_at") WHERE "closed_at" IS NULL;
CREATE INDEX "incident_county_due_idx" ON "incident"("county_code", "due_at", "id")
  INCLUDE ("state", "category") WHERE "closed_at" IS NULL AND "due_at" IS NOT NULL;
CREATE INDEX "incident_township_reported_idx" ON "incident"("township_code", "reported_at", "id") INCLUDE ("category");
CREATE INDEX "incident_township_open_idx" ON "incident"("township_code", "reported_at", "id")
  INCLUDE ("state", "category", "due_at") WHERE "closed_at" IS NULL;
CREATE INDEX "incident_township_due_idx" ON "incident"("township_code", "due_at", "id")
  INCLUDE ("state", "category") WHERE "closed_at" IS NULL AND "due_at" IS NOT NULL;
CREATE INDEX "incident_community_reported_idx" ON "incident"("community_code", "reported_at", "id") INCLUDE ("category");
CREATE INDEX "incident_community_open_idx" ON "incident"("community_code", "reported_at", "id")
  INCLUDE ("state", "category", "due_at") WHERE "closed_at" IS NULL;
CREATE INDEX "incident_community_due_idx" ON "incident"("community_code", "due_at", "id")
  INCLUDE ("state", "category") WHERE "closed_at" IS NULL AND "due_at" IS NOT NULL;
CREATE INDEX "incident_grid_reported_idx" ON "incident"("grid_code", "reported_at", "id") INCLUDE ("category");
CREATE INDEX "incident_grid_open_idx" ON "incident"("grid_code", "reported_at", "id")
  INCLUDE ("state", "category", "due_at") WHERE "closed_at" IS NULL;
CREATE INDEX "incident_grid_due_idx" ON "incident"("grid_code", "due_at", "id")
  INCLUDE ("state", "category") WHERE "closed_at" IS NULL AND "due_at" IS NOT NULL;
