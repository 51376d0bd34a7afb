-- CreateTable
CREATE TABLE "organization" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "form" TEXT,
    "field" TEXT,
    "registration" TEXT,
    "structure" TEXT,
    "uscc" TEXT,
    "parent_id" UUID,
    "established_on" DATE,
    "dissolved_on" DATE,
    "estate_name" TEXT,
    "rating" INTEGER,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT,
    "township_code" TEXT,
    "community_code" TEXT,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "engagement" (
    "id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "holder_type" TEXT NOT NULL,
    "holder_key" TEXT NOT NULL,
    "holder_name" TEXT NOT NULL,
    "holder_place" TEXT,
    "subject_type" TEXT NOT NULL,
    "subject_key" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "end_reason" TEXT,
    "city_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "engagement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fund" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "organization_id" UUID,
    "allotted_yuan" INTEGER NOT NULL,
    "spent_yuan" INTEGER NOT NULL,
    "balance_yuan" INTEGER NOT NULL,
    "entry_count" INTEGER NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "fund_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fund_entry" (
    "id" UUID NOT NULL,
    "fund_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "amount_yuan" INTEGER NOT NULL,
    "balance_after_yuan" INTEGER NOT NULL,
    "purpose" TEXT NOT NULL,
    "entered_on" DATE NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "fund_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "organization_uscc_key" ON "organization"("uscc");

-- CreateIndex
CREATE INDEX "organization_parent_id_name_id_idx" ON "organization"("parent_id", "name", "id");

-- CreateIndex
CREATE INDEX "organization_city_code_kind_name_id_idx" ON "organization"("city_code", "kind", "name", "id");

-- CreateIndex
CREATE INDEX "organization_county_code_kind_name_id_idx" ON "organization"("county_code", "kind", "name", "id");

-- CreateIndex
CREATE INDEX "organization_township_code_kind_name_id_idx" ON "organization"("township_code", "kind", "name", "id");

-- CreateIndex
CREATE INDEX "organization_community_code_kind_name_id_idx" ON "organization"("community_code", "kind", "name", "id");

-- CreateIndex
CREATE INDEX "engagement_subject_key_valid_from_idx" ON "engagement"("subject_key", "valid_from");

-- CreateIndex
CREATE INDEX "engagement_holder_key_valid_from_idx" ON "engagement"("holder_key", "valid_from");

-- CreateIndex
CREATE INDEX "fund_city_code_year_id_idx" ON "fund"("city_code", "year", "id");

-- CreateIndex
CREATE INDEX "fund_county_code_year_id_idx" ON "fund"("county_code", "year", "id");

-- CreateIndex
CREATE UNIQUE INDEX "fund_entry_fund_id_ordinal_key" ON "fund_entry"("fund_id", "ordinal");

-- by hand: kept when later migrations are generated

-- Social organizations of a field in a division, by name.
CREATE INDEX "organization_social_city_idx" ON "organization"("city_code", "field", "name", "id")
  WHERE "kind" = 'SOCIAL_ORGANIZATION';
CREATE INDEX "organization_social_county_idx" ON "organization"("county_code", "field", "name", "id")
  WHERE "kind" = 'SOCIAL_ORGANIZATION';
CREATE INDEX "organization_social_township_idx" ON "organization"("township_code", "field", "name", "id")
  WHERE "kind" = 'SOCIAL_ORGANIZATION';
CREATE INDEX "organization_social_community_idx" ON "organization"("community_code", "field", "name", "id")
  WHERE "kind" = 'SOCIAL_ORGANIZATION';
ALTER TABLE "organization" ADD CONSTRAINT "organization_social_check"
  CHECK (("kind" = 'SOCIAL_ORGANIZATION') = ("form" IS NOT NULL AND "field" IS NOT NULL AND "registration" IS NOT NULL)
     AND ("registration" IS DISTINCT FROM 'REGISTERED' OR "uscc" IS NOT NULL));

-- One holder of an exclusive role at a time, and nobody twice in the same relation.
CREATE UNIQUE INDEX "engagement_live_exclusive_key" ON "engagement"("subject_type", "subject_key", "role")
  WHERE "valid_to" IS NULL AND "role" IN ('LEADER', 'SUPERVISOR', 'LEGAL_ADVISER', 'PROPERTY_MANAGER');
CREATE UNIQUE INDEX "engagement_live_key"
  ON "engagement"("subject_type", "subject_key", "role", "holder_type", "holder_key") WHERE "valid_to" IS NULL;
ALTER TABLE "engagement" ADD CONSTRAINT "engagement_period_check" CHECK ("valid_to" > "valid_from");

-- No fund is spent beyond what it was allotted.
ALTER TABLE "fund" ADD CONSTRAINT "fund_balance_check"
  CHECK ("balance_yuan" >= 0 AND "balance_yuan" = "allotted_yuan" - "spent_yuan");
ALTER TABLE "fund_entry" ADD CONSTRAINT "fund_entry_amount_check"
  CHECK ("amount_yuan" > 0 AND "balance_after_yuan" >= 0);
