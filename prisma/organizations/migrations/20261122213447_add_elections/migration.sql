-- DropIndex
DROP INDEX "committee_uscc_key";

-- CreateTable
CREATE TABLE "election" (
    "id" UUID NOT NULL,
    "committee_kind" TEXT NOT NULL,
    "committee_id" UUID,
    "term_number" INTEGER NOT NULL,
    "by_election" BOOLEAN NOT NULL,
    "seats" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "roll_published_on" DATE,
    "voted_on" DATE,
    "certified_on" DATE,
    "registered_voters" INTEGER NOT NULL,
    "ballots_cast" INTEGER NOT NULL,
    "valid_ballots" INTEGER NOT NULL,
    "city_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "township_code" TEXT NOT NULL,
    "community_code" TEXT NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "election_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "election_candidate" (
    "id" UUID NOT NULL,
    "election_id" UUID NOT NULL,
    "committee_id" UUID,
    "person_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "nomination" TEXT NOT NULL,
    "votes" INTEGER NOT NULL,
    "elected" BOOLEAN NOT NULL,
    "provenance_id" UUID NOT NULL,

    CONSTRAINT "election_candidate_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "election_community_code_id_idx" ON "election"("community_code", "id");

-- CreateIndex
CREATE INDEX "election_candidate_committee_id_idx" ON "election_candidate"("committee_id");

-- CreateIndex
CREATE UNIQUE INDEX "election_candidate_election_id_person_id_key" ON "election_candidate"("election_id", "person_id");

-- CreateIndex
CREATE UNIQUE INDEX "committee_uscc_term_number_key" ON "committee"("uscc", "term_number");

-- by hand: kept when later migrations are generated

-- One election of a committee at a time.
CREATE UNIQUE INDEX "election_live_key" ON "election"("community_code", "committee_kind")
  WHERE "state" NOT IN ('CERTIFIED', 'VOID');
ALTER TABLE "election" ADD CONSTRAINT "election_counts_check" CHECK ("seats" > 0
  AND "ballots_cast" BETWEEN 0 AND "registered_voters" AND "valid_ballots" BETWEEN 0 AND "ballots_cast");
ALTER TABLE "election_candidate" ADD CONSTRAINT "election_candidate_votes_check" CHECK ("votes" >= 0);
