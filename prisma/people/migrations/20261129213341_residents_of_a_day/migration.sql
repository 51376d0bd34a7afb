-- CreateIndex
CREATE INDEX "residence_community_code_kind_valid_from_valid_to_idx" ON "residence"("community_code", "kind", "valid_from", "valid_to");

-- by hand: kept when later migrations are generated
