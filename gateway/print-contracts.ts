import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machineDocument } from '../subgraphs/kit/machine/machine-document.ts';
import { projectRoot } from '../subgraphs/kit/project-root.ts';
import { subgraphs } from '../subgraphs/registry.ts';
import { printContracts } from './contracts.ts';
import { codesPage } from './documentation/codes-page.ts';
import { contractFolder } from './plan/reviewed-supergraph.ts';

/** Writes the contracts below `schema/`; what changed is then reviewed like any other change. */
for (const [file, text] of Object.entries(printContracts())) {
  writeFileSync(join(contractFolder, file), text);
  console.log(`schema/${file}: ${text.length.toLocaleString('en')} 个字符 characters`);
}

/** The state machines, drawn; a test fails when the file differs. */
const machines = subgraphs.flatMap((definition) => definition.machines ?? []);
writeFileSync(join(projectRoot, 'docs', 'state-machines.md'), machineDocument(machines));
console.log(`docs/state-machines.md: ${machines.length} 个状态机 state machines`);

writeFileSync(join(projectRoot, 'schema', 'codes.md'), codesPage());
console.log('schema/codes.md');
