-- AlterTable
ALTER TABLE "certificate_item" ADD COLUMN     "listed_on" DATE;

-- by hand: kept when later migrations are generated

-- Those on record are listed since they were brought, or since before they were removed.
UPDATE "certificate_item" t SET "listed_on" = least(t."removed_on" - 1, (p."recorded_at" AT TIME ZONE 'Asia/Shanghai')::date)
  FROM "provenance" p WHERE p."id" = t."provenance_id";
UPDATE "certificate_item" SET "listed_on" = coalesce("removed_on" - 1, current_date) WHERE "listed_on" IS NULL;
ALTER TABLE "certificate_item" ALTER COLUMN "listed_on" SET NOT NULL;
