import { globalId } from '../global-id.ts';
import { KEY_CARD } from './data-card.ts';

/**
 * 涉及主体 — options of the field `accessSubject`: the person whose data a row is. No client sees it; the gateway asks for
 * it wherever personal fields of the row are read, so that the access log names the person and not the row; a row of
 * several persons has a list of them. It says nothing of the caller's rights, and nothing that it says ever leaves the
 * hub.
 */
export const ACCESS_SUBJECT = {
  nullable: true,
  description: '涉及主体 Whose data this is, for the access log; not part of the API.',
  card: KEY_CARD,
  directives: { inaccessible: {} },
} as const;

/** The global id of a person whose own id may not be known. */
export function personSubject(personId: string | null): string | null {
  return personId === null ? null : globalId('Person', personId);
}
