import { expect, test } from 'vitest';
import { findScenarioFailure } from '../../gateway/operations/scenario-result.ts';

const refusal = { __typename: 'ConflictRefusal', code: 'ALREADY_VOTED' };
const success = { __typename: 'CastVoteSuccess' };
const failure = (data: Record<string, unknown>) => findScenarioFailure({ status: 200, data, errors: [] });

test('a document proves its rows when what should be done is done and what should be refused is refused', () => {
  expect(failure({ castVote: success, refusedAgain: refusal })).toBeUndefined();
  expect(failure({ castVote: refusal })).toContain('castVote 被拒绝 was refused');
  expect(failure({ refusedAgain: success })).toContain('was not refused');
  // Only the word itself says so, not a name that begins with the same letters.
  expect(failure({ refusedness: refusal })).toContain('was refused');
});
