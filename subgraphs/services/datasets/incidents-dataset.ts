import { ownCodeKind, placeCodeKind, referenceCodeKind, textKind, timeKind } from '../../kit/ingest/column-kinds.ts';
import type {
  ColumnKind,
  DatasetColumn,
  DatasetDeclaration,
  RowFault,
  RowValues,
  StagedValue,
} from '../../kit/ingest/dataset.ts';
import { plainColumn, plainItemsOf } from '../../kit/ingest/plain-parts.ts';
import { containsPersonalNumber } from '../../kit/personal-number.ts';
import { incidentNumber } from '../rules/incidents/incident-number.ts';
import { isIncidentTitle, MAX_TITLE_CHARACTERS } from '../rules/incidents/incident-title.ts';
import { ALERTS_OF_NEW } from './incident-alerts.ts';
import { incidentCodes } from './incident-codes.ts';

const titleText = textKind(MAX_TITLE_CHARACTERS, '事件标题', 'a title');
const titleKind: ColumnKind = {
  ...titleText,
  parse(text, today) {
    if (!isIncidentTitle(text)) return { code: 'TITLE_INVALID', values: { max: MAX_TITLE_CHARACTERS } };
    return containsPersonalNumber(text) ? { code: 'PERSONAL_NUMBER_IN_TEXT' } : titleText.parse(text, today);
  },
};

const past = timeKind({ mayBeInFuture: false });

const columns: readonly DatasetColumn[] = [
  plainColumn(
    'externalNumber',
    '外部编号',
    referenceCodeKind(64, '来源系统中的编号', 'its number in the system that it comes from'),
    'ALWAYS',
    {
      aliases: ['工单编号', '工单号', '案件编号', '事件编号'],
      coordinate: 'Incident.externalNumber',
      example: 'GD20260629-000123',
      descriptionZh: '与来源系统一起用于匹配',
      descriptionEn: 'what an incident is known by, together with its system',
      staged: 'external_number',
    },
  ),
  plainColumn('sourceSystem', '来源系统', referenceCodeKind(64, '来源系统代码', 'the code of a system'), 'NEVER', {
    aliases: ['来源系统代码'],
    coordinate: 'Incident.sourceSystem',
    example: '',
    descriptionZh: '缺省为报送的系统；承办部门报送他人工单时填写原系统',
    descriptionEn: 'the sending system when empty; a department that reports on another’s case names its system',
    staged: 'source_system',
  }),
  plainColumn('category', '事件类别', ownCodeKind('事件类别', incidentCodes.category), 'NEW', {
    aliases: ['类别', '诉求类别'],
    coordinate: 'Incident.category',
    example: '隐患',
    descriptionZh: '事件是关于什么的',
    descriptionEn: 'what it is about',
    staged: 'category',
  }),
  plainColumn('title', '事件标题', titleKind, 'NEW', {
    aliases: ['标题', '诉求标题'],
    coordinate: 'Incident.title',
    example: '楼道堆放杂物',
    descriptionZh: '一句话；不得含身份证号与电话号码',
    descriptionEn: 'one line; without citizen and telephone numbers',
    staged: 'title',
  }),
  plainColumn('channel', '上报渠道', ownCodeKind('上报渠道', incidentCodes.channel), 'NEW', {
    aliases: ['渠道', '来源渠道'],
    coordinate: 'Incident.channel',
    example: '12345热线',
    descriptionZh: '如何上报的',
    descriptionEn: 'how it came in',
    staged: 'channel',
  }),
  plainColumn('severity', '严重程度', ownCodeKind('严重程度', incidentCodes.severity), 'NEW', {
    coordinate: 'Incident.severity',
    example: '一般',
    descriptionZh: '严重程度',
    descriptionEn: 'how grave it is',
    staged: 'severity',
  }),
  plainColumn(
    'gridCode',
    '网格编码',
    placeCodeKind([15], '网格编码（15 位）', 'the code of a grid (15 digits)'),
    'NEW',
    {
      aliases: ['所在网格', '网格代码'],
      coordinate: 'Incident.grid',
      example: '330402007024001',
      descriptionZh: '发生地所在网格；只用于新登记',
      descriptionEn: 'where it happened; for new records',
      staged: 'grid_code',
    },
  ),
  plainColumn('reportedAt', '上报时间', past, 'NEW', {
    aliases: ['受理登记时间', '来电时间'],
    coordinate: 'Incident.reportedAt',
    example: '2026-06-29 20:08:00',
    descriptionZh: '上报的时间',
    descriptionEn: 'when it was reported',
    staged: 'reported_at',
  }),
  plainColumn('state', '事件状态', ownCodeKind('事件状态', incidentCodes.state), 'NEW', {
    aliases: ['状态', '办理状态'],
    coordinate: 'Incident.state',
    example: '处置',
    descriptionZh: '现在的状态；在枢纽上已流转的事件按流转程序办理',
    descriptionEn: 'where it stands; a case that moves on in the hub is moved on there',
    staged: 'state',
  }),
  plainColumn('dueAt', '办理期限', timeKind({ mayBeInFuture: true }), 'NEVER', {
    aliases: ['办结期限'],
    coordinate: 'Incident.dueAt',
    example: '2026-07-06 18:00:00',
    descriptionZh: '受理后的办理期限',
    descriptionEn: 'until when it must be dealt with, once accepted',
    staged: 'due_at',
  }),
  plainColumn('closedAt', '结案时间', past, 'NEVER', {
    aliases: ['办结时间'],
    coordinate: 'Incident.closedAt',
    example: '',
    descriptionZh: '状态为结案时必填，其他状态留空',
    descriptionEn: 'of a closed case only, and then needed',
    staged: 'closed_at',
  }),
  plainColumn('handlerDepartment', '承办部门', ownCodeKind('部门', incidentCodes.handler), 'NEVER', {
    aliases: ['承办单位', '主办部门'],
    coordinate: 'Incident.handlerDepartment',
    example: '综合行政执法局',
    descriptionZh: '交办之后的承办部门',
    descriptionEn: 'the department that handles it, once dispatched',
    staged: 'handler_department_code',
  }),
];

const placeColumns = ['city_code', 'county_code', 'township_code', 'community_code', 'grid_code'];
const TABLE = 'services.incident';

/** An incident that has taken a step in the hub goes on in the hub. Imported steps name no event. */
const MOVES_IN_HUB =
  'EXISTS (SELECT FROM services.incident_transition x WHERE x.incident_id = p.id AND x.event IS NOT NULL)';

const simple = plainItemsOf('Incident');

/** 事件 — cases of a department's hotline or grid platform, known by system and number; their steps as the file tells them. */
export const incidentsDataset: DatasetDeclaration = {
  name: 'incidents',
  version: 1,
  zh: '事件',
  en: 'incidents of a department’s own system',
  right: 'incident.import',
  typeName: 'Incident',
  event: 'incident',
  table: TABLE,
  columns,
  staged: [
    { name: 'source_system', type: 'text' },
    { name: 'external_number', type: 'text' },
    { name: 'incident_number', type: 'text' },
    { name: 'category', type: 'text' },
    { name: 'title', type: 'text' },
    { name: 'channel', type: 'text' },
    { name: 'severity', type: 'text' },
    { name: 'reported_at', type: 'timestamptz' },
    { name: 'state', type: 'text' },
    { name: 'due_at', type: 'timestamptz' },
    { name: 'closed_at', type: 'timestamptz' },
    { name: 'handler_department_code', type: 'text' },
    ...placeColumns.map((name) => ({ name, type: 'text' as const })),
  ],
  identity: ['source_system', 'external_number'],
  items: [
    simple('category', 'category'),
    simple('title', 'title'),
    simple('channel', 'channel'),
    simple('severity', 'severity'),
    simple('reportedAt', 'reported_at'),
    // A case is closed at a time, or it is not closed.
    {
      key: 'state',
      column: 'state',
      coordinate: 'Incident.state',
      stores: ['state', 'closed_at'],
      compares: ['state', 'closed_at'],
      changesElsewhere: MOVES_IN_HUB,
    },
    { ...simple('dueAt', 'due_at'), changesElsewhere: MOVES_IN_HUB },
    { ...simple('handlerDepartment', 'handler_department_code'), changesElsewhere: MOVES_IN_HUB },
    {
      key: 'grid',
      column: 'gridCode',
      coordinate: 'Incident.grid',
      stores: placeColumns,
      compares: ['grid_code'],
      changesElsewhere: true,
    },
  ],
  onlyNew: ['source_system', 'external_number', 'incident_number'],
  neededForNew: {
    category: 'category',
    title: 'title',
    channel: 'channel',
    severity: 'severity',
    grid_code: 'gridCode',
    reported_at: 'reportedAt',
    state: 'state',
  },
  area: ['gridCode'],
  scope: { alias: 'p', hasGridCode: true },
  places: [{ column: 'gridCode', staged: 'grid_code' }],
  references: [],
  counts: [],
  countedBy: ['city_code'],
  following: {
    ofNew: `INSERT INTO services.incident_transition
        (incident_id, ordinal, from_state, to_state, event, at, actor_department_code, provenance_id)
      SELECT p.id, step.ordinal, step.from_state, step.to_state, NULL, step.at, {department}, {batch}
        FROM {new} n JOIN ${TABLE} p ON p.id = n.id
       CROSS JOIN LATERAL (VALUES (1, NULL, 'REPORTED', p.reported_at),
                                  (2, 'REPORTED', p.state, coalesce(p.closed_at, {at}::timestamptz)))
               AS step(ordinal, from_state, to_state, at)
       WHERE step.ordinal = 1 OR p.state <> 'REPORTED'`,
    ofChanged: `INSERT INTO services.incident_transition
        (incident_id, ordinal, from_state, to_state, event, at, actor_department_code, provenance_id)
      SELECT p.id, last.ordinal + 1, last.to_state, p.state, NULL, coalesce(p.closed_at, {at}::timestamptz), {department}, {batch}
        FROM {changed} c JOIN ${TABLE} p ON p.id = c.row_id
       CROSS JOIN LATERAL (SELECT x.ordinal, x.to_state FROM services.incident_transition x
                            WHERE x.incident_id = p.id ORDER BY x.ordinal DESC LIMIT 1) last
       WHERE 'state' = ANY(c.items) AND last.to_state <> p.state`,
    brought: ALERTS_OF_NEW,
  },
  stage(values, { systemCode }, id): readonly StagedValue[] | RowFault {
    const fault = timesFault(values);
    if (fault !== undefined) return fault;
    const stated = (key: string) => values.get(key) ?? null;
    const [grid, reportedAt] = [stated('gridCode'), stated('reportedAt')];
    const number =
      grid === null || reportedAt === null ? null : incidentNumber(id, new Date(reportedAt), grid.slice(0, 6));
    return [
      stated('sourceSystem') ?? systemCode,
      stated('externalNumber'),
      number,
      ...[
        'category',
        'title',
        'channel',
        'severity',
        'reportedAt',
        'state',
        'dueAt',
        'closedAt',
        'handlerDepartment',
      ].map(stated),
      ...[4, 6, 9, 12, 15].map((digits) => grid?.slice(0, digits) ?? null),
    ];
  },
};

function timesFault(values: RowValues): RowFault | undefined {
  const [state, reportedAt, closedAt] = ['state', 'reportedAt', 'closedAt'].map((key) => values.get(key));
  if (state !== undefined && (state === 'CLOSED') !== (closedAt !== undefined)) {
    return { code: 'CLOSING_CONTRADICTS', column: 'closedAt' };
  }
  if (state === undefined && closedAt !== undefined) return { code: 'CLOSING_CONTRADICTS', column: 'state' };
  if (reportedAt === undefined || closedAt === undefined) return undefined;
  return new Date(closedAt) < new Date(reportedAt) ? { code: 'PERIOD_REVERSED', column: 'closedAt' } : undefined;
}
