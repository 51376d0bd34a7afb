-- AlterTable
ALTER TABLE "indicator" ADD COLUMN     "scope" TEXT NOT NULL DEFAULT 'CITY';

-- AlterTable
ALTER TABLE "outbox_state" ALTER COLUMN "floor_id" SET DEFAULT '00000000-0000-0000-0000-000000000000';

-- by hand: kept when later migrations are generated
