-- AlterTable
ALTER TABLE "volunteer_station" ADD COLUMN     "established_on" DATE;

-- by hand: kept when later migrations are generated
