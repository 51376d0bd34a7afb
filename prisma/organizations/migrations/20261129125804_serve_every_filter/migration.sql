-- CreateIndex
CREATE INDEX "community_city_code_stat_code_idx" ON "community"("city_code", "stat_code");

-- CreateIndex
CREATE INDEX "community_county_code_stat_code_idx" ON "community"("county_code", "stat_code");

-- CreateIndex
CREATE INDEX "community_township_code_stat_code_idx" ON "community"("township_code", "stat_code");

-- CreateIndex
CREATE INDEX "community_kind_stat_code_idx" ON "community"("kind", "stat_code");

-- CreateIndex
CREATE INDEX "community_city_code_kind_stat_code_idx" ON "community"("city_code", "kind", "stat_code");

-- CreateIndex
CREATE INDEX "community_county_code_kind_stat_code_idx" ON "community"("county_code", "kind", "stat_code");

-- CreateIndex
CREATE INDEX "community_kind_name_stat_code_idx" ON "community"("kind", "name", "stat_code");

-- CreateIndex
CREATE INDEX "community_city_code_kind_name_stat_code_idx" ON "community"("city_code", "kind", "name", "stat_code");

-- CreateIndex
CREATE INDEX "community_county_code_kind_name_stat_code_idx" ON "community"("county_code", "kind", "name", "stat_code");

-- CreateIndex
CREATE INDEX "community_worker_township_code_post_id_idx" ON "community_worker"("township_code", "post", "id");

-- CreateIndex
CREATE INDEX "community_worker_community_code_post_id_idx" ON "community_worker"("community_code", "post", "id");

-- CreateIndex
CREATE INDEX "division_city_code_stat_code_idx" ON "division"("city_code", "stat_code");

-- CreateIndex
CREATE INDEX "division_county_code_stat_code_idx" ON "division"("county_code", "stat_code");

-- CreateIndex
CREATE INDEX "division_township_code_stat_code_idx" ON "division"("township_code", "stat_code");

-- CreateIndex
CREATE INDEX "division_city_code_level_stat_code_idx" ON "division"("city_code", "level", "stat_code");

-- CreateIndex
CREATE INDEX "division_county_code_level_stat_code_idx" ON "division"("county_code", "level", "stat_code");

-- CreateIndex
CREATE INDEX "election_city_code_community_code_id_idx" ON "election"("city_code", "community_code", "id");

-- CreateIndex
CREATE INDEX "election_county_code_community_code_id_idx" ON "election"("county_code", "community_code", "id");

-- CreateIndex
CREATE INDEX "election_township_code_community_code_id_idx" ON "election"("township_code", "community_code", "id");

-- CreateIndex
CREATE INDEX "grid_city_code_grid_code_idx" ON "grid"("city_code", "grid_code");

-- CreateIndex
CREATE INDEX "grid_county_code_grid_code_idx" ON "grid"("county_code", "grid_code");

-- CreateIndex
CREATE INDEX "grid_township_code_grid_code_idx" ON "grid"("township_code", "grid_code");

-- CreateIndex
CREATE INDEX "grid_assignment_grid_code_role_valid_from_id_idx" ON "grid_assignment"("grid_code", "role", "valid_from", "id");

-- DropIndex
DROP INDEX "experience_event_city_code_year_held_on_idx";

-- CreateIndex
CREATE INDEX "experience_event_city_code_year_held_on_id_idx" ON "experience_event"("city_code", "year", "held_on", "id");

-- CreateIndex
CREATE INDEX "experience_event_city_code_year_kind_held_on_id_idx" ON "experience_event"("city_code", "year", "kind", "held_on", "id");

-- by hand: kept when later migrations are generated
CREATE INDEX "grid_city_without_chief" ON "grid" ("city_code", "grid_code") WHERE NOT "led" AND "valid_to" IS NULL;
CREATE INDEX "grid_county_without_chief" ON "grid" ("county_code", "grid_code") WHERE NOT "led" AND "valid_to" IS NULL;
CREATE INDEX "grid_city_with_chief" ON "grid" ("city_code", "grid_code") WHERE "led" AND "valid_to" IS NULL;
CREATE INDEX "grid_county_with_chief" ON "grid" ("county_code", "grid_code") WHERE "led" AND "valid_to" IS NULL;
CREATE INDEX "designation_live_programme_idx" ON "designation" ("programme_id", "community_code", "id") WHERE "valid_to" IS NULL;
CREATE INDEX "designation_live_city_idx" ON "designation" ("programme_id", "city_code", "community_code", "id") WHERE "valid_to" IS NULL;
CREATE INDEX "designation_live_county_idx" ON "designation" ("programme_id", "county_code", "community_code", "id") WHERE "valid_to" IS NULL;
CREATE INDEX "designation_live_township_idx" ON "designation" ("programme_id", "township_code", "community_code", "id") WHERE "valid_to" IS NULL;
