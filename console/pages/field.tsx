import { Card, Descriptions, Empty, Space, Spin, Table, Tag } from 'antd';
import { useContext } from 'react';
import { FIELD, type FieldData, type FieldDetail } from '../documents/catalogue.ts';
import { useGraph } from '../graph.ts';
import { LanguageContext, useText } from '../language.ts';
import {
  CATEGORY_NAMES,
  CYCLE_NAMES,
  HEALTH_COLOURS,
  HEALTH_NAMES,
  ORIGIN_NAMES,
  SHARING_NAMES,
  useName,
} from '../parts/names.ts';
import { Problems } from '../parts/problems.tsx';
import { showTime } from '../parts/time.ts';
import { linkTo } from '../route.ts';
import { FieldReaders } from './field-readers.tsx';

/** One field: its data card, where its value comes from, who uses it through which operations. */
export function FieldPage({ coordinate }: { coordinate: string }) {
  const text = useText();
  const { data, errors, loading } = useGraph<FieldData>(FIELD, { coordinate });
  const field = data?.dataField;
  if (data === null && loading) return <Spin />;
  if (field == null) {
    return (
      <>
        <Problems errors={errors} />
        <Empty description={text(`没有字段 ${coordinate}`, `There is no field ${coordinate}`)} />
      </>
    );
  }
  return (
    <>
      <h1>
        {text(field.descriptionZh, field.descriptionEn)} <code>{field.coordinate}</code>{' '}
        {field.deprecated ? <Tag color="orange">{text('弃用', 'Deprecated')}</Tag> : null}
        <a className="aside" href={`/docs/types/${field.typeName}#${field.fieldName}`}>
          {text('文档', 'Docs')}
        </a>
      </h1>
      <Problems errors={errors} />
      <Space direction="vertical" size="middle" style={{ width: '100%' }}>
        <DataCard field={field} />
        <Lineage field={field} data={data as FieldData} />
        <FieldReaders field={field} data={data as FieldData} />
        <Usage field={field} data={data as FieldData} />
      </Space>
    </>
  );
}

function DataCard({ field }: { field: FieldDetail }) {
  const text = useText();
  const name = useName();
  const language = useContext(LanguageContext);
  const items: [string, React.ReactNode][] = [
    [text('类型', 'Type'), <code key="type">{field.fieldType}</code>],
    [text('数源部门', 'Source department'), `${field.sourceDepartmentName} ${field.sourceDepartmentCode}`],
    [text('共享属性', 'Sharing'), name(SHARING_NAMES, field.sharing)],
    [text('依据', 'Legal ground'), field.sharingBasis ?? '–'],
    [text('分级', 'Grade'), String(field.grade)],
    [text('分类', 'Category'), name(CATEGORY_NAMES, field.category)],
    [
      text('谁能读', 'Who may read'),
      field.requiredRight === null
        ? text('所有接入方', 'every client')
        : `${text(field.requiredRightName ?? '', '')} ${field.requiredRight}`,
    ],
    [
      text('无权限时', 'Without the right'),
      field.requiredRight === null
        ? '–'
        : field.mask === null
          ? text('不可读', 'refused')
          : text(`脱敏（${field.mask}）`, `masked (${field.mask})`),
    ],
    [text('单位', 'Unit'), field.unit ?? '–'],
    [text('更新周期', 'Update cycle'), name(CYCLE_NAMES, field.updateCycle)],
    [text('提供子图', 'Subgraphs'), field.subgraphs.join(', ')],
    [text('首次上线', 'Live since'), showTime(field.firstSeenAt, language)],
    [text('目录版本', 'Catalogue version'), String(field.versions[0]?.version ?? '–')],
    [text('弃用原因', 'Deprecation'), field.deprecationReason ?? '–'],
    [text('约定移除日期', 'Removal date'), field.removalOn ?? '–'],
  ];
  return (
    <Card title={text('数据卡片', 'Data card')}>
      <Descriptions
        size="small"
        bordered
        column={{ xs: 1, lg: 2, xxl: 3 }}
        items={items.map(([label, children]) => ({ key: label, label, children }))}
      />
      {field.differencesFromGraph.length === 0 ? null : (
        <p>{text('目录与图谱不一致：', 'Catalogue and graph differ in: ') + field.differencesFromGraph.join(', ')}</p>
      )}
    </Card>
  );
}

/** 血缘: source system → dataset → field → operations → clients, each step as far as it is known. */
function Lineage({ field, data }: { field: FieldDetail; data: FieldData }) {
  const text = useText();
  const name = useName();
  const operations = data.recordedOperations?.nodes ?? [];
  const clients = [...new Set((field.usage?.nodes ?? []).map(({ clientId }) => clientId))];
  return (
    <Card title={text('血缘：从来源到使用', 'Lineage: from source to use')}>
      <ol className="lineage">
        <li>
          <h3>{text('来源', 'Source')}</h3>
          {field.sourceSystem === null ? (
            <p>{name(ORIGIN_NAMES, field.origin)}</p>
          ) : (
            <p>
              <a href={linkTo('systems')}>{field.sourceSystem.name ?? `${field.sourceSystem.code}（待补）`}</a>
              <br />
              {field.sourceSystem.departmentName}{' '}
              <Tag color={HEALTH_COLOURS[field.sourceSystem.health] ?? ''}>
                {name(HEALTH_NAMES, field.sourceSystem.health)}
              </Tag>
            </p>
          )}
        </li>
        <li>
          <h3>{field.origin === 'DERIVED' ? text('派生口径', 'Formula') : text('数据集', 'Dataset')}</h3>
          <p>{field.derivedFrom ?? field.dataset?.name ?? field.dataset?.code ?? '–'}</p>
        </li>
        <li aria-current="true">
          <h3>{text('字段', 'Field')}</h3>
          <p>
            <code>{field.coordinate}</code>
          </p>
        </li>
        <li>
          <h3>{text('操作', 'Operations')}</h3>
          {data.recordedOperations === null ? (
            <p>{text('须有数据专员权限', 'needs the right of stewards')}</p>
          ) : (
            <ul>
              {operations.slice(0, 8).map(({ hash, name: operation, operationType }) => (
                <li key={hash} title={hash}>
                  {operation ?? hash.slice(0, 8)} <small>{operationType}</small>
                </li>
              ))}
              {(data.recordedOperations.totalCount ?? 0) > 8 ? <li>… {data.recordedOperations.totalCount}</li> : null}
              {operations.length === 0 ? <li>{text('尚无人使用', 'nobody yet')}</li> : null}
            </ul>
          )}
        </li>
        <li>
          <h3>{text('接入方', 'Clients')}</h3>
          <ul>
            {clients.map((client) => (
              <li key={client}>{client}</li>
            ))}
            {clients.length === 0 ? <li>–</li> : null}
          </ul>
        </li>
      </ol>
    </Card>
  );
}

function Usage({ field, data }: { field: FieldDetail; data: FieldData }) {
  const text = useText();
  const language = useContext(LanguageContext);
  if (field.usage === null) return null;
  const last = field.usage.nodes.reduce((latest, { lastSeenAt }) => (lastSeenAt > latest ? lastSeenAt : latest), '');
  return (
    <Card
      title={text('用量', 'Usage')}
      extra={
        last === '' ? text('从未被读取', 'Never read') : `${text('最近读取', 'Last read')} ${showTime(last, language)}`
      }
    >
      <Table
        size="small"
        rowKey={({ clientId, day }) => `${clientId} ${day}`}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        dataSource={[...field.usage.nodes]}
        columns={[
          { title: text('接入方', 'Client'), dataIndex: 'clientId' },
          { title: text('日期', 'Day'), dataIndex: 'day' },
          { title: text('请求数', 'Requests'), dataIndex: 'requestCount', align: 'right' },
        ]}
        footer={() =>
          text(
            `${data.recordedOperations?.totalCount ?? 0} 个不同操作触及此字段`,
            `${data.recordedOperations?.totalCount ?? 0} different operations touch this field`,
          )
        }
      />
    </Card>
  );
}
