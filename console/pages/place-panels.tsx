import type { IndicatorFigures, PlaceDetails } from '../documents/brain.ts';
import { useText } from '../language.ts';

/** 年龄结构. */
export function AgePanel({ place }: { place: PlaceDetails | null }) {
  const text = useText();
  const bands = place?.population?.ageBands ?? [];
  if (bands.length === 0) return null;
  return (
    <table className="below">
      <caption>{text('年龄结构', 'Residents by age')}</caption>
      <tbody>
        {bands.map(({ count, fromAge, toAge }) => (
          <tr key={fromAge}>
            <th scope="row">
              {toAge === null ? text(`${fromAge} 岁及以上`, `${fromAge} and older`) : `${fromAge}–${toAge}`}
            </th>
            <td>{count === null ? text('少，不公布', 'few, withheld') : count.toLocaleString()}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const OPERATORS: Readonly<Record<string, string>> = { AT_LEAST: '≥', AT_MOST: '≤', EQUAL: '=' };

/** 指标与目标: only what is counted from the graph's own rows, or reported with a target. */
export function IndicatorPanel({ place }: { place: PlaceDetails | null }) {
  const text = useText();
  const rows = (place?.indicators ?? []).filter(({ computed, targets }) => computed !== null || targets.length > 0);
  if (rows.length === 0) return null;
  return (
    <table className="below">
      <caption>{text('指标与目标', 'Indicators and targets')}</caption>
      <thead>
        <tr>
          <th scope="col">{text('指标', 'Indicator')}</th>
          <th scope="col">{text('计算值', 'Computed')}</th>
          <th scope="col">{text('上报值', 'Reported')}</th>
          <th scope="col">{text('目标', 'Target')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.code}>
            <th scope="row">{row.name}</th>
            <td>{withUnit(row.computed, row)}</td>
            <td>{withUnit(row.reported, row)}</td>
            <td className={row.targets.some(({ met }) => met === false) ? 'alarm' : ''}>
              {row.targets
                .map(
                  ({ operator, value, year }) =>
                    `${OPERATORS[operator] ?? ''} ${value} (${year ?? text('待补', 'year pending')})`,
                )
                .join(' · ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function withUnit(value: number | null, { unit }: IndicatorFigures): string {
  return value === null ? '–' : `${value.toLocaleString()} ${unit}`;
}
