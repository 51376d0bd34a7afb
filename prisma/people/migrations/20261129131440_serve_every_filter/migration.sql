-- CreateIndex
CREATE INDEX "elder_alert_grid_code_raised_at_id_idx" ON "elder_alert"("grid_code", "raised_at", "id");

-- CreateIndex
CREATE INDEX "identity_candidate_city_code_state_score_id_idx" ON "identity_candidate"("city_code", "state", "score" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "identity_candidate_county_code_state_score_id_idx" ON "identity_candidate"("county_code", "state", "score" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "identity_candidate_township_code_state_score_id_idx" ON "identity_candidate"("township_code", "state", "score" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "identity_candidate_community_code_state_score_id_idx" ON "identity_candidate"("community_code", "state", "score" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "identity_candidate_grid_code_state_score_id_idx" ON "identity_candidate"("grid_code", "state", "score" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "import_row_batch_id_outcome_line_idx" ON "import_row"("batch_id", "outcome", "line");

-- CreateIndex
CREATE INDEX "identity_candidate_city_code_score_id_idx" ON "identity_candidate"("city_code", "score" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "identity_candidate_county_code_score_id_idx" ON "identity_candidate"("county_code", "score" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "identity_candidate_township_code_score_id_idx" ON "identity_candidate"("township_code", "score" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "identity_candidate_community_code_score_id_idx" ON "identity_candidate"("community_code", "score" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "identity_candidate_grid_code_score_id_idx" ON "identity_candidate"("grid_code", "score" DESC, "id" DESC);

-- by hand: kept when later migrations are generated
DROP INDEX "care_tag_live_city_idx";
CREATE INDEX "care_tag_live_city_idx" ON "care_tag"("city_code", "kind", "restricted", "id") WHERE "valid_to" IS NULL;
DROP INDEX "care_tag_live_county_idx";
CREATE INDEX "care_tag_live_county_idx" ON "care_tag"("county_code", "kind", "restricted", "id") WHERE "valid_to" IS NULL;
DROP INDEX "care_tag_live_township_idx";
CREATE INDEX "care_tag_live_township_idx" ON "care_tag"("township_code", "kind", "restricted", "id") WHERE "valid_to" IS NULL;
DROP INDEX "care_tag_live_community_idx";
CREATE INDEX "care_tag_live_community_idx" ON "care_tag"("community_code", "kind", "restricted", "id") WHERE "valid_to" IS NULL;
DROP INDEX "care_tag_live_grid_idx";
CREATE INDEX "care_tag_live_grid_idx" ON "care_tag"("grid_code", "kind", "restricted", "id") WHERE "valid_to" IS NULL;
