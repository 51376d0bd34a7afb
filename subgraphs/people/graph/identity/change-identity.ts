import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { keepPersonsApart } from '../../rules/identity/keep-persons-apart.ts';
import { mergePersons, type PersonsChanged, splitPersons } from '../../rules/identity/merge-persons.ts';
import type { CandidateRow } from '../../store/identity/merge-rows.ts';
import { builder, refusalTypes } from '../builder.ts';
import { Person, personLoader } from '../entities.ts';
import { IdentityCandidate } from './identity-candidate.ts';

const KEY = '幂等键 8 to 128 visible characters; the same key and input give the same answer once more.';
const REASON = '理由 Why, 2 to 200 characters, without numbers of persons.';
const { InvalidInput, NotFound, Conflict } = refusalTypes;
const REFUSALS = [InvalidInput, NotFound, Conflict];
const DECIDE = { source: 'data-authority', right: 'identity.decide' } as const;

defineMutation(builder, {
  name: 'mergePersons',
  description: '归并 Says that two records are of one person; both keep their history, and it can be undone.',
  card: DECIDE,
  input: builder.inputType('MergePersonsInput', {
    description: '归并 Which record goes on, and which is merged into it.',
    fields: (t) => ({
      survivorId: t.id({ required: true, description: '保留的记录 The record that goes on.' }),
      mergedId: t.id({ required: true, description: '被归并的记录 The record that is merged into it.' }),
      reason: t.string({ required: true, description: REASON }),
      idempotencyKey: t.string({ required: true, description: KEY }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => mergePersons(context, input),
  result: {
    field: 'person',
    type: Person,
    description: '保留的记录 The record that goes on.',
    load: ({ survivorId }: PersonsChanged, context) => personLoader.load(survivorId, context),
  },
});

defineMutation(builder, {
  name: 'splitPersons',
  description: '拆分 Undoes a merge: the record is in the register again as it was.',
  card: DECIDE,
  input: builder.inputType('SplitPersonsInput', {
    description: '拆分 Which merged record is split off.',
    fields: (t) => ({
      mergedId: t.id({ required: true, description: '被归并的记录 The merged record.' }),
      reason: t.string({ required: true, description: REASON }),
      idempotencyKey: t.string({ required: true, description: KEY }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => splitPersons(context, input),
  result: {
    field: 'person',
    type: Person,
    description: '拆出的记录 The record that was split off.',
    load: ({ mergedId }: PersonsChanged, context) => personLoader.load(mergedId, context),
  },
});

defineMutation(builder, {
  name: 'keepPersonsApart',
  description: '认定不是同一人 Decides that two alike records are of two people.',
  card: DECIDE,
  input: builder.inputType('KeepPersonsApartInput', {
    description: '认定 Which pair.',
    fields: (t) => ({
      candidateId: t.string({ required: true, description: '疑似同一人编号 The pair.' }),
      reason: t.string({ required: true, description: REASON }),
      idempotencyKey: t.string({ required: true, description: KEY }),
    }),
  }),
  refusals: REFUSALS,
  run: (input, context) => keepPersonsApart(context, input),
  result: {
    field: 'candidate',
    type: IdentityCandidate,
    description: '疑似同一人 The pair as decided.',
    load: async ({ candidateId }: { candidateId: string }, { store }) => {
      const row = await store.prisma.identityCandidate.findUnique({ where: { id: candidateId } });
      return row as CandidateRow | null; // the columns are its properties
    },
  },
});
