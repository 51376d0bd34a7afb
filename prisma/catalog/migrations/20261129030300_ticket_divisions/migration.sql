-- AlterTable
ALTER TABLE "verification_ticket" ADD COLUMN     "division_codes" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
