import { validate } from 'graphql';
import { type Caller, HUB_CALLER } from '../../subgraphs/kit/caller/caller.ts';
import { FileFault } from '../../subgraphs/kit/codes/import-faults.ts';
import { OperationTrace } from '../../subgraphs/kit/operation-trace.ts';
import type { IngestLookups } from '../../subgraphs/kit/store/ingest/ingest-lookups.ts';
import type { FoundPerson } from '../../subgraphs/kit/store/ingest/staged-persons.ts';
import { type ExecutableOperation, executableOperation } from '../execute/executable-operation.ts';
import type { Graph } from '../graph.ts';

type AskedGraph = Pick<Graph, 'apiSchema' | 'executor'>;

const KNOWN_PLACES = executableOperation('query KnownPlaces($codes: [String!]!) { knownPlaceCodes(codes: $codes) }');
const MATCHED_PERSONS = executableOperation(
  'query MatchedPersons($citizenIds: [String!]!) { matchedPersons(citizenIds: $citizenIds) { id grid { id } } }',
);

interface MatchedPerson {
  readonly id: string;
  readonly grid: { readonly id: string } | null;
}

/** What taking in a file asks the graph; each throws FileFault when a subgraph is away, and when the graph has no such field. */
export function ingestLookups(graph: AskedGraph): IngestLookups {
  return {
    async findKnownPlaces(codes) {
      const data = await ask(graph, KNOWN_PLACES, { codes }, HUB_CALLER);
      return new Set((data.knownPlaceCodes ?? []) as string[]); // as the field's type says
    },
    async findPersons(citizenIds, caller) {
      const data = await ask(graph, MATCHED_PERSONS, { citizenIds }, matching(caller));
      const found = new Map<string, FoundPerson>();
      for (const [index, person] of ((data.matchedPersons ?? []) as (MatchedPerson | null)[]).entries()) {
        const number = citizenIds[index];
        if (person === null || person.grid === null || number === undefined) continue;
        found.set(number, { id: keyOf(person.id), gridCode: keyOf(person.grid.id) });
      }
      return found;
    },
  };
}

/** The department whose file it is, in its own area, with the one right that matching needs: nothing else is read. */
function matching({ clientId, kind, departmentCode, jurisdiction }: Caller): Caller {
  return {
    ...{ clientId, kind, departmentCode, jurisdiction },
    rights: new Set(['person.match']),
    purpose: { legalBasis: 'PIPL-13-3', scenario: 'data-governance' },
  };
}

const keyOf = (globalId: string) => globalId.slice(globalId.indexOf(':') + 1);

async function ask(
  { apiSchema, executor }: AskedGraph,
  prepared: ExecutableOperation,
  variables: Record<string, unknown>,
  caller: Caller,
): Promise<Record<string, unknown>> {
  const [fault] = validate(apiSchema, prepared.document);
  if (fault !== undefined) throw fault;
  const { data, errors } = await executor.execute({ prepared, variables, caller, trace: new OperationTrace() });
  const [error] = errors ?? [];
  if (error === undefined) return data ?? {};
  const { code, subgraph } = error.extensions;
  if (code !== 'SUBGRAPH_UNAVAILABLE') throw error;
  throw new FileFault('SUBGRAPH_SILENT', { subgraph: String(subgraph) }, { cause: error });
}
