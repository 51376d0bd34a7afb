-- CreateIndex
CREATE INDEX "grid_population_community_code_idx" ON "grid_population"("community_code");

-- by hand: kept when later migrations are generated


-- Seasonal residents are few among all residences.
CREATE INDEX "residence_seasonal_idx" ON "residence"("city_code", "community_code", "person_id") WHERE "kind" = 'SEASONAL';
