import { dayText } from '../chance/calendar-day.ts';
import { socialOrganizationUscc } from '../identifiers/uscc.ts';
import { REFERENCE_DAY } from '../people/family.ts';
import { provenanceIds } from '../provenance.ts';
import type { CommitteeRow } from '../rows.ts';
import type { CommunityDraft } from '../territory/community-draft.ts';
import type { WorkerRecordKind } from '../vocabulary.ts';
import { engagementRow, organizationRow } from './city-bodies.ts';
import type { WorkerInOffice } from './community-worker.ts';
import type { ElectionRow } from './election-rows.ts';
import { recordOf } from './worker-file.ts';

/** Social organizations of these numbers are nobody's by chance. */
const FIRST_NUMBER = 9_000_000;

const RECORDS: readonly (readonly [WorkerRecordKind, title: string, Parameters<typeof recordOf>[4]])[] = [
  ['AWARD', '最美社工', { batch: '2025', issuer: '民政局' }],
  ['GRADE_CHANGE', '薪级晋升一级', {}],
  ['RESERVE_CADRE', '街道（镇）后备干部', {}],
  ['SECONDMENT', '街道（镇）挂职', { untilOn: dayText(REFERENCE_DAY + 60) }],
];

/** In the first communities of a city: a row of each kind that is rare, so that whoever asks for it finds one. */
export function rareKinds(draft: CommunityDraft, workers: readonly WorkerInOffice[], committee: CommitteeRow): void {
  if (draft.plan.ordinal === 1) electionsUnderWay(draft, committee);
  if (draft.plan.ordinal !== 0) return;
  const { city } = draft.state.profile;
  const [head, ...others] = workers;
  voidElection(draft, committee);
  bodies(draft, head);
  onlineTraining(draft);
  const member = others[0];
  if (head === undefined || member === undefined) return;
  for (const [kind, title, more] of RECORDS) {
    draft.table('organizations.worker_record').push(recordOf(draft, member, kind, title, more));
  }
  // Hangzhou has as many as its article says.
  if (city !== 'hangzhou') {
    const talent = recordOf(draft, head, 'TALENT_TITLE', '社区领军人才', { batch: '2025' });
    draft.table('organizations.worker_record').push(talent);
  }
  seniorCertificate(draft, member);
}

function bodies(draft: CommunityDraft, head: WorkerInOffice | undefined): void {
  const { plan, place, organizationIds: ids, state } = draft;
  const city = { cityCode: place.cityCode };
  const table = draft.table('organizations.organization');
  const registered = (
    [
      ['51', 'SOCIAL_ASSOCIATION', `${state.profile.name}社区治理促进会（示例）`, city],
      ['52', 'SOCIAL_SERVICE_AGENCY', `${plan.name}社会工作服务中心（示例）`, place],
      ['53', 'FOUNDATION', `${state.profile.name}社区发展基金会（示例）`, city],
    ] as const
  ).map(([prefix, form, name, where], index) =>
    organizationRow(ids.next(), 'SOCIAL_ORGANIZATION', name, where, {
      form,
      field: 'CHARITY',
      registration: 'REGISTERED',
      uscc: socialOrganizationUscc(prefix, FIRST_NUMBER + index),
    }),
  );
  table.push(...registered);
  const withTeam = table.some(({ kind }) => kind === 'SERVICE_TEAM');
  // Sanya has as many as its article says.
  if (!withTeam && state.profile.city !== 'sanya') {
    table.push(organizationRow(ids.next(), 'SERVICE_TEAM', `${plan.name}服务团队`, place));
  }
  const [first] = registered;
  if (head === undefined || first === undefined) return;
  draft.table('organizations.engagement').push(
    engagementRow(ids.next(), {
      role: 'SECONDED',
      holder: ['WORKER', head.row.id, head.row.name],
      subject: ['ORGANIZATION', first.id],
      cityCode: place.cityCode,
      validFrom: '2026-01-05',
    }),
  );
}

function onlineTraining(draft: CommunityDraft): void {
  const { plan, place, organizationIds: ids } = draft;
  const course = {
    categoryCode: null,
    studyScope: null,
    runNumber: 1,
    term: '2026',
    budgetYuan: null,
    reportedAttendees: null,
    cityCode: place.cityCode,
    provenanceId: provenanceIds['organizations.training_course'],
  };
  draft.table('organizations.training_course').push({
    ...course,
    id: ids.next(),
    title: '2026 年社区工作者网络课程（示例）',
    kind: 'POST',
    tier: 'CITY',
    mode: 'ONLINE',
    startsOn: '2026-02-02',
    hours: 6,
    countyCode: null,
    townshipCode: null,
  });
  // Sanya's districts have no townships.
  if (plan.townshipName === '') return;
  draft.table('organizations.training_course').push({
    ...course,
    id: ids.next(),
    title: `${plan.townshipName} 2026 年社区工作者岗位培训（示例）`,
    kind: 'POST',
    tier: 'TOWNSHIP',
    mode: 'OFFLINE',
    startsOn: '2026-03-16',
    hours: 4,
    countyCode: place.countyCode,
    townshipCode: place.townshipCode,
  });
}

/** Beside what the worker has: who holds the highest has passed the lower ones before. */
function seniorCertificate(draft: CommunityDraft, { row }: WorkerInOffice): void {
  draft.table('organizations.certificate').push({
    id: draft.organizationIds.next(),
    personId: row.personId,
    workerId: row.id,
    holderName: row.name,
    level: 'SENIOR',
    certificateNumber: `SYN${draft.place.communityCode}S01`,
    passedYear: 2025,
    ...draft.place,
    provenanceId: provenanceIds['organizations.certificate'],
  });
}

function electionRow(draft: CommunityDraft, committee: CommitteeRow, more: Partial<ElectionRow>): ElectionRow {
  return {
    id: draft.organizationIds.next(),
    committeeKind: committee.kind,
    committeeId: null,
    termNumber: committee.termNumber + 1,
    byElection: false,
    seats: 3,
    state: 'PREPARED',
    rollPublishedOn: null,
    votedOn: null,
    certifiedOn: null,
    registeredVoters: Math.max(1, Math.round(draft.residents.filter(({ age }) => age >= 18).length * 0.7)),
    ballotsCast: 0,
    validBallots: 0,
    ...more,
    ...draft.place,
    provenanceId: provenanceIds['organizations.election'],
  };
}

/** A by-election of which too few took part. */
function voidElection(draft: CommunityDraft, committee: CommitteeRow): void {
  const row = electionRow(draft, committee, {
    ...{ state: 'VOID', byElection: true, seats: 1, termNumber: committee.termNumber },
    ...{ rollPublishedOn: dayText(REFERENCE_DAY - 130), votedOn: dayText(REFERENCE_DAY - 100) },
  });
  const cast = Math.floor(row.registeredVoters * 0.4);
  draft.table('organizations.election').push({ ...row, ballotsCast: cast, validBallots: cast });
}

function electionsUnderWay(draft: CommunityDraft, committee: CommitteeRow): void {
  draft
    .table('organizations.election')
    .push(
      electionRow(draft, committee, { committeeKind: 'SUPERVISION' }),
      electionRow(draft, committee, { state: 'NOMINATED', rollPublishedOn: dayText(REFERENCE_DAY - 12) }),
    );
}
