-- DropIndex
DROP INDEX "residence_community_code_kind_valid_from_valid_to_idx";

-- by hand: kept when later migrations are generated
-- Residents of a day are counted by where somebody lived for good; where he is registered, half of all rows, is not asked for.
CREATE INDEX "residence_settled_idx" ON "residence"("community_code", "valid_from", "valid_to") WHERE "kind" IN ('RESIDENT', 'MIGRANT');
