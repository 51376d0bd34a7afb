import { Card, Descriptions, Table, Tag } from 'antd';
import { useContext } from 'react';
import type { FieldDetail, FieldQuality as Quality } from '../documents/catalogue.ts';
import { LanguageContext, useText } from '../language.ts';
import { DIMENSION_NAMES, useName } from '../parts/names.ts';
import { showTime } from '../parts/time.ts';

type Dimension = Quality['dimensions'][number];

/** 质量: what the stored values are like, by dimension, each with its rules, its sample and its time. */
export function FieldQuality({ field }: { field: FieldDetail }) {
  const text = useText();
  const name = useName();
  const language = useContext(LanguageContext);
  const { quality, qualityScore } = field;
  if (quality === null) {
    if (qualityScore === null) return null;
    return (
      <Card title={text('质量', 'Quality')}>
        <Score value={qualityScore} />
      </Card>
    );
  }
  const facts: [string, string][] = [
    [text('行数', 'Rows'), quality.rowCount.toLocaleString('en')],
    [text('空值率', 'Null rate'), `${quality.nullPercent}%`],
    [text('不同值数', 'Distinct values'), quality.distinctCount.toLocaleString('en')],
    [text('源列', 'Stored in'), quality.sourceColumn],
    [text('采样时间', 'Sampled'), showTime(quality.sampledAt, language)],
  ];
  return (
    <Card title={text('质量', 'Quality')} extra={<Score value={quality.score} />}>
      <Descriptions
        size="small"
        style={{ marginBottom: 12 }}
        column={{ xs: 1, lg: 3, xxl: 5 }}
        items={facts.map(([label, children]) => ({ key: label, label, children }))}
      />
      <Table<Dimension>
        size="small"
        rowKey="dimension"
        pagination={false}
        dataSource={[...quality.dimensions]}
        columns={[
          { title: text('维度', 'Dimension'), render: (_, { dimension }) => name(DIMENSION_NAMES, dimension) },
          { title: text('得分', 'Score'), align: 'right', render: (_, { score }) => <Score value={score} /> },
          {
            title: text('样本量', 'Sample'),
            align: 'right',
            render: (_, { sampleSize }) => sampleSize.toLocaleString('en'),
          },
          { title: text('测评时间', 'Measured'), render: (_, row) => showTime(row.measuredAt, language) },
          { title: text('规则', 'Rules'), className: 'long', render: (_, row) => <Rules dimension={row} /> },
        ]}
      />
    </Card>
  );
}

function Rules({ dimension: { dimension, rules } }: { dimension: Dimension }) {
  const text = useText();
  if (rules.length === 0) {
    return (
      <>
        {dimension === 'TIMELINESS'
          ? text('按更新周期看数据集的同步时间', 'the dataset’s last report, by the update cycle')
          : text('按空值率', 'the null rate')}
      </>
    );
  }
  return (
    <ul className="rules">
      {rules.map(({ code, descriptionEn, descriptionZh, measures: [newest, before] }) => (
        <li key={code} title={code}>
          {text(descriptionZh, descriptionEn)}
          {newest === undefined ? null : (
            <small>
              {' '}
              {newest.passPercent}% ({newest.passedCount.toLocaleString('en')} /{' '}
              {newest.sampleSize.toLocaleString('en')}
              {before === undefined
                ? ''
                : text(`，${before.day} 为 ${before.passPercent}%`, `, ${before.passPercent}% on ${before.day}`)}
              )
            </small>
          )}
        </li>
      ))}
    </ul>
  );
}

function Score({ value }: { value: number }) {
  return <Tag color={value >= 95 ? 'success' : value >= 80 ? 'warning' : 'error'}>{value}</Tag>;
}
