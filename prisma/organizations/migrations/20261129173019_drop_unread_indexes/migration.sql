-- DropIndex
DROP INDEX "designation_programme_id_community_code_id_idx";

-- by hand: kept when later migrations are generated
