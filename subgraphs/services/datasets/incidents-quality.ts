import { type QualityRule, qualityRules } from '../../kit/quality/quality-rule.ts';

/** What is expected of the rows of incidents. */
export const incidentsQuality: readonly QualityRule[] = qualityRules(
  { departmentCode: 'political-legal', table: 'services.incident', typeName: 'Incident' },
  [
    ['title', 'title', { kind: 'PRESENT' }, '标题不空', 'a title is there'],
    ['reporter_person_id', 'reporter', { kind: 'PRESENT' }, '有上报人', 'who reported it is known'],
    [
      'incident_number',
      'incidentNumber',
      { kind: 'MATCHES', pattern: 'SJ[0-9]{14}([0-9]{5}|[0-9A-Z]{8})' },
      '事件编号合编码规则',
      'the number follows its rule',
    ],
    ['reported_at', 'reportedAt', { kind: 'NOT_FUTURE' }, '上报时间不在未来', 'it has been reported'],
    [
      'due_at',
      ['dueAt', 'deadline'],
      { kind: 'NOT_BEFORE', column: 'reported_at' },
      '期限不早于上报',
      'it is due after it was reported',
    ],
    [
      'closed_at',
      ['closedAt', 'reportedAt'],
      { kind: 'NOT_BEFORE', column: 'reported_at' },
      '结案不早于上报',
      'it is closed after it was reported',
    ],
    [
      'grid_code',
      ['grid', 'community'],
      { kind: 'STARTS_WITH', column: 'community_code' },
      '网格在其社区内',
      'the grid lies in its community',
    ],
    ['reported_at', 'reportedAt', { kind: 'WITHIN_DAYS', days: 366 }, '一年内上报', 'it was reported within the year'],
  ],
);
