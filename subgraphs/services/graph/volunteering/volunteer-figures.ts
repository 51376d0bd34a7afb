import { dateInChina } from '../../../kit/clock.ts';
import { globalId } from '../../../kit/global-id.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { requireDivisionCode, statCodeOf } from '../../../kit/store/division-filter.ts';
import { registerVolunteer } from '../../rules/volunteering/register-volunteer.ts';
import { tierBelow, type VolunteerFigures, volunteerFigures } from '../../rules/volunteering/volunteer-figures.ts';
import { sumVolunteers } from '../../store/volunteering/volunteer-registration-rows.ts';
import { builder, Division } from '../builder.ts';
import { ruleInForce } from '../governance-rule.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { plainRefusals } from '../refusal-lists.ts';
import { Volunteer, volunteer } from './volunteering.ts';

/** Aggregates over people have a grade of their own: small counts are withheld. */
const FIGURES_CARD: DataCard = {
  source: 'civil-affairs',
  sharing: 'UNCONDITIONAL',
  grade: 1,
  category: 'PUBLIC',
  updateCycle: 'REALTIME',
  derivedFrom: 'VolunteerRegistration and certified VolunteerRecord, small counts withheld',
};

const Figures = builder.objectRef<VolunteerFigures>('VolunteerFigures').implement({
  description:
    '志愿者统计 Volunteers registered in a division and their certified hours; null where it would tell of few.',
  card: FIGURES_CARD,
  fields: (t) => ({
    division: t.field({
      type: Division,
      description: '区划 The division.',
      resolve: ({ code }) => ({ id: globalId('Division', statCodeOf(code)) }),
    }),
    registeredCount: t.int({
      nullable: true,
      description: '注册志愿者 Registered volunteers.',
      card: { unit: '人 people' },
      resolve: ({ registered }) => registered,
    }),
    activeCount: t.int({
      nullable: true,
      description: '活跃人数 Those whose service was certified within the time of the rule VOLUNTEER_ACTIVE.',
      card: { unit: '人 people' },
      resolve: ({ active }) => active,
    }),
    serviceHours: t.float({
      nullable: true,
      description: '总时长 Certified hours of the registered, all in all.',
      card: { unit: '小时 hours' },
      resolve: ({ hours }) => hours,
    }),
    hoursPerVolunteer: t.float({
      nullable: true,
      description: '人均时长 Hours per registered volunteer.',
      card: { unit: '小时 hours', derivedFrom: 'serviceHours / registeredCount' },
      resolve: ({ hours, registered }) =>
        hours === null || registered === null || registered === 0 ? null : hours / registered,
    }),
  }),
});

interface Release {
  readonly own: VolunteerFigures;
  readonly parts: readonly VolunteerFigures[];
}
const Ranking = builder.objectRef<Release>('VolunteerRanking').implement({
  description:
    '志愿服务排名 A division and those directly below it, the most hours first; withheld ones last, by code.',
  card: FIGURES_CARD,
  fields: (t) => ({
    own: t.field({ type: Figures, description: '本级 The division itself.', resolve: ({ own }) => own }),
    parts: t.field({ type: [Figures], description: '下一级排名 Those below it.', resolve: ({ parts }) => [...parts] }),
  }),
});

builder.queryField('volunteerRanking', (t) =>
  t.field({
    type: Ranking,
    description: '志愿服务总时长与活跃人数 Registered and active volunteers and their hours, at each level.',
    args: { divisionCode: t.arg.string({ required: true, description: '区划代码 4, 6, 9 or 12 digits.' }) },
    resolve: async (_root, { divisionCode }, context) => {
      const { store, trace, clock } = context;
      const code = requireDivisionCode('divisionCode', divisionCode, [4, 6, 9, 12]);
      const now = clock.now();
      const [window, floor] = await Promise.all([
        ruleInForce('VOLUNTEER_ACTIVE', now, context),
        ruleInForce('SMALL_COUNT_FLOOR', now, context),
      ]);
      const since = dateInChina(new Date(now.getTime() - (window.amount ?? 0) * 86_400_000));
      const figures = volunteerFigures(await sumVolunteers(store, code.slice(0, 4), since, trace), floor.amount ?? 0);
      const below = tierBelow(code);
      const parts = [...figures.values()].filter(
        (own) => below !== undefined && own.code.length === below && own.code.startsWith(code),
      );
      return {
        own: figures.get(code) ?? { code, registered: 0, active: 0, hours: 0 },
        parts: parts.sort((a, b) => (b.hours ?? -1) - (a.hours ?? -1) || (a.code < b.code ? -1 : 1)),
      };
    },
  }),
);

defineMutation(builder, {
  name: 'registerVolunteer',
  description: '志愿者注册 Registers a person as a volunteer of a community, once.',
  card: { source: 'civil-affairs', right: 'volunteer.record' },
  input: builder.inputType('RegisterVolunteerInput', {
    description: '注册 Who, where.',
    fields: (t) => ({
      personId: t.id({
        references: { type: 'Person', refusal: 'PERSON_NOT_FOUND' },
        required: true,
        description: '自然人 The person.',
      }),
      communityId: t.id({
        references: { type: 'Community', refusal: 'COMMUNITY_NOT_FOUND' },
        required: true,
        description: '社区 The community, inside the caller’s area.',
      }),
      idempotencyKey: idempotencyKey(t),
    }),
  }),
  refusals: plainRefusals,
  run: (input, context) => registerVolunteer(context, input),
  result: {
    field: 'volunteer',
    type: Volunteer,
    description: '志愿者 What the person did as a volunteer, now.',
    load: ({ personId }, context) => volunteer(personId, context),
  },
});
