import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { type DocumentNode, parse } from 'graphql';
import type { ChangelogEntry } from './site/changelog-page.ts';
import { contractChanges } from './site/contract-changes.ts';

export interface KnownContract {
  readonly version: string;
  readonly publishedAt: string | undefined;
  /** A supergraph, or the API schema itself. */
  readonly sdl: string;
}

/** What changed from each contract to the next; `contracts` begins with the newest. Computing: beside the hub. */
export function changelog(contracts: readonly KnownContract[]): ChangelogEntry[] {
  const documents = contracts.map(({ sdl }) => publicDocument(sdl));
  return contracts.map(({ version, publishedAt }, index) => {
    const [after, before] = [documents[index], documents[index + 1]];
    const changes = after === undefined || before === undefined ? undefined : contractChanges(before, after);
    return { version, publishedAt, changes };
  });
}

function publicDocument(sdl: string): DocumentNode {
  const document = parse(sdl, { noLocation: true });
  return sdl.includes('join__Graph') ? transformSupergraphToPublicSchema(document) : document;
}
