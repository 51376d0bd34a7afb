-- AlterTable
ALTER TABLE "party_organization" ADD COLUMN     "covered_units" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- by hand: kept when later migrations are generated
