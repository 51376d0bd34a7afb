import { Button, Input, Select, Space, Table, Tag } from 'antd';
import { useEffect, useState } from 'react';
import { FIELDS, type FieldRow, type FieldsData } from '../documents/catalogue.ts';
import { useGraph } from '../graph.ts';
import { useText } from '../language.ts';
import { SHARING_NAMES, useName } from '../parts/names.ts';
import { Pager } from '../parts/pager.tsx';
import { Problems } from '../parts/problems.tsx';
import { linkTo } from '../route.ts';

const PAGE_SIZE = 20;
/** A pause in typing; the search itself takes some milliseconds. */
const PAUSE_MILLISECONDS = 200;

/** What stewards look for. */
const KNOWN = {
  unused: {
    ...{ zh: '一年内无人使用', en: 'Used by nobody within a year' },
    filter: () => ({ unusedSince: new Date(Date.now() - 366 * 86_400_000).toISOString().slice(0, 10) }),
  },
  withoutOwner: { zh: '无主信息项', en: 'Without an owner', filter: () => ({ withoutOwner: true }) },
  deprecated: { zh: '已弃用', en: 'Deprecated', filter: () => ({ deprecated: true }) },
} as const;

/** 目录与图谱浏览: every field of the live graph, found in Chinese, English, pinyin and initials. */
export function FieldsPage({ typeName }: { typeName: string | undefined }) {
  const text = useText();
  const name = useName();
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  const [sharing, setSharing] = useState<string>();
  const [graphOnly, setGraphOnly] = useState(false);
  const [only, setOnly] = useState<keyof typeof KNOWN>();
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [typed]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice begins at its first page
  useEffect(() => setCursors([undefined]), [search, sharing, typeName, graphOnly, only]);
  const filter = {
    ...(search === '' ? {} : { search }),
    ...(sharing === undefined ? {} : { sharing }),
    ...(typeName === undefined ? {} : { typeName }),
    ...(graphOnly ? {} : { graphOnly: false }),
    ...(only === undefined ? {} : KNOWN[only].filter()),
  };
  const { data, errors, loading } = useGraph<FieldsData>(FIELDS, {
    first: PAGE_SIZE,
    after: cursors[cursors.length - 1],
    filter,
  });
  const page = data?.dataFields;
  return (
    <>
      <h1>{text('目录与图谱', 'Catalogue and schema')}</h1>
      <Space wrap style={{ marginBottom: 16 }}>
        <Input.Search
          autoFocus
          allowClear
          style={{ width: '28rem' }}
          aria-label={text('搜索字段', 'Search fields')}
          placeholder={text(
            '中文、英文、坐标、拼音或首字母，如 出生日期 / csrq / Person',
            'Chinese, English, coordinate, pinyin or initials, e.g. csrq',
          )}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Select
          allowClear
          style={{ minWidth: '11rem' }}
          aria-label={text('共享属性', 'Sharing')}
          placeholder={text('共享属性', 'Sharing')}
          value={sharing ?? null}
          onChange={(value: string | null) => setSharing(value ?? undefined)}
          options={Object.keys(SHARING_NAMES).map((code) => ({ value: code, label: name(SHARING_NAMES, code) }))}
        />
        <Select
          allowClear
          style={{ minWidth: '13rem' }}
          aria-label={text('只看', 'Only')}
          placeholder={text('只看…', 'Only …')}
          value={only ?? null}
          onChange={(value: keyof typeof KNOWN | null) => setOnly(value ?? undefined)}
          options={Object.entries(KNOWN).map(([value, { en, zh }]) => ({ value, label: text(zh, en) }))}
        />
        <a href={linkTo('similar')}>{text('疑似同义', 'Look-alikes')}</a>
        <Button aria-pressed={graphOnly} onClick={() => setGraphOnly(!graphOnly)}>
          {graphOnly ? text('只看数据项', 'Data only') : text('含图谱结构', 'With graph structure')}
        </Button>
        {typeName === undefined ? null : (
          <>
            <Tag closable onClose={() => (location.hash = linkTo('fields'))}>
              {text('类型', 'Type')} {typeName}
            </Tag>
            <a href={`/docs/types/${typeName}`}>{text('该类型的文档', 'Documentation of the type')}</a>
          </>
        )}
        <span role="status">
          {page === undefined ? '' : text(`共 ${page.totalCount} 项`, `${page.totalCount} fields`)}
        </span>
      </Space>
      <Problems errors={errors} />
      <Table<FieldRow>
        size="small"
        rowKey="coordinate"
        loading={loading}
        pagination={false}
        dataSource={[...(page?.nodes ?? [])]}
        columns={[
          {
            title: text('坐标', 'Coordinate'),
            render: (_, { coordinate }) => {
              const [type = '', field = ''] = coordinate.split('.');
              return (
                <>
                  <a href={linkTo('fields', type)}>{type}</a>.<a href={linkTo('field', coordinate)}>{field}</a>
                </>
              );
            },
          },
          {
            title: text('名称', 'Description'),
            render: (_, row) => (
              <>
                {text(row.descriptionZh, row.descriptionEn)}
                {row.deprecated ? <Tag color="orange"> {text('弃用', 'Deprecated')}</Tag> : null}
              </>
            ),
          },
          { title: text('类型', 'Type'), dataIndex: 'fieldType' },
          {
            title: text('数源部门', 'Source'),
            render: (_, row) => text(row.sourceDepartmentName, row.sourceDepartmentCode),
          },
          { title: text('共享', 'Sharing'), render: (_, row) => name(SHARING_NAMES, row.sharing) },
          { title: text('分级', 'Grade'), dataIndex: 'grade', align: 'right' },
          { title: text('质量分', 'Quality'), align: 'right', render: (_, row) => row.qualityScore ?? '–' },
          {
            title: text('谁能读', 'Who may read'),
            render: (_, row) =>
              row.requiredRight === null
                ? text('所有接入方', 'every client')
                : `${text(row.requiredRightName ?? row.requiredRight, row.requiredRight)}${row.mask === null ? '' : text('，否则脱敏', ', masked otherwise')}`,
          },
        ]}
      />
      <Pager cursors={cursors} pageInfo={page?.pageInfo} onTurn={setCursors} />
    </>
  );
}
