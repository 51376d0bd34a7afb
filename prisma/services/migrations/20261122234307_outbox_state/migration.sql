-- CreateTable
CREATE TABLE "outbox_state" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "generation" UUID NOT NULL,
    "cluster" TEXT NOT NULL,
    "floor_xid" xid8 NOT NULL DEFAULT '0'::xid8,
    "floor_ordinal" INTEGER NOT NULL DEFAULT -1,
    "floor_id" UUID NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',

    CONSTRAINT "outbox_state_pkey" PRIMARY KEY ("id")
);

-- by hand: kept when later migrations are generated
