-- AlterTable
ALTER TABLE "party_member" ALTER COLUMN "joined_on" DROP NOT NULL;

-- CreateTable
CREATE TABLE "member_category" (
    "member_id" UUID NOT NULL,
    "category" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "member_category_pkey" PRIMARY KEY ("member_id","valid_from")
);

-- by hand: kept when later migrations are generated
-- Of each member's categories one is live.
CREATE UNIQUE INDEX "member_category_live_key" ON "member_category"("member_id") WHERE "valid_to" IS NULL;
