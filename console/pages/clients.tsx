import { Table, Tag } from 'antd';
import { useContext, useState } from 'react';
import { CLIENTS, type ClientRow, type ClientsData, type ManifestRow } from '../documents/clients.ts';
import { useGraph } from '../graph.ts';
import { LanguageContext, useText } from '../language.ts';
import { CLIENT_KIND_NAMES, useName } from '../parts/names.ts';
import { Problems } from '../parts/problems.tsx';
import { showTime } from '../parts/time.ts';

const PAGE_SIZE = 20;

/** 接入方: who may call the graph, with which rights, and which trusted operations each has registered. */
export function ClientsPage() {
  const text = useText();
  const name = useName();
  const [page, setPage] = useState(1);
  const { data, errors, loading } = useGraph<ClientsData>(CLIENTS, { first: PAGE_SIZE, page });
  return (
    <>
      <h1>{text('接入方与受信操作', 'Clients and their trusted operations')}</h1>
      <Problems errors={errors} />
      <Table<ClientRow>
        size="small"
        rowKey="clientId"
        loading={loading && data === null}
        dataSource={[...(data?.clients?.nodes ?? [])]}
        pagination={{
          current: page,
          pageSize: PAGE_SIZE,
          total: data?.clients?.totalCount ?? 0,
          showSizeChanger: false,
          showTotal: (total) => text(`共 ${total} 个`, `${total} clients`),
          onChange: setPage,
        }}
        expandable={{ expandedRowRender: (row) => <Manifests client={row} /> }}
        columns={[
          {
            title: text('接入方', 'Client'),
            render: (_, row) => (
              <>
                {row.name} <small>{row.clientId}</small>
              </>
            ),
          },
          { title: text('类型', 'Kind'), render: (_, row) => name(CLIENT_KIND_NAMES, row.kind) },
          { title: text('部门', 'Department'), dataIndex: 'departmentCode' },
          { title: text('辖区', 'Area'), render: (_, row) => row.jurisdictionCodes.join(', ') || '–' },
          { title: text('权限', 'Rights'), align: 'right', render: (_, row) => row.rightNames.length },
          {
            title: text('状态', 'State'),
            render: (_, row) => (
              <>
                <Tag color={row.active ? 'success' : 'error'}>
                  {row.active ? text('启用', 'Active') : text('停用', 'Disabled')}
                </Tag>
                {row.trustedOnly ? <Tag color="blue">{text('仅限受信操作', 'Trusted only')}</Tag> : null}
              </>
            ),
          },
          {
            title: text('在用清单', 'Live manifests'),
            align: 'right',
            render: (_, row) => row.operationManifests.nodes.filter(({ retiredAt }) => retiredAt === null).length,
          },
        ]}
      />
    </>
  );
}

function Manifests({ client }: { client: ClientRow }) {
  const text = useText();
  const language = useContext(LanguageContext);
  return (
    <>
      <p>
        <strong>{text('权限', 'Rights')}</strong>{' '}
        {client.rightNames.map((right) => (
          <Tag key={right}>{right}</Tag>
        ))}
      </p>
      <Table<ManifestRow>
        size="small"
        rowKey={({ scenario, version }) => `${scenario} ${version}`}
        dataSource={[...client.operationManifests.nodes]}
        pagination={false}
        locale={{
          emptyText: text(
            '没有登记清单：npm run operations -- register',
            'No manifest registered: npm run operations -- register',
          ),
        }}
        columns={[
          { title: text('场景', 'Scenario'), dataIndex: 'scenario' },
          { title: text('版本', 'Version'), dataIndex: 'version' },
          { title: text('登记时间', 'Registered'), render: (_, row) => showTime(row.registeredAt, language) },
          {
            title: text('状态', 'State'),
            render: (_, row) =>
              row.retiredAt === null ? (
                <Tag color="success">{text('在用', 'Live')}</Tag>
              ) : (
                <Tag>{`${text('已停用', 'Retired')} ${showTime(row.retiredAt, language)}`}</Tag>
              ),
          },
          {
            title: text('操作', 'Operations'),
            render: (_, row) => row.operations.map(({ name, hash }) => name ?? hash.slice(0, 8)).join(', '),
          },
        ]}
      />
    </>
  );
}
