import { dayOf, dayText } from '../chance/calendar-day.ts';
import { Random } from '../chance/random.ts';
import { RowIds } from '../chance/row-ids.ts';
import type { CityState } from '../city-state.ts';
import { provenanceIds } from '../provenance.ts';
import type { RowSet } from '../rows.ts';
import { SEED } from '../seed-version.ts';
import { divisionList } from '../territory/division-list.ts';
import { type StudyScope, type TrainingKind, type TrainingTier, trainingKinds } from '../vocabulary.ts';
import { organizationRuleRows } from './organization-rules.ts';
import type { RecruitmentRow, TrainingCategoryRow, TrainingCourseRow } from './workforce-rows.ts';

/** Half of the city's own block of ids, behind what the city had before. */
const IDS_START = 1 << 18;

export const KIND_NAMES: Record<TrainingKind, string> = {
  INDUCTION: '初任培训',
  POST: '岗位培训',
  ADVANCED: '进修培训',
  CONTINUING: '继续教育',
};
const STUDY_TRIPS: readonly (readonly [StudyScope, string])[] = [
  ['OWN_CITY', '本市学'],
  ['OTHER_CITY', '跨市学'],
  ['ABROAD', '出境学'],
];
/** The article counts seven categories and names three; the others are 待补. */
const HANGZHOU_CATEGORIES = ['继续教育', '实务高级研修', '三社联动', null, null, null, null];
const HANGZHOU_YEARLY_BUDGET_YUAN = 1_500_000;

/** Rules, training and recruitments of the city as a whole. */
export function cityWorkforce(state: CityState): RowSet {
  const { city, cityCode } = state.profile;
  const ids = new RowIds(new Random(`${SEED}/${city}/city-workforce-ids`), 0, IDS_START);
  const rules = organizationRuleRows(ids);
  const courses: TrainingCourseRow[] = [];
  const add = (
    title: string,
    kind: TrainingKind,
    tier: TrainingTier,
    day: number,
    hours: number,
    more: Partial<TrainingCourseRow> = {},
  ): string => {
    const id = ids.next();
    courses.push({
      id,
      title,
      kind,
      tier,
      categoryCode: null,
      mode: kind === 'CONTINUING' ? 'MIXED' : 'OFFLINE',
      studyScope: null,
      runNumber: 1,
      term: dayText(day).slice(0, 4),
      startsOn: dayText(day),
      hours,
      budgetYuan: null,
      reportedAttendees: null,
      cityCode,
      countyCode: null,
      townshipCode: null,
      ...more,
      provenanceId: provenanceIds['organizations.training_course'],
    });
    return id;
  };

  for (const year of [2023, 2024, 2025, 2026]) {
    for (const [run, month] of year === 2026
      ? [[1, 3]]
      : [
          [1, 3],
          [2, 9],
        ]) {
      const day = dayOf(year, month as number, 12);
      const title = `${year} 年社区工作者继续教育第 ${run} 期`;
      const id = add(title, 'CONTINUING', 'CITY', day, 30, { runNumber: run as number });
      state.continuingCourses.push({ id, day, hours: 30 });
    }
    for (const kind of ['INDUCTION', 'POST', 'ADVANCED'] as const) {
      add(`${year} 年社区工作者${KIND_NAMES[kind]}`, kind, 'CITY', dayOf(year, 4, 8), 16);
    }
  }
  for (const [scope, name] of STUDY_TRIPS) {
    const day = dayOf(2025, 5, 20);
    const id = add(`社区工作者考察学习（${name}）`, 'ADVANCED', 'CITY', day, 8, { studyScope: scope });
    state.studyTrips.push({ id, day, hours: 8 });
  }
  for (const [countyCode, name] of divisionList().areas) {
    if (!countyCode.startsWith(cityCode)) continue;
    for (const kind of trainingKinds) {
      add(`${name} 2025 年社区工作者${KIND_NAMES[kind]}`, kind, 'COUNTY', dayOf(2025, 6, 10), 12, { countyCode });
    }
  }
  const categories = city === 'hangzhou' ? hangzhouTraining(add) : [];
  return {
    'organizations.organization_rule': rules,
    'organizations.training_category': categories,
    'organizations.training_course': courses,
    'organizations.recruitment': recruitments(state, ids),
  };
}

/** Figures of the article: four runs for 1,000 secretaries, 15,000 members, seven categories for 1.5 million a year. */
function hangzhouTraining(
  add: (
    title: string,
    kind: TrainingKind,
    tier: TrainingTier,
    day: number,
    hours: number,
    more: Partial<TrainingCourseRow>,
  ) => string,
): TrainingCategoryRow[] {
  for (const runNumber of [1, 2, 3, 4]) {
    add(`社区（村）书记（主任）培训第 ${runNumber} 期`, 'INDUCTION', 'CITY', dayOf(2017, 5, 4 + runNumber), 24, {
      runNumber,
      term: '2017',
      reportedAttendees: 250,
    });
  }
  // The article names three tiers and one number for them together; it is kept with the middle one.
  add('新任村（居）“两委”成员培训', 'INDUCTION', 'COUNTY', dayOf(2017, 6, 1), 16, {
    term: '2017',
    reportedAttendees: 15_000,
  });
  return HANGZHOU_CATEGORIES.map((name, index) => {
    const code = `training-${index + 1}`;
    const share = Math.floor(HANGZHOU_YEARLY_BUDGET_YUAN / HANGZHOU_CATEGORIES.length);
    const rest = index === 0 ? HANGZHOU_YEARLY_BUDGET_YUAN - share * HANGZHOU_CATEGORIES.length : 0;
    add(
      `2016 年度${name ?? `第 ${index + 1} 类`}培训班`,
      index === 0 ? 'CONTINUING' : 'ADVANCED',
      'CITY',
      dayOf(2016, 3 + index, 15),
      24,
      { categoryCode: code, budgetYuan: share + rest, term: '2016', mode: 'MIXED' },
    );
    return { code, ordinal: index + 1, name, provenanceId: provenanceIds['organizations.training_category'] };
  });
}

function recruitments({ profile }: CityState, ids: RowIds): RecruitmentRow[] {
  const base = {
    postId: null,
    cityCode: profile.cityCode,
    countyCode: null,
    townshipCode: null,
    communityCode: null,
    provenanceId: provenanceIds['organizations.recruitment'],
  };
  return [
    {
      id: ids.next(),
      title: `${profile.name} 2025 年社区工作者公开招考`,
      channel: 'OPEN_EXAMINATION',
      headcount: 260,
      applicants: 4_180,
      hired: 256,
      state: 'COMPLETED',
      announcedOn: '2025-03-03',
      closedOn: '2025-08-29',
      ...base,
    },
    {
      id: ids.next(),
      title: `${profile.name} 2026 年面向优秀社区党组织书记专门岗位考录`,
      channel: 'SECRETARY_POSTS',
      headcount: 12,
      applicants: 71,
      hired: 0,
      state: 'EXAMINING',
      announcedOn: '2026-05-11',
      closedOn: null,
      ...base,
    },
    {
      id: ids.next(),
      title: `${profile.name} 2026 年社区工作者公开招考`,
      channel: 'OPEN_EXAMINATION',
      headcount: 240,
      applicants: 0,
      hired: 0,
      state: 'ANNOUNCED',
      announcedOn: '2026-06-22',
      closedOn: null,
      ...base,
    },
    ...(
      [
        ['2026 年选拔优秀社区工作者进入事业单位', 'CADRE_SELECTION', 'REGISTERING', '2026-06-08', null],
        ['2026 年社区专职工作者补充招考', 'OPEN_EXAMINATION', 'PUBLICIZED', '2026-03-09', null],
        ['2024 年社区专职工作者补充招考（取消）', 'OPEN_EXAMINATION', 'CANCELLED', '2024-04-15', '2024-05-06'],
      ] as const
    ).map(([title, channel, recruitmentState, announcedOn, closedOn]) => ({
      id: ids.next(),
      title: `${profile.name} ${title}`,
      channel,
      headcount: 8,
      applicants: recruitmentState === 'PUBLICIZED' ? 96 : 0,
      hired: 0,
      state: recruitmentState,
      announcedOn,
      closedOn,
      ...base,
    })),
  ];
}
