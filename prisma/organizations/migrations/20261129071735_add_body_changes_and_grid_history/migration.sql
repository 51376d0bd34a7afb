-- AlterTable
ALTER TABLE "certificate" ADD COLUMN     "revoke_reason" TEXT,
ADD COLUMN     "revoked_on" DATE;

-- AlterTable
ALTER TABLE "grid" ADD COLUMN     "valid_from" DATE,
ADD COLUMN     "valid_to" DATE;

-- AlterTable
ALTER TABLE "micro_grid" ADD COLUMN     "valid_from" DATE,
ADD COLUMN     "valid_to" DATE;

-- AlterTable
ALTER TABLE "outbox_state" ALTER COLUMN "floor_id" SET DEFAULT '00000000-0000-0000-0000-000000000000';

-- AlterTable
ALTER TABLE "policy_document" ADD COLUMN     "repealed_on" DATE;

-- CreateTable
CREATE TABLE "grid_succession" (
    "from_code" TEXT NOT NULL,
    "to_code" TEXT NOT NULL,
    "from_community_code" TEXT NOT NULL,
    "to_community_code" TEXT NOT NULL,
    "effective_on" DATE NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "grid_succession_pkey" PRIMARY KEY ("from_code","to_code")
);

-- CreateTable
CREATE TABLE "organization_change" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "item" TEXT NOT NULL,
    "former_value" TEXT,
    "value" TEXT,
    "changed_on" DATE NOT NULL,
    "note" TEXT,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "organization_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "grid_succession_to_code_idx" ON "grid_succession"("to_code");

-- CreateIndex
CREATE INDEX "grid_succession_from_community_code_from_code_idx" ON "grid_succession"("from_community_code", "from_code");

-- CreateIndex
CREATE INDEX "organization_change_organization_id_changed_on_idx" ON "organization_change"("organization_id", "changed_on");

-- by hand: kept when later migrations are generated
ALTER TABLE "grid" ADD CONSTRAINT "grid_range_check"
  CHECK ("valid_to" IS NULL OR "valid_from" IS NULL OR "valid_to" > "valid_from");
ALTER TABLE "micro_grid" ADD CONSTRAINT "micro_grid_range_check"
  CHECK ("valid_to" IS NULL OR "valid_from" IS NULL OR "valid_to" > "valid_from");
ALTER TABLE "organization_change" ADD CONSTRAINT "organization_change_item_check"
  CHECK ("item" IN ('NAME', 'PHONE', 'ADDRESS', 'ESTATE', 'RATING', 'DISSOLUTION'));
ALTER TABLE "organization" ADD CONSTRAINT "organization_rating_check"
  CHECK ("rating" IS NULL OR ("kind" = 'PROPERTY_SERVICE' AND "rating" BETWEEN 1 AND 5));
-- A target is set once for each year; without a year once for each value.
CREATE UNIQUE INDEX "indicator_target_year_key" ON "indicator_target"("indicator_id", "operator", "year") WHERE "year" IS NOT NULL;
CREATE UNIQUE INDEX "indicator_target_value_key" ON "indicator_target"("indicator_id", "operator", "value") WHERE "year" IS NULL;
-- An estate has one owners' committee at a time.
CREATE UNIQUE INDEX "organization_owners_committee_key" ON "organization"("estate_id")
  WHERE "kind" = 'OWNERS_COMMITTEE' AND "dissolved_on" IS NULL;
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_revocation_check"
  CHECK (("revoked_on" IS NULL) = ("revoke_reason" IS NULL));
