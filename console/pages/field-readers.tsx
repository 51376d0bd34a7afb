import { Card, Table, Tag } from 'antd';
import type { FieldData, FieldDetail } from '../documents/catalogue.ts';
import { useText } from '../language.ts';

interface Reader {
  readonly clientId: string;
  readonly name: string;
  readonly departmentCode: string;
  readonly access: 'CLEAR' | 'MASKED' | 'REFUSED';
  readonly because: string;
}

const COLOURS = { CLEAR: 'success', MASKED: 'warning', REFUSED: 'default' } as const;

/** 谁能读: every client that is switched on, what it is given of the field, and by what. */
export function FieldReaders({ field, data }: { field: FieldDetail; data: FieldData }) {
  const text = useText();
  const { clients } = data;
  if (clients == null) return null;
  const personal = field.category === 'PERSONAL' || field.category === 'SENSITIVE_PERSONAL';
  const access = {
    CLEAR: personal ? text('明文（声明目的后）', 'Clear, under a purpose') : text('明文', 'Clear'),
    MASKED: text('脱敏', 'Masked'),
    REFUSED: text('不可读', 'Refused'),
  };
  return (
    <Card title={text('谁能读（此刻）', 'Who may read it, as of now')}>
      <Table<Reader>
        size="small"
        rowKey="clientId"
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        dataSource={readersOf(field, data, text)}
        columns={[
          {
            title: text('接入方', 'Client'),
            render: (_, row) => (
              <>
                {row.name} <small>{row.clientId}</small>
              </>
            ),
          },
          { title: text('部门', 'Department'), dataIndex: 'departmentCode' },
          {
            title: text('得到', 'Is given'),
            render: (_, row) => <Tag color={COLOURS[row.access]}>{access[row.access]}</Tag>,
          },
          { title: text('凭什么', 'By what'), dataIndex: 'because' },
        ]}
      />
    </Card>
  );
}

const ORDER = { CLEAR: 0, MASKED: 1, REFUSED: 2 } as const;

function readersOf(field: FieldDetail, data: FieldData, text: ReturnType<typeof useText>): Reader[] {
  const granted = new Set(
    (data.sharingGrants?.nodes ?? [])
      .filter(({ coordinates }) => coordinates.includes(field.coordinate))
      .map(({ clientId }) => clientId),
  );
  return (data.clients?.nodes ?? [])
    .filter(({ active }) => active)
    .map(({ clientId, name, departmentCode, rights }): Reader => {
      const who = { clientId, name, departmentCode };
      if (field.requiredRight === null)
        return { ...who, access: 'CLEAR', because: text('无需权限', 'no right needed') };
      if (rights.includes(field.requiredRight)) return { ...who, access: 'CLEAR', because: field.requiredRight };
      if (granted.has(clientId)) return { ...who, access: 'CLEAR', because: text('共享授权', 'a sharing grant') };
      return { ...who, access: field.mask === null ? 'REFUSED' : 'MASKED', because: '–' };
    })
    .sort((a, b) => ORDER[a.access] - ORDER[b.access]);
}
