import type { PlaceCodes } from '../place-codes.ts';
import type * as V from '../vocabulary.ts';

/** Rows of elections, as the generator makes them. */

export interface ElectionRow extends PlaceCodes {
  readonly id: string;
  readonly committeeKind: V.CommitteeKind;
  readonly committeeId: string | null;
  readonly termNumber: number;
  readonly byElection: boolean;
  readonly seats: number;
  readonly state: V.ElectionState;
  readonly rollPublishedOn: string | null;
  readonly votedOn: string | null;
  readonly certifiedOn: string | null;
  readonly registeredVoters: number;
  readonly ballotsCast: number;
  readonly validBallots: number;
  readonly provenanceId: string;
}

export interface ElectionCandidateRow {
  readonly id: string;
  readonly electionId: string;
  readonly committeeId: string | null;
  readonly personId: string;
  readonly name: string;
  readonly nomination: V.Nomination;
  readonly votes: number;
  readonly elected: boolean;
  readonly provenanceId: string;
}
