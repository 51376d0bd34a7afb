import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printContracts } from './contracts.ts';
import { contractFolder } from './plan/reviewed-supergraph.ts';

/** Writes the contracts below `schema/`; what changed is then reviewed like any other change. */
for (const [file, text] of Object.entries(printContracts())) {
  writeFileSync(join(contractFolder, file), text);
  console.log(`schema/${file}: ${text.length.toLocaleString('en')} 个字符 characters`);
}
