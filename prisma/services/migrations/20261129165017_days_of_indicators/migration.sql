-- AlterTable
ALTER TABLE "work_list" ADD COLUMN     "kept_since" DATE;

-- by hand: kept when later migrations are generated
