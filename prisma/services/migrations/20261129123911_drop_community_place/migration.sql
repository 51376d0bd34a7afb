-- AlterTable
ALTER TABLE "outbox_state" ALTER COLUMN "floor_id" SET DEFAULT '00000000-0000-0000-0000-000000000000';

-- DropTable
DROP TABLE "community_place";

-- by hand: kept when later migrations are generated
