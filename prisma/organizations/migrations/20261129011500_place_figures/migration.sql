-- CreateTable
CREATE TABLE "place_figure" (
    "place_code" TEXT NOT NULL,
    "figure" TEXT NOT NULL,
    "parent_code" TEXT NOT NULL,
    "own" INTEGER NOT NULL,
    "total" INTEGER NOT NULL,

    CONSTRAINT "place_figure_pkey" PRIMARY KEY ("place_code","figure")
);

-- CreateTable
CREATE TABLE "place_figure_state" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "declaration" TEXT NOT NULL,
    "generation" TEXT NOT NULL,
    "xid" xid8 NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "event_id" UUID NOT NULL,
    "counted_at" TIMESTAMPTZ(3) NOT NULL,
    "turned_at" TIMESTAMPTZ(3) NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "place_figure_state_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "place_figure_parent_code_idx" ON "place_figure"("parent_code");

-- by hand: kept when later migrations are generated

-- Rows that lie in no community, by the division that they lie in: so few that they are counted anew together.
CREATE INDEX "organization_above_community_idx" ON "organization"((coalesce("township_code", "county_code", "city_code"))) WHERE "community_code" IS NULL;
-- Live posts of a community, which are counted anew when one of them changes.
CREATE INDEX "grid_assignment_live_community_idx" ON "grid_assignment"("community_code", "role") WHERE "valid_to" IS NULL;
