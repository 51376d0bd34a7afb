-- CreateIndex
CREATE INDEX "certificate_community_code_idx" ON "certificate"("community_code");

-- by hand: kept when later migrations are generated
