-- CreateTable
CREATE TABLE "party_organization" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parent_id" UUID,
    "secretary_person_id" UUID,
    "secretary_name" TEXT,
    "established_on" DATE NOT NULL,
    "term_ends_on" DATE,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT,
    "township_code" TEXT,
    "community_code" TEXT,
    "grid_code" TEXT,
    "micro_grid_code" TEXT,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "party_organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "party_member" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "category" TEXT NOT NULL,
    "joined_on" DATE NOT NULL,
    "organization_id" UUID NOT NULL,
    "employed_member" BOOLEAN NOT NULL,
    "mobile_member" BOOLEAN NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "grid_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "party_member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("id")
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
CREATE INDEX "party_organization_parent_id_id_idx" ON "party_organization"("parent_id", "id");

-- CreateIndex
CREATE INDEX "party_organization_kind_id_idx" ON "party_organization"("kind", "id");

-- CreateIndex
CREATE INDEX "party_organization_city_code_id_idx" ON "party_organization"("city_code", "id");

-- CreateIndex
CREATE INDEX "party_organization_city_code_kind_id_idx" ON "party_organization"("city_code", "kind", "id");

-- CreateIndex
CREATE INDEX "party_organization_county_code_id_idx" ON "party_organization"("county_code", "id");

-- CreateIndex
CREATE INDEX "party_organization_county_code_kind_id_idx" ON "party_organization"("county_code", "kind", "id");

-- CreateIndex
CREATE INDEX "party_organization_township_code_id_idx" ON "party_organization"("township_code", "id");

-- CreateIndex
CREATE INDEX "party_organization_township_code_kind_id_idx" ON "party_organization"("township_code", "kind", "id");

-- CreateIndex
CREATE INDEX "party_organization_community_code_kind_id_idx" ON "party_organization"("community_code", "kind", "id");

-- CreateIndex
CREATE INDEX "party_organization_grid_code_kind_idx" ON "party_organization"("grid_code", "kind");

-- CreateIndex
CREATE INDEX "party_organization_micro_grid_code_idx" ON "party_organization"("micro_grid_code");

-- CreateIndex
CREATE UNIQUE INDEX "party_member_person_id_key" ON "party_member"("person_id");

-- CreateIndex
CREATE INDEX "party_member_organization_id_id_idx" ON "party_member"("organization_id", "id");

-- CreateIndex
CREATE INDEX "membership_member_id_valid_from_idx" ON "membership"("member_id", "valid_from");

-- CreateIndex
CREATE INDEX "outbox_xid_ordinal_idx" ON "outbox"("xid", "ordinal");

-- by hand: kept when later migrations are generated

-- One live membership per member, one branch per grid.
CREATE UNIQUE INDEX "membership_live_key" ON "membership"("member_id") WHERE "valid_to" IS NULL;
CREATE UNIQUE INDEX "party_organization_grid_branch_key" ON "party_organization"("grid_code") WHERE "kind" = 'GRID_BRANCH';

-- A tier's own committee is the one whose place goes no deeper.
CREATE INDEX "party_organization_city_committee_idx" ON "party_organization"("city_code")
  WHERE "county_code" IS NULL AND "kind" = 'COMMITTEE';
CREATE INDEX "party_organization_county_committee_idx" ON "party_organization"("county_code")
  WHERE "township_code" IS NULL AND "kind" = 'COMMITTEE';
CREATE INDEX "party_organization_township_committee_idx" ON "party_organization"("township_code")
  WHERE "community_code" IS NULL AND "kind" = 'COMMITTEE';
