import { Card, Segmented, Space, Table, Tag } from 'antd';
import { useContext, useState } from 'react';
import {
  type ConflictRow,
  INTAKE,
  type IntakeData,
  RECEIPT_LINES,
  type ReceiptLine,
  type ReceiptLinesData,
  type ReceiptRow,
} from '../documents/intake.ts';
import { useGraph } from '../graph.ts';
import { LanguageContext, useText } from '../language.ts';
import { IMPORT_COLOURS, IMPORT_STATE_NAMES, OUTCOME_NAMES, RULE_NAMES, useName } from '../parts/names.ts';
import { Problems } from '../parts/problems.tsx';
import { showTime } from '../parts/time.ts';
import { linkTo } from '../route.ts';

const PAGE_SIZE = 10;
const EVERY_MILLISECONDS = 15_000;

/** 数据接收: the receipt of every file that a department has sent, and where departments contradict each other. */
export function IntakePage() {
  const text = useText();
  const [page, setPage] = useState(1);
  const [conflictPage, setConflictPage] = useState(1);
  const [state, setState] = useState('OPEN');
  const { data, errors, loading } = useGraph<IntakeData>(
    INTAKE,
    { first: PAGE_SIZE, page, conflictPage, ...(state === 'ALL' ? {} : { state }) },
    EVERY_MILLISECONDS,
  );
  return (
    <>
      <h1>{text('数据接收与冲突', 'Data taken in, and conflicts')}</h1>
      <Problems errors={errors} />
      <Space direction="vertical" size="middle" style={{ width: '100%' }}>
        <Card title={text('接收回执', 'Receipts')}>
          <Receipts data={data} loading={loading} page={page} onPage={setPage} />
        </Card>
        <Card
          title={text('信息冲突', 'Conflicts')}
          extra={
            <Segmented
              value={state}
              onChange={(wanted) => {
                setState(wanted);
                setConflictPage(1);
              }}
              options={[
                { value: 'OPEN', label: text('未决', 'Open') },
                { value: 'AGREED', label: text('已一致', 'Agreed') },
                { value: 'ALL', label: text('全部', 'All') },
              ]}
            />
          }
        >
          <Conflicts data={data} loading={loading} page={conflictPage} onPage={setConflictPage} />
        </Card>
      </Space>
    </>
  );
}

interface PartProps {
  readonly data: IntakeData | null;
  readonly loading: boolean;
  readonly page: number;
  readonly onPage: (page: number) => void;
}

function Receipts({ data, loading, page, onPage }: PartProps) {
  const text = useText();
  const name = useName();
  const language = useContext(LanguageContext);
  const count = (title: string, key: keyof ReceiptRow) => ({ title, dataIndex: key, align: 'right' as const });
  return (
    <Table<ReceiptRow>
      size="small"
      rowKey="batchId"
      loading={loading && data === null}
      dataSource={[...(data?.peopleImports.nodes ?? [])]}
      pagination={{
        current: page,
        pageSize: PAGE_SIZE,
        total: data?.peopleImports.totalCount ?? 0,
        showSizeChanger: false,
        showTotal: (total) => text(`共 ${total} 批`, `${total} batches`),
        onChange: onPage,
      }}
      expandable={{ expandedRowRender: (row) => <Lines receipt={row} /> }}
      columns={[
        { title: text('接收时间', 'Received'), render: (_, row) => showTime(row.receivedAt, language) },
        { title: text('数据集', 'Dataset'), dataIndex: 'datasetName' },
        {
          title: text('来源', 'From'),
          render: (_, row) => (
            <>
              {row.departmentName} <small>{row.systemCode}</small>
            </>
          ),
        },
        {
          title: text('结果', 'Outcome'),
          render: (_, row) => (
            <>
              <Tag color={IMPORT_COLOURS[row.state] ?? ''}>{name(IMPORT_STATE_NAMES, row.state)}</Tag>
              {text(row.reasonZh ?? '', row.reasonEn ?? '')}
            </>
          ),
        },
        count(text('行数', 'Rows'), 'rowCount'),
        count(text('新增', 'New'), 'insertedCount'),
        count(text('更新', 'Updated'), 'updatedCount'),
        count(text('未变', 'Unchanged'), 'unchangedCount'),
        count(text('暂缓', 'Held'), 'heldCount'),
        count(text('拒收', 'Rejected'), 'rejectedCount'),
        count(text('冲突项', 'Conflicts'), 'conflictCount'),
      ]}
    />
  );
}

function Lines({ receipt }: { receipt: ReceiptRow }) {
  const text = useText();
  const name = useName();
  const [page, setPage] = useState(1);
  const { data, errors, loading } = useGraph<ReceiptLinesData>(RECEIPT_LINES, { batchId: receipt.batchId, page });
  const lines = data?.peopleImport?.lines;
  return (
    <>
      <p>
        {text('批次', 'Batch')} <code>{receipt.batchId}</code>
      </p>
      <Problems errors={errors} />
      <Table<ReceiptLine>
        size="small"
        rowKey={({ line, code }) => `${line} ${code}`}
        loading={loading}
        dataSource={[...(lines?.nodes ?? [])]}
        locale={{ emptyText: text('每一行都已接收', 'Every row was taken') }}
        pagination={{
          current: page,
          pageSize: 20,
          total: lines?.totalCount ?? 0,
          hideOnSinglePage: true,
          showSizeChanger: false,
          onChange: setPage,
        }}
        columns={[
          { title: text('行', 'Line'), dataIndex: 'line', align: 'right' },
          { title: text('结果', 'Outcome'), render: (_, row) => name(OUTCOME_NAMES, row.outcome) },
          { title: text('列', 'Column'), render: (_, row) => row.columnName ?? '–' },
          { title: text('值（脱敏）', 'Value (masked)'), render: (_, row) => row.maskedValue ?? '–' },
          { title: text('原因', 'Reason'), render: (_, row) => text(row.messageZh, row.messageEn) },
          { title: text('代码', 'Code'), render: (_, row) => <code>{row.code}</code> },
        ]}
      />
    </>
  );
}

function Conflicts({ data, loading, page, onPage }: PartProps) {
  const text = useText();
  const name = useName();
  const language = useContext(LanguageContext);
  return (
    <Table<ConflictRow>
      size="small"
      rowKey={(row) => `${row.statement.batchId} ${row.item} ${row.statedAt} ${row.departmentName}`}
      loading={loading && data === null}
      dataSource={[...(data?.personItemConflicts.nodes ?? [])]}
      locale={{ emptyText: text('没有冲突', 'No conflicts') }}
      pagination={{
        current: page,
        pageSize: PAGE_SIZE,
        total: data?.personItemConflicts.totalCount ?? 0,
        showSizeChanger: false,
        showTotal: (total) => text(`共 ${total} 项`, `${total} items`),
        onChange: onPage,
      }}
      columns={[
        {
          title: text('信息项', 'Item'),
          render: (_, row) => <a href={linkTo('field', row.coordinate)}>{text(row.itemName, row.coordinate)}</a>,
        },
        { title: text('谁另有说法', 'Who says otherwise'), dataIndex: 'departmentName' },
        { title: text('现值来自', 'Whose word stands'), dataIndex: 'standingDepartmentName' },
        { title: text('数源部门', 'Source department'), dataIndex: 'sourceDepartmentName' },
        { title: text('取值规则', 'Rule'), render: (_, row) => name(RULE_NAMES, row.rule) },
        { title: text('提出时间', 'Since'), render: (_, row) => showTime(row.statedAt, language) },
        {
          title: text('状态', 'State'),
          render: (_, row) =>
            row.settledAt === null ? (
              <Tag color="warning">{text('未决', 'Open')}</Tag>
            ) : (
              <Tag color="success">{`${text('已一致', 'Agreed')} ${showTime(row.settledAt, language)}`}</Tag>
            ),
        },
      ]}
    />
  );
}
