import { clusterTemplateFolder, makeClusterTemplate } from '../prisma/database/cluster-template.ts';
import { CITY_DATABASE } from '../prisma/database/ensure-database.ts';
import { StartupProblem } from '../subgraphs/kit/codes/startup-problem.ts';

/** Part of a build: the embedded database, migrated and empty, that first starts copy. They can do without. */
try {
  await makeClusterTemplate({ folder: clusterTemplateFolder, database: CITY_DATABASE });
} catch (error) {
  const reason = error instanceof StartupProblem ? error.message : String(error);
  console.log(
    `一云：未能预制数据库，首次启动时再建。 No database was prepared; the first start makes one. (${reason})`,
  );
}
