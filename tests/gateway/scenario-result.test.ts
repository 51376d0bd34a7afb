import { expect, test } from 'vitest';
import { isEmptyAtFirst } from '../../gateway/operations/example-operation.ts';
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

test('a document whose lists are all empty shows nothing, and proves nothing', () => {
  expect(failure({ candidates: { totalCount: 0, nodes: [] }, others: [] })).toContain('every list is empty');
  expect(findScenarioFailure({ status: 200, data: { others: [] }, errors: [] }, true)).toBeUndefined();
  expect(isEmptyAtFirst({ document: '# role: steward\n# empty at first: nobody has read yet\n{ a }' })).toBe(true);
  expect(isEmptyAtFirst({ document: '{ a }' })).toBe(false);
  expect(failure({ candidates: { nodes: [] }, others: [1] })).toBeUndefined();
  expect(failure({ candidate: { name: 'A' }, others: [] })).toBeUndefined();
});
