-- Lines written before this stand in another form, under hashes that it does not compute. Where there are any, the log
-- as it is moves aside as a whole, checkpoints included, and a new one begins.
DO $$
DECLARE kept TEXT;
BEGIN
  IF EXISTS (SELECT FROM "access_log") THEN
    CREATE SCHEMA "ledger_before_runs";
    FOREACH kept IN ARRAY ARRAY['access_log', 'access_scope', 'ledger_writer', 'ledger_checkpoint'] LOOP
      EXECUTE format('CREATE TABLE ledger_before_runs.%I AS TABLE %I', kept, kept);
    END LOOP;
    TRUNCATE "access_log", "ledger_writer", "ledger_checkpoint";
  END IF;
END $$;

-- AlterTable
ALTER TABLE "access_log" DROP COLUMN "decision",
DROP COLUMN "scope",
DROP COLUMN "subjects",
ADD COLUMN "subjects" BIGINT[];

-- CreateIndex
CREATE INDEX "access_log_subjects_idx" ON "access_log" USING GIN ("subjects");

-- by hand: kept when later migrations are generated

-- Written once, read seldom, and the writing is waited for: stored as it comes, not compressed.
ALTER TABLE "access_log" ALTER COLUMN "text" SET STORAGE EXTERNAL, ALTER COLUMN "subjects" SET STORAGE EXTERNAL;

-- Line by line: `at` is the run's, by which the lines are in order; `line` is what the line says, and how the access
-- was made, which the first line of the text says for all.
CREATE VIEW "access_line" AS
SELECT r."writer", r."sequence" + said."place" - 2 AS "sequence", r."at", r."client_id", r."department", r."subjects",
       said."line"::jsonb
         || (split_part(r."text", E'\n', 1)::jsonb -> 'accesses' -> (said."line"::jsonb ->> 'access')::int) AS "line"
  FROM "access_log" r CROSS JOIN LATERAL string_to_table(r."text", E'\n') WITH ORDINALITY AS said("line", "place")
 WHERE said."place" > 1;
