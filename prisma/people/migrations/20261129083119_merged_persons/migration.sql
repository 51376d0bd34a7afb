
-- CreateTable
CREATE TABLE "merged_person" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "name_pinyin" TEXT NOT NULL,
    "name_initials" TEXT NOT NULL,
    "sex_code" TEXT NOT NULL,
    "birth_date" DATE NOT NULL,
    "citizen_id_sealed" BYTEA NOT NULL,
    "citizen_id_hash" BYTEA NOT NULL,
    "phone_sealed" BYTEA,
    "phone_hash" BYTEA,
    "ethnic_group_code" TEXT NOT NULL,
    "education_code" TEXT NOT NULL,
    "marital_status_code" TEXT NOT NULL,
    "employment_status_code" TEXT NOT NULL,
    "household_id" UUID,
    "relation_to_head_code" TEXT,
    "registered_city_code" TEXT NOT NULL,
    "registered_county_code" TEXT NOT NULL,
    "registered_township_code" TEXT,
    "registered_community_code" TEXT,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "grid_code" TEXT NOT NULL,
    "micro_grid_code" TEXT NOT NULL,
    "synthetic" BOOLEAN NOT NULL DEFAULT false,
    "provenance_id" UUID NOT NULL,
    "item_provenance" JSONB,
    "merged_into" UUID NOT NULL,
    "merged_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "merged_person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_merge" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "survivor_id" UUID NOT NULL,
    "merged_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "department" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "person_merge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identity_candidate" (
    "id" UUID NOT NULL,
    "first_id" UUID NOT NULL,
    "second_id" UUID NOT NULL,
    "score" INTEGER NOT NULL,
    "reasons" TEXT[],
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "grid_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "identity_candidate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identity_scan" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "last_id" UUID NOT NULL,

    CONSTRAINT "identity_scan_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "merged_person_merged_into_id_idx" ON "merged_person"("merged_into", "id");

-- CreateIndex
CREATE UNIQUE INDEX "merged_person_citizen_id_hash_key" ON "merged_person"("citizen_id_hash");

-- CreateIndex
CREATE INDEX "person_merge_survivor_id_at_idx" ON "person_merge"("survivor_id", "at");

-- CreateIndex
CREATE INDEX "person_merge_merged_id_at_idx" ON "person_merge"("merged_id", "at");

-- CreateIndex
CREATE INDEX "identity_candidate_state_score_id_idx" ON "identity_candidate"("state", "score" DESC, "id");

-- CreateIndex
CREATE INDEX "identity_candidate_second_id_idx" ON "identity_candidate"("second_id");

-- CreateIndex
CREATE UNIQUE INDEX "identity_candidate_first_id_second_id_key" ON "identity_candidate"("first_id", "second_id");

-- by hand: kept when later migrations are generated
