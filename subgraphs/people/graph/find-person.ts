import { mayUse } from '../../kit/caller/field-decision.ts';
import { findCitizenIdFlaw, normaliseCitizenId } from '../../kit/citizen-id.ts';
import { dateInChina } from '../../kit/clock.ts';
import { graphProblem } from '../../kit/codes/problems.ts';
import { GRAPH_CARD } from '../../kit/graph/data-card.ts';
import { phoneKind } from '../../kit/ingest/column-kinds.ts';
import { keyedHash } from '../../kit/store/sealing.ts';
import type { SubgraphContext } from '../../kit/subgraph-context.ts';
import { lastBirthDateOfNoMinor } from '../rules/age.ts';
import { COMPOUND_SURNAMES } from '../rules/name-reading.ts';
import type { PeopleStore } from '../store/people-store.ts';
import {
  findPersonsByAddress,
  findPersonsByGivenLetters,
  findPersonsByGivenName,
  findPersonsByKey,
  findPersonsByNameStart,
  MAX_MATCHES,
  type PersonKey,
  type PersonRow,
} from '../store/person-rows.ts';
import { builder } from './builder.ts';
import { Person } from './entities.ts';

const IDENTITY_KEY = { source: 'public-security', right: 'person.identity', category: 'PERSONAL' } as const;

const FindPersonInput = builder.inputType('FindPersonInput', {
  description:
    '查人条件 One key: citizen number, telephone number, name and date of birth together, the beginning of the name, the given name, or the address.',
  fields: (t) => ({
    citizenId: t.string({
      description: '公民身份号码 18 characters, or the 15 digits in use until 1999.',
      card: { ...IDENTITY_KEY, grade: 4, category: 'SENSITIVE_PERSONAL' },
    }),
    phone: t.string({
      description: '手机号 11 digits.',
      card: { ...IDENTITY_KEY, right: 'person.contact', grade: 3 },
    }),
    name: t.string({ description: '姓名 The whole name; with birthDate.', card: { ...IDENTITY_KEY, grade: 3 } }),
    nameStart: t.string({
      description:
        '姓名、全拼或首字母的开头 How the name begins, 2 to 40 characters: Chinese characters, or letters of the whole pinyin or of the initials (王小, wangx, wxm). Children only with the right to them.',
      card: { ...IDENTITY_KEY, grade: 3 },
    }),
    givenName: t.string({
      description:
        '名（不含姓） The whole given name: 1 to 4 Chinese characters (三丰), or the letters of its whole pinyin or of its initials (sanfeng, sf). Children only with the right to them.',
      card: { ...IDENTITY_KEY, grade: 3 },
    }),
    address: t.string({
      description: '居住地址 Part of the address down to building and stairwell, 3 to 60 characters; who lives there.',
      card: { ...IDENTITY_KEY, right: 'household.address', grade: 3 },
    }),
    room: t.string({
      description: '室号（门牌） Room, or house of a hamlet such as 12号; with address.',
      card: { ...IDENTITY_KEY, right: 'household.address', grade: 3 },
    }),
    birthDate: t.field({
      type: 'LocalDate',
      description: '出生日期 With name.',
      card: { ...IDENTITY_KEY, grade: 3 },
    }),
  }),
});

interface Found {
  readonly __typename: 'PersonFound' | 'SeveralPersonsMatch' | 'NoPersonMatches';
  readonly rows: readonly PersonRow[];
}

const PersonFound = builder.objectRef<Found>('PersonFound').implement({
  description: '唯一匹配 The key finds one person.',
  card: GRAPH_CARD,
  fields: (t) => ({
    person: t.field({
      type: Person,
      nullable: true,
      description: '人员 The person.',
      resolve: ({ rows }) => rows[0] ?? null,
    }),
  }),
});

const SeveralPersonsMatch = builder.objectRef<Found>('SeveralPersonsMatch').implement({
  description: '多人匹配，不作猜测 The key finds several persons; none of them is guessed.',
  card: GRAPH_CARD,
  fields: (t) => ({
    persons: t.field({
      type: [Person],
      description: `候选人员，最多 ${MAX_MATCHES} 人 Those who match, ${MAX_MATCHES} at most.`,
      resolve: ({ rows }) => rows.slice(0, MAX_MATCHES),
    }),
    moreMatch: t.boolean({
      description: '是否还有更多 Whether more match than are listed.',
      resolve: ({ rows }) => rows.length > MAX_MATCHES,
    }),
    nextStep: t.string({
      description: '建议 How to tell them apart.',
      resolve: () =>
        '请改用公民身份号码、姓名加出生日期，或给出更完整的地址和室号 Use the citizen number, name and date of birth, or more of the address and the room.',
    }),
  }),
});

const NoPersonMatches = builder.objectRef<Found>('NoPersonMatches').implement({
  description: '辖区内无匹配 Nobody inside the caller’s area has this key.',
  card: GRAPH_CARD,
  fields: (t) => ({
    nextStep: t.string({
      description: '建议 What to check.',
      resolve: () => '请核对条件；辖区外的人员不予显示 Check the key; people outside of your area are not shown.',
    }),
  }),
});

const FindPersonAnswer = builder.unionType('FindPersonAnswer', {
  description: '查人结果 One person, several, or none.',
  types: [PersonFound, SeveralPersonsMatch, NoPersonMatches],
  resolveType: (found) => found.__typename,
});

builder.queryField('findPerson', (t) =>
  t.field({
    type: FindPersonAnswer,
    description:
      '按唯一条件查人 Finds a person by one exact key inside the caller’s area; by POST only. An ambiguous key is answered with all who match.',
    args: { by: t.arg({ type: FindPersonInput, required: true, description: '条件 The key.' }) },
    resolve: async (_root, { by }, context) => {
      const key = personKey(context.store, by, dateInChina(context.clock.now()));
      const rows = await findBy(key, context);
      if (rows === undefined) {
        throw graphProblem('FILTER_INVALID', {
          filter: 'by.address',
          reasonZh: '匹配的地址过多，请输入更完整的地址',
          reasonEn: 'too many addresses match; type more of it',
        });
      }
      const __typename =
        rows.length === 0 ? 'NoPersonMatches' : rows.length === 1 ? 'PersonFound' : 'SeveralPersonsMatch';
      return { __typename, rows } as const;
    },
  }),
);

function findBy(
  key: PersonKey | AddressKey | NameStart | GivenName,
  { store, caller, trace, clock }: SubgraphContext<PeopleStore>,
): Promise<PersonRow[] | undefined> {
  if ('address' in key) return findPersonsByAddress(store, key, caller, trace);
  if (!('nameStart' in key) && !('givenName' in key)) return findPersonsByKey(store, key, caller, trace);
  const mayFindMinors = mayUse(caller, 'person.minor', true);
  const noMinorsOn = mayFindMinors ? undefined : lastBirthDateOfNoMinor(dateInChina(clock.now()));
  if ('nameStart' in key) return findPersonsByNameStart(store, { text: key.nameStart, noMinorsOn }, caller, trace);
  if (/^[a-z]/.test(key.givenName))
    return findPersonsByGivenLetters(store, { letters: key.givenName, noMinorsOn }, caller, trace);
  const search = { givenName: key.givenName, compoundSurnames: [...COMPOUND_SURNAMES], noMinorsOn };
  return findPersonsByGivenName(store, search, caller, trace);
}

interface GivenName {
  readonly givenName: string;
}

interface NameStart {
  readonly nameStart: string;
}

interface AddressKey {
  readonly address: string;
  readonly room: string | null;
}

function personKey(
  store: PeopleStore,
  by: typeof FindPersonInput.$inferInput,
  today: string,
): PersonKey | AddressKey | NameStart | GivenName {
  const { citizenId, phone, name, birthDate, room } = by;
  const address = by.address?.trim();
  const byName = name != null || birthDate != null;
  const nameStart = by.nameStart?.trim().toLowerCase();
  const givenName = by.givenName?.trim().toLowerCase();
  const keys = [citizenId != null, phone != null, byName, nameStart != null, givenName != null, address != null];
  const given = keys.filter(Boolean).length;
  if (given !== 1 || (byName && !(name && birthDate)) || (room != null && address == null)) {
    throw graphProblem('FILTER_INVALID', {
      filter: 'by',
      reasonZh: '须且只能给出公民身份号码、手机号、姓名加出生日期、姓名开头、名、地址（可加室号）六者之一',
      reasonEn:
        'give exactly one of citizenId, phone, name with birthDate, nameStart, givenName, or address with or without a room',
    });
  }
  if (address != null) {
    if (address.length < 3 || address.length > 60) {
      throw graphProblem('FILTER_INVALID', {
        filter: 'by.address',
        reasonZh: '应为 3 至 60 个字符',
        reasonEn: 'expected 3 to 60 characters',
      });
    }
    return { address, room: room?.trim() ?? null };
  }
  if (nameStart != null) {
    if (!/^(\p{Script=Han}[\p{Script=Han}·]{1,39}|[a-z]{2,40})$/u.test(nameStart)) {
      throw graphProblem('FILTER_INVALID', {
        filter: 'by.nameStart',
        reasonZh: '应为 2 至 40 个汉字，或 2 至 40 个拼音字母',
        reasonEn: 'expected 2 to 40 Chinese characters, or 2 to 40 letters of pinyin',
      });
    }
    return { nameStart };
  }
  if (givenName != null) {
    if (!/^(\p{Script=Han}{1,4}|[a-z]{1,24})$/u.test(givenName)) {
      throw graphProblem('FILTER_INVALID', {
        filter: 'by.givenName',
        reasonZh: '应为 1 至 4 个汉字，或 1 至 24 个拼音字母（全拼或首字母），不含姓',
        reasonEn:
          'expected 1 to 4 Chinese characters, or 1 to 24 letters of pinyin or of initials, without the family name',
      });
    }
    return { givenName };
  }
  if (citizenId != null) {
    const number = normaliseCitizenId(citizenId);
    const flaw = findCitizenIdFlaw(number, today);
    if (flaw !== undefined) throw graphProblem('CITIZEN_ID_INVALID', { ...flaw });
    return { citizenIdHash: keyedHash(store.keys.lookup, number) };
  }
  if (phone != null) {
    // As files write it: with or without spaces, hyphens, and +86.
    const number = phoneKind.parse(phone.trim(), today);
    if (typeof number !== 'string') {
      throw graphProblem('FILTER_INVALID', {
        filter: 'by.phone',
        reasonZh: '应为手机号码，或带区号的固定电话',
        reasonEn: 'expected a mobile number, or one of the fixed net with its area code',
      });
    }
    return { phoneHash: keyedHash(store.keys.lookup, number) };
  }
  return { name: name ?? '', birthDate: birthDate ?? '' };
}
