-- CreateTable
CREATE TABLE "grid_population" (
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "grid_code" TEXT NOT NULL,
    "resident_count" INTEGER NOT NULL,
    "registered_resident_count" INTEGER NOT NULL,
    "household_count" INTEGER NOT NULL,

    CONSTRAINT "grid_population_pkey" PRIMARY KEY ("grid_code")
);

-- by hand: kept when later migrations are generated
