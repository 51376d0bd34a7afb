-- by hand: prefixes of names are ranges of code points, so both columns are ordered by them.
ALTER TABLE "person" ALTER COLUMN "name" TYPE text COLLATE "C", ALTER COLUMN "name_initials" TYPE text COLLATE "C";

-- CreateIndex
CREATE INDEX "person_city_code_name_id_idx" ON "person"("city_code", "name", "id");

-- CreateIndex
CREATE INDEX "person_county_code_name_id_idx" ON "person"("county_code", "name", "id");

-- CreateIndex
CREATE INDEX "person_township_code_name_id_idx" ON "person"("township_code", "name", "id");

-- CreateIndex
CREATE INDEX "person_community_code_name_id_idx" ON "person"("community_code", "name", "id");

-- CreateIndex
CREATE INDEX "person_city_code_name_initials_id_idx" ON "person"("city_code", "name_initials", "id");

-- CreateIndex
CREATE INDEX "person_county_code_name_initials_id_idx" ON "person"("county_code", "name_initials", "id");

-- CreateIndex
CREATE INDEX "person_township_code_name_initials_id_idx" ON "person"("township_code", "name_initials", "id");

-- CreateIndex
CREATE INDEX "person_community_code_name_initials_id_idx" ON "person"("community_code", "name_initials", "id");

-- by hand: kept when later migrations are generated

-- Those who live apart from where they are registered, from either side.
CREATE INDEX "person_living_apart_idx" ON "person"("community_code", "id")
  WHERE "registered_community_code" IS DISTINCT FROM "community_code";
CREATE INDEX "person_registered_apart_idx" ON "person"("registered_community_code", "id")
  WHERE "registered_community_code" <> "community_code";
