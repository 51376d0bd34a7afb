-- AlterTable
ALTER TABLE "community" ADD COLUMN     "engaged_roles" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "grid" ADD COLUMN     "led" BOOLEAN NOT NULL DEFAULT false;

-- by hand: kept when later migrations are generated
UPDATE "grid" t SET "led" = true
 WHERE EXISTS (SELECT FROM "grid_assignment" a
                WHERE a."grid_code" = t."grid_code" AND a."role" = 'GRID_CHIEF' AND a."valid_to" IS NULL);
UPDATE "community" t SET "engaged_roles" = e."roles"
  FROM (SELECT "subject_key", array_agg(DISTINCT "role" ORDER BY "role") AS "roles" FROM "engagement"
         WHERE "subject_type" = 'COMMUNITY' AND "valid_to" IS NULL GROUP BY "subject_key") e
 WHERE e."subject_key" = t."stat_code";

CREATE INDEX "grid_without_chief" ON "grid" ("grid_code") WHERE NOT "led" AND "valid_to" IS NULL;
CREATE INDEX "grid_with_chief" ON "grid" ("grid_code") WHERE "led" AND "valid_to" IS NULL;
CREATE INDEX "community_without_legal_adviser" ON "community" ("stat_code") WHERE NOT ('LEGAL_ADVISER' = ANY ("engaged_roles"));
CREATE INDEX "community_without_stationed" ON "community" ("stat_code") WHERE NOT ('STATIONED' = ANY ("engaged_roles"));
