import { graphProblem } from '../../../kit/codes/problems.ts';
import { GRAPH_CARD } from '../../../kit/graph/data-card.ts';
import {
  findAddressesByText,
  MAX_ADDRESS_MATCHES,
  type StandardAddressRow,
} from '../../store/addresses/standard-address-rows.ts';
import { builder } from '../builder.ts';
import { StandardAddress } from '../entities.ts';

interface Found {
  readonly rows: readonly StandardAddressRow[];
}

const AddressMatches = builder.objectRef<Found>('AddressMatches').implement({
  description: '地址匹配 Addresses that hold the text; one means that it is the one, several that none was guessed.',
  card: GRAPH_CARD,
  fields: (t) => ({
    addresses: t.field({
      type: [StandardAddress],
      description: `匹配的地址，最多 ${MAX_ADDRESS_MATCHES} 个 Those that match, the coarsest first, ${MAX_ADDRESS_MATCHES} at most.`,
      resolve: ({ rows }) => rows.slice(0, MAX_ADDRESS_MATCHES),
    }),
    ambiguous: t.boolean({
      description: '是否多个匹配 Whether several match; then one of them is to be chosen, by its id.',
      resolve: ({ rows }) => rows.length > 1,
    }),
    moreMatch: t.boolean({
      description: '是否还有更多 Whether more match than are listed; type more of the address.',
      resolve: ({ rows }) => rows.length > MAX_ADDRESS_MATCHES,
    }),
  }),
});

const SHORTEST_TEXT = 3;

builder.queryField('findAddress', (t) =>
  t.field({
    type: AddressMatches,
    description: '按文字查地址 Finds estates, buildings and stairwells of the caller’s area by any part of their text.',
    args: {
      text: t.arg.string({ required: true, description: '地址文字 Part of an address, 3 to 60 characters.' }),
    },
    resolve: async (_root, { text }, { store, caller, trace }) => {
      const wanted = text.trim();
      if (wanted.length < SHORTEST_TEXT || wanted.length > 60) {
        throw graphProblem('FILTER_INVALID', {
          filter: 'text',
          reasonZh: `应为 ${SHORTEST_TEXT} 至 60 个字符`,
          reasonEn: `expected ${SHORTEST_TEXT} to 60 characters`,
        });
      }
      return { rows: await findAddressesByText(store, wanted, caller, trace) };
    },
  }),
);
