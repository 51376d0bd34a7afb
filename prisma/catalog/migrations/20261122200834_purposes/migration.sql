-- CreateTable
CREATE TABLE "legal_basis" (
    "code" TEXT NOT NULL,
    "article" TEXT NOT NULL,
    "name_zh" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "consent_required" BOOLEAN NOT NULL,
    "effective_from" DATE NOT NULL,
    "effective_to" DATE,

    CONSTRAINT "legal_basis_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "use_scenario" (
    "code" TEXT NOT NULL,
    "name_zh" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "legal_basis_codes" TEXT[],
    "department_codes" TEXT[],
    "right_codes" TEXT[],
    "effective_from" DATE NOT NULL,
    "effective_to" DATE,

    CONSTRAINT "use_scenario_pkey" PRIMARY KEY ("code")
);

-- by hand: kept when later migrations are generated
