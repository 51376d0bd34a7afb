import { Card, Tag } from 'antd';
import type { FieldData, FieldDetail } from '../documents/catalogue.ts';
import { useText } from '../language.ts';
import { HEALTH_COLOURS, HEALTH_NAMES, ORIGIN_NAMES, useName } from '../parts/names.ts';
import { linkTo } from '../route.ts';

/** 血缘: source system and its column → dataset and its column → field → operations → clients, as far as it is known. */
export function FieldLineage({ field, data }: { field: FieldDetail; data: FieldData }) {
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
          {field.sources.map(({ column, dataset, mappingVersion, systemColumn }) => (
            <p key={`${dataset}.${column}`}>
              {text('源系统列', 'Its column')} <code>{systemColumn ?? column}</code>
              {mappingVersion === null ? null : (
                <small> {text(`映射第 ${mappingVersion} 版`, `mapping ${mappingVersion}`)}</small>
              )}
            </p>
          ))}
        </li>
        <li>
          <h3>{field.origin === 'DERIVED' ? text('派生口径', 'Formula') : text('数据集', 'Dataset')}</h3>
          <p>{field.derivedFrom ?? field.dataset?.name ?? field.dataset?.code ?? '–'}</p>
          {field.sources.map(({ column, columnZh, dataset }) => (
            <p key={`${dataset}.${column}`}>
              {text('接收列', 'Taken in as')}{' '}
              <code>
                {dataset}.{column}
              </code>{' '}
              {text(columnZh, '')}
            </p>
          ))}
          {field.quality === null ? null : (
            <p>
              {text('存于', 'Stored in')} <code>{field.quality.sourceColumn}</code>
            </p>
          )}
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
