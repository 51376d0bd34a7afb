-- AlterTable
ALTER TABLE "party_organization" ADD COLUMN     "host_kind" TEXT,
ADD COLUMN     "host_name" TEXT,
ADD COLUMN     "public_contact" TEXT;

-- CreateTable
CREATE TABLE "party_rule" (
    "code" TEXT NOT NULL,
    "effective_from" DATE NOT NULL,
    "value" INTEGER NOT NULL,
    "unit" TEXT NOT NULL,
    "title_zh" TEXT NOT NULL,
    "title_en" TEXT NOT NULL,
    "legal_basis" TEXT,
    "confirmed" BOOLEAN NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "party_rule_pkey" PRIMARY KEY ("code","effective_from")
);

-- CreateTable
CREATE TABLE "party_engagement" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "unit_name" TEXT,
    "holder_name" TEXT,
    "holder_post" TEXT,
    "member_id" UUID,
    "subject_key" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "expires_on" DATE,
    "valid_to" DATE,
    "visit_count" INTEGER NOT NULL DEFAULT 0,
    "last_visited_on" DATE,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "party_engagement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "party_meeting" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "held_on" DATE NOT NULL,
    "topic" TEXT NOT NULL,
    "expected_count" INTEGER NOT NULL,
    "attended_count" INTEGER NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT,
    "township_code" TEXT,
    "community_code" TEXT,
    "grid_code" TEXT,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "party_meeting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "post_claim" (
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "post" TEXT NOT NULL,
    "duty" TEXT NOT NULL,
    "reward" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "grid_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "post_claim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "list_entry" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "mode" TEXT,
    "owner_name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "claimed_by" TEXT,
    "claimed_at" TIMESTAMPTZ(3),
    "fulfilled_at" TIMESTAMPTZ(3),
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "list_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "volunteer_station" (
    "id" UUID NOT NULL,
    "level" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parent_id" UUID,
    "organization_id" UUID,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT,
    "township_code" TEXT,
    "community_code" TEXT,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "volunteer_station_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "supervision_finding" (
    "id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "finding" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "found_on" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "rectification" TEXT,
    "rectified_on" DATE,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT,
    "township_code" TEXT,
    "community_code" TEXT,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "supervision_finding_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "party_engagement_member_id_idx" ON "party_engagement"("member_id");

-- CreateIndex
CREATE INDEX "party_engagement_city_code_kind_id_idx" ON "party_engagement"("city_code", "kind", "id");

-- CreateIndex
CREATE INDEX "party_engagement_county_code_kind_id_idx" ON "party_engagement"("county_code", "kind", "id");

-- CreateIndex
CREATE INDEX "party_engagement_township_code_kind_id_idx" ON "party_engagement"("township_code", "kind", "id");

-- CreateIndex
CREATE INDEX "party_engagement_community_code_kind_id_idx" ON "party_engagement"("community_code", "kind", "id");

-- CreateIndex
CREATE INDEX "party_meeting_organization_id_held_on_id_idx" ON "party_meeting"("organization_id", "held_on", "id");

-- CreateIndex
CREATE UNIQUE INDEX "party_meeting_organization_id_kind_held_on_key" ON "party_meeting"("organization_id", "kind", "held_on");

-- CreateIndex
CREATE INDEX "post_claim_member_id_idx" ON "post_claim"("member_id");

-- CreateIndex
CREATE INDEX "post_claim_grid_code_id_idx" ON "post_claim"("grid_code", "id");

-- CreateIndex
CREATE INDEX "list_entry_city_code_kind_state_id_idx" ON "list_entry"("city_code", "kind", "state", "id");

-- CreateIndex
CREATE INDEX "list_entry_county_code_kind_state_id_idx" ON "list_entry"("county_code", "kind", "state", "id");

-- CreateIndex
CREATE INDEX "list_entry_township_code_kind_state_id_idx" ON "list_entry"("township_code", "kind", "state", "id");

-- CreateIndex
CREATE INDEX "list_entry_community_code_kind_state_id_idx" ON "list_entry"("community_code", "kind", "state", "id");

-- CreateIndex
CREATE INDEX "volunteer_station_parent_id_id_idx" ON "volunteer_station"("parent_id", "id");

-- CreateIndex
CREATE INDEX "volunteer_station_city_code_level_id_idx" ON "volunteer_station"("city_code", "level", "id");

-- CreateIndex
CREATE INDEX "volunteer_station_county_code_level_id_idx" ON "volunteer_station"("county_code", "level", "id");

-- CreateIndex
CREATE INDEX "volunteer_station_township_code_level_id_idx" ON "volunteer_station"("township_code", "level", "id");

-- CreateIndex
CREATE INDEX "volunteer_station_community_code_level_id_idx" ON "volunteer_station"("community_code", "level", "id");

-- CreateIndex
CREATE INDEX "supervision_finding_organization_id_id_idx" ON "supervision_finding"("organization_id", "id");

-- CreateIndex
CREATE INDEX "supervision_finding_city_code_state_id_idx" ON "supervision_finding"("city_code", "state", "id");

-- CreateIndex
CREATE INDEX "supervision_finding_county_code_state_id_idx" ON "supervision_finding"("county_code", "state", "id");

-- CreateIndex
CREATE INDEX "supervision_finding_township_code_state_id_idx" ON "supervision_finding"("township_code", "state", "id");

-- CreateIndex
CREATE INDEX "supervision_finding_community_code_state_id_idx" ON "supervision_finding"("community_code", "state", "id");

-- by hand: kept when later migrations are generated
-- One live row per kind, subject and community: what is reported twice counts once.
CREATE UNIQUE INDEX "party_engagement_live_key" ON "party_engagement"("kind", "subject_key", "community_code")
  WHERE "valid_to" IS NULL;
-- A community has one first secretary at a time.
CREATE UNIQUE INDEX "party_engagement_first_secretary_key" ON "party_engagement"("community_code")
  WHERE "kind" = 'FIRST_SECRETARY' AND "valid_to" IS NULL;
CREATE UNIQUE INDEX "post_claim_live_key" ON "post_claim"("member_id", "post") WHERE "valid_to" IS NULL;
ALTER TABLE "party_engagement" ADD CONSTRAINT "party_engagement_range_check"
  CHECK (("valid_to" IS NULL OR "valid_to" >= "valid_from") AND ("expires_on" IS NULL OR "expires_on" > "valid_from"));
ALTER TABLE "party_meeting" ADD CONSTRAINT "party_meeting_attendance_check"
  CHECK ("expected_count" > 0 AND "attended_count" BETWEEN 0 AND "expected_count");
ALTER TABLE "post_claim" ADD CONSTRAINT "post_claim_three_fixed_check"
  CHECK (length("post") > 0 AND length("duty") > 0 AND length("reward") > 0);
ALTER TABLE "list_entry" ADD CONSTRAINT "list_entry_claim_check"
  CHECK (("state" = 'OPEN') = ("claimed_by" IS NULL) AND ("claimed_by" IS NULL) = ("claimed_at" IS NULL));
