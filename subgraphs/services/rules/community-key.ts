import { findCodeKey } from '../../kit/global-id.ts';

/** The 12-digit code in a community's global id. */
export function findCommunityCode(id: unknown): string | undefined {
  return findCodeKey('Community', 12, id);
}
