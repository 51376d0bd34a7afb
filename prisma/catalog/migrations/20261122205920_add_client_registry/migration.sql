-- AlterTable
ALTER TABLE "client" ADD COLUMN     "redirect_uris" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "trusted_only" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "client_secret" (
    "id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "client_secret_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "trusted_operation" (
    "client_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "name" TEXT,
    "registered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "trusted_operation_pkey" PRIMARY KEY ("client_id","hash")
);

-- CreateTable
CREATE TABLE "oidc_state" (
    "model" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "grant_id" TEXT,
    "uid" TEXT,
    "consumed_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "oidc_state_pkey" PRIMARY KEY ("model","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "client_secret_secret_hash_key" ON "client_secret"("secret_hash");

-- CreateIndex
CREATE INDEX "client_secret_client_id_issued_at_idx" ON "client_secret"("client_id", "issued_at");

-- CreateIndex
CREATE INDEX "oidc_state_grant_id_idx" ON "oidc_state"("grant_id");

-- CreateIndex
CREATE INDEX "oidc_state_uid_idx" ON "oidc_state"("uid");

-- CreateIndex
CREATE INDEX "oidc_state_expires_at_idx" ON "oidc_state"("expires_at");

-- by hand: kept when later migrations are generated
