import { Card, Table, Tag } from 'antd';
import type { SimilarField, SimilarPair } from '../documents/catalogue.ts';
import { useText } from '../language.ts';
import { linkTo } from '../route.ts';

/** 疑似同义: fields of two departments that look like one concept, and why. */
export function SimilarFields({ pairs }: { pairs: readonly SimilarPair[] }) {
  const text = useText();
  if (pairs.length === 0) return null;
  const shown = (field: SimilarField | null) =>
    field === null ? (
      '–'
    ) : (
      <>
        <a href={linkTo('field', field.coordinate)}>{field.coordinate}</a>{' '}
        {text(field.descriptionZh, field.descriptionEn)} <small>{field.sourceDepartmentName}</small>
      </>
    );
  return (
    <Card title={text('疑似同义的信息项', 'Fields that look like the same concept')}>
      <Table<SimilarPair>
        size="small"
        rowKey={({ first, second }) => `${first?.coordinate} ${second?.coordinate}`}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        dataSource={[...pairs]}
        columns={[
          { title: text('信息项', 'Field'), className: 'long', render: (_, { first }) => shown(first) },
          { title: text('另一信息项', 'The other one'), className: 'long', render: (_, { second }) => shown(second) },
          {
            title: text('相同之处', 'Alike in'),
            render: (_, pair) => (
              <>
                {pair.sameName ? <Tag>{text('名称', 'name')}</Tag> : null}
                {pair.sameTerm ? <Tag>{text('术语', 'term')}</Tag> : null}
                {pair.sameType ? <Tag>{text('类型', 'type')}</Tag> : null}
                {pair.sharedValues === null ? null : (
                  <Tag>
                    {text(
                      `值 ${Math.round(pair.sharedValues * 100)}%`,
                      `values ${Math.round(pair.sharedValues * 100)}%`,
                    )}
                  </Tag>
                )}
              </>
            ),
          },
          { title: text('相似度', 'Score'), dataIndex: 'score', align: 'right' },
        ]}
      />
    </Card>
  );
}
