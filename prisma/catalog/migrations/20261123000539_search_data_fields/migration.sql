-- AlterTable
ALTER TABLE "data_field" ADD COLUMN     "search_text" TEXT;

-- by hand: kept when later migrations are generated
