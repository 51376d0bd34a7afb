import { Card, Descriptions, Empty, Space, Spin, Table, Tag } from 'antd';
import { useContext } from 'react';
import { FIELD, type FieldData, type FieldDetail } from '../documents/catalogue.ts';
import { useGraph } from '../graph.ts';
import { LanguageContext, useText } from '../language.ts';
import { CATEGORY_NAMES, CYCLE_NAMES, SHARING_NAMES, useName } from '../parts/names.ts';
import { Problems } from '../parts/problems.tsx';
import { showTime } from '../parts/time.ts';
import { FieldLineage } from './field-lineage.tsx';
import { FieldQuality } from './field-quality.tsx';
import { FieldReaders } from './field-readers.tsx';
import { SimilarFields } from './similar-fields.tsx';

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
        <FieldLineage field={field} data={data as FieldData} />
        <FieldQuality field={field} />
        <FieldReaders field={field} data={data as FieldData} />
        <Usage field={field} data={data as FieldData} />
        <SimilarFields pairs={data?.similarFields ?? []} />
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
    [
      text('新鲜度', 'Fresh as of'),
      field.freshAt === null ? text('数源未上报', 'its source has not reported') : showTime(field.freshAt, language),
    ],
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

function Usage({ field, data }: { field: FieldDetail; data: FieldData }) {
  const text = useText();
  const language = useContext(LanguageContext);
  const { lastReadAt, readers } = field;
  if (readers === null) return null;
  const operations = data.recordedOperations?.totalCount ?? 0;
  return (
    <Card
      title={text('用量（一年内）', 'Usage within a year')}
      extra={
        lastReadAt === null
          ? text('从未被读取', 'Never read')
          : `${text('最近读取', 'Last read')} ${showTime(lastReadAt, language)}`
      }
    >
      <Table
        size="small"
        rowKey="clientId"
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        dataSource={[...readers]}
        columns={[
          {
            title: text('接入方', 'Client'),
            render: (_, { clientId, clientName }) => (
              <>
                {clientName} <small>{clientId}</small>
              </>
            ),
          },
          { title: text('部门', 'Department'), render: (_, { department }) => department?.name ?? '–' },
          { title: text('请求数', 'Requests'), dataIndex: 'requestCount', align: 'right' },
          { title: text('最近读取', 'Last read'), render: (_, reader) => showTime(reader.lastReadAt, language) },
        ]}
        footer={() => text(`${operations} 个不同操作触及此字段`, `${operations} different operations touch this field`)}
      />
    </Card>
  );
}
