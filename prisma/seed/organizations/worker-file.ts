import { type CalendarDay, DAYS_PER_YEAR, dayText } from '../chance/calendar-day.ts';
import type { Random } from '../chance/random.ts';
import { REFERENCE_DAY } from '../people/family.ts';
import { provenanceIds } from '../provenance.ts';
import type { CommunityDraft } from '../territory/community-draft.ts';
import type { WorkerPost, WorkerRecordKind } from '../vocabulary.ts';
import type { WorkerInOffice } from './community-worker.ts';
import type { WorkerRecordRow } from './workforce-rows.ts';

const REGISTRATION_YEARS = 3;
const REGISTERED_SHARE = 0.88;
/** Which certified worker of a community, counted from 1. */
const TO_REGISTER = 2;
const RUNS_OUT_SOON = 3;
const ATTENDED_SHARE = 0.78;

const POSTS: Record<WorkerPost, { title: string; duties: string; low: number; high: number; base: number }> = {
  SECRETARY_DIRECTOR: { title: '书记（主任）岗', duties: '主持社区全面工作', low: 10, high: 18, base: 6_200 },
  DEPUTY: { title: '副书记（副主任）岗', duties: '协助主持，分管条线', low: 6, high: 14, base: 5_100 },
  SPECIALIST: { title: '专职社区工作者岗', duties: '受理、走访、网格与条线工作', low: 1, high: 11, base: 4_200 },
};
/** Monthly, by level; assumed. */
const ALLOWANCES = { ASSISTANT: 200, SOCIAL_WORKER: 400, SENIOR: 600 } as const;
const TALENT_SUPPORT_YUAN = 300_000;

/** What a city has a fixed number of. */
const LEADING_TALENTS = { hangzhou: 61 } as const satisfies Record<string, number>;
const SUPPORTED_TALENTS = { jiaxing: 100 } as const satisfies Record<string, number>;

/** Posts of the community and the files of its workers: certificates, registrations, training, service, records. */
export function fileWorkers(draft: CommunityDraft, workers: readonly WorkerInOffice[]): void {
  const random = draft.stream('worker-file');
  const posts = establishPosts(draft, workers);
  workers.forEach((worker, index) => {
    serve(draft, random, worker, posts[worker.row.post]);
    certify(draft, random, worker, index);
    studyTrip(draft, random, worker);
    pay(draft, random, worker);
    distinguish(draft, random, worker, index);
  });
}

function establishPosts(draft: CommunityDraft, workers: readonly WorkerInOffice[]): Record<WorkerPost, string> {
  const ids: Record<WorkerPost, string> = { SECRETARY_DIRECTOR: '', DEPUTY: '', SPECIALIST: '' };
  for (const kind of ['SECRETARY_DIRECTOR', 'DEPUTY', 'SPECIALIST'] as const) {
    const { title, duties, low, high } = POSTS[kind];
    ids[kind] = draft.organizationIds.next();
    const held = workers.filter(({ row }) => row.post === kind).length;
    draft.table('organizations.post').push({
      id: ids[kind],
      title: `${draft.plan.name}${title}`,
      kind,
      headcount: kind === 'SPECIALIST' ? held + 2 : Math.max(1, held),
      duties,
      position: kind === 'SPECIALIST' ? '社区服务窗口与网格' : '社区“两委”',
      goals: '年度目标责任书',
      appraisal: '年度考核与群众评议',
      pay: `三岗十八级第 ${low} 至 ${high} 级`,
      lowestGrade: low,
      highestGrade: high,
      establishedOn: '2021-01-01',
      abolishedOn: null,
      ...draft.place,
      provenanceId: provenanceIds['organizations.post'],
    });
  }
  return ids;
}

/** One live full-time record; some came to their post from a lower one. */
function serve(draft: CommunityDraft, random: Random, { row }: WorkerInOffice, postId: string): void {
  const hired = dayNumber(row.hiredOn);
  const promoted = row.post !== 'SPECIALIST' && REFERENCE_DAY - hired > 900 && random.chance(0.7);
  const since = promoted ? hired + 400 + random.below(REFERENCE_DAY - hired - 800) : hired;
  const add = (postKind: WorkerPost, id: string | null, duty: string, from: CalendarDay, to: CalendarDay | null) => {
    draft.table('organizations.service_record').push({
      id: draft.organizationIds.next(),
      personId: row.personId,
      workerId: row.id,
      postKind,
      postId: id,
      fullTime: true,
      duty,
      validFrom: dayText(from),
      validTo: to === null ? null : dayText(to),
      ...draft.place,
      provenanceId: provenanceIds['organizations.service_record'],
    });
  };
  if (promoted) add('SPECIALIST', null, POSTS.SPECIALIST.duties, hired, since);
  add(row.post, postId, POSTS[row.post].duties, since, null);
}

function certify(draft: CommunityDraft, random: Random, { row }: WorkerInOffice, index: number): void {
  if (row.certificate === null) return;
  const { organizationIds: ids, place } = draft;
  const passed = Math.max(
    dayNumber(row.hiredOn) - 300,
    REFERENCE_DAY - Math.round(12 * DAYS_PER_YEAR * random.fraction()) - 700,
  );
  const certificateId = ids.next();
  draft.table('organizations.certificate').push({
    id: certificateId,
    personId: row.personId,
    workerId: row.id,
    holderName: row.name,
    level: row.certificate,
    certificateNumber: `SYN${place.communityCode}${String(index + 1).padStart(3, '0')}`,
    passedYear: Number(dayText(Math.min(passed, REFERENCE_DAY - 700)).slice(0, 4)),
    ...place,
    provenanceId: provenanceIds['organizations.certificate'],
  });
  const registeredToo = random.chance(REGISTERED_SHARE);
  // A few have run out, some will within 90 days.
  const drawn = REFERENCE_DAY - 20 - random.below(Math.round(3.05 * DAYS_PER_YEAR));
  // Every community has somebody to register and somebody whose registration runs out soon.
  const nth = draft.table('organizations.certificate').length;
  if (nth === TO_REGISTER || !registeredToo) return;
  const registered =
    nth === RUNS_OUT_SOON ? REFERENCE_DAY + 60 - Math.round(REGISTRATION_YEARS * DAYS_PER_YEAR) : drawn;
  const registeredOn = dayText(registered);
  const expiresOn = `${Number(registeredOn.slice(0, 4)) + REGISTRATION_YEARS}${registeredOn.slice(4)}`.replace(
    '-02-29',
    '-02-28',
  );
  draft.table('organizations.social_worker_registration').push({
    id: ids.next(),
    personId: row.personId,
    workerId: row.id,
    certificateId,
    holderName: row.name,
    level: row.certificate,
    registeredOn,
    expiresOn,
    endedOn: null,
    ...place,
    provenanceId: provenanceIds['organizations.social_worker_registration'],
  });
  for (const course of draft.state.continuingCourses) {
    if (course.day < registered || !random.chance(ATTENDED_SHARE)) continue;
    attend(draft, row, course.id, course.day + random.below(3), course.hours - random.below(6));
  }
}

function studyTrip(draft: CommunityDraft, random: Random, { row }: WorkerInOffice): void {
  if (!random.chance(0.08)) return;
  const trip = random.pick(draft.state.studyTrips);
  if (dayNumber(row.hiredOn) < trip.day) attend(draft, row, trip.id, trip.day, trip.hours);
}

export function attend(
  draft: CommunityDraft,
  row: WorkerInOffice['row'],
  courseId: string,
  day: CalendarDay,
  hours: number,
): void {
  draft.table('organizations.training_attendance').push({
    id: draft.organizationIds.next(),
    courseId,
    personId: row.personId,
    workerId: row.id,
    attendedOn: dayText(day),
    hours,
    ...draft.place,
    provenanceId: provenanceIds['organizations.training_attendance'],
  });
}

function pay(draft: CommunityDraft, random: Random, worker: WorkerInOffice): void {
  const { row } = worker;
  const base = POSTS[row.post].base + 120 * row.gradeLevel;
  const since = REFERENCE_DAY - 180;
  const from = Math.max(since, dayNumber(row.hiredOn));
  record(draft, worker, 'BASE_PAY', '基本工资', from, { amountYuan: base, perMonth: true });
  record(draft, worker, 'PERFORMANCE_PAY', '年度绩效', from, { amountYuan: 8_000 + 500 * random.below(20) });
  if (row.certificate !== null) {
    record(draft, worker, 'ALLOWANCE', '职业津贴', from, { amountYuan: ALLOWANCES[row.certificate], perMonth: true });
  }
  record(draft, worker, 'APPRAISAL', '年度能力评价', from, { score: 68 + random.below(31) });
}

function distinguish(draft: CommunityDraft, random: Random, worker: WorkerInOffice, index: number): void {
  const { city } = draft.state.profile;
  const day = Math.max(dayNumber(worker.row.hiredOn) + 30, REFERENCE_DAY - 700 + random.below(640));
  if (random.chance(0.06)) {
    record(draft, worker, 'AWARD', '最美社工', day, { batch: dayText(day).slice(0, 4), issuer: '民政局' });
  }
  if (random.chance(0.03)) record(draft, worker, 'RESERVE_CADRE', '街道（镇）后备干部', day, {});
  if (random.chance(0.02)) {
    record(draft, worker, 'SECONDMENT', '街道（镇）挂职', day, { untilOn: dayText(day + 180) });
  }
  if (index !== 0) return;
  // The head of a community: titles of which a city has a fixed number, and careers that lead further.
  if (city in LEADING_TALENTS) {
    if (draft.state.take('leading-talent', LEADING_TALENTS.hangzhou)) {
      record(draft, worker, 'TALENT_TITLE', '社区领军人才', day, { batch: '首批' });
    }
  } else if (random.chance(0.1)) {
    record(draft, worker, 'TALENT_TITLE', '社区领军人才', day, { batch: dayText(day).slice(0, 4) });
  }
  if (
    city in SUPPORTED_TALENTS &&
    draft.plan.ordinal % 11 === 0 &&
    draft.state.take('talent-support', SUPPORTED_TALENTS.jiaxing)
  ) {
    record(draft, worker, 'TALENT_SUPPORT', '高层次人才特殊支持计划', day, { amountYuan: TALENT_SUPPORT_YUAN });
    record(draft, worker, 'GREEN_CARD', '人才“绿卡”', day, { amountYuan: 0 });
  }
  if (draft.plan.ordinal % 6 === 0)
    record(draft, worker, 'CAREER_MOVE', '进镇（街道）领导班子', day, { issuer: '组织部' });
}

function record(
  draft: CommunityDraft,
  worker: WorkerInOffice,
  kind: WorkerRecordKind,
  title: string,
  day: CalendarDay,
  more: Partial<WorkerRecordRow>,
): void {
  draft.table('organizations.worker_record').push(recordOf(draft, worker, kind, title, more, day));
}

/** A record in a worker's file; of a month ago where no day is given. */
export function recordOf(
  draft: CommunityDraft,
  { row }: WorkerInOffice,
  kind: WorkerRecordKind,
  title: string,
  more: Partial<WorkerRecordRow>,
  day: CalendarDay = REFERENCE_DAY - 30,
): WorkerRecordRow {
  return {
    id: draft.organizationIds.next(),
    workerId: row.id,
    personId: row.personId,
    holderName: row.name,
    kind,
    title,
    batch: null,
    issuer: null,
    happenedOn: dayText(Math.min(day, REFERENCE_DAY - 1)),
    untilOn: null,
    amountYuan: null,
    perMonth: false,
    score: null,
    ...more,
    ...draft.place,
    provenanceId: provenanceIds['organizations.worker_record'],
  };
}

/** `YYYY-MM-DD` as a day. */
export function dayNumber(text: string): CalendarDay {
  return Date.parse(`${text}T00:00:00Z`) / 86_400_000;
}
