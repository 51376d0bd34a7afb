-- DropIndex
DROP INDEX "dwelling_community_code_id_idx";

-- DropIndex
DROP INDEX "residence_community_code_id_idx";

-- by hand: kept when later migrations are generated
