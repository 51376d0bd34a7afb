import { useContext } from 'react';
import { GRID, type GridData } from '../documents/brain.ts';
import { useGraph } from '../graph.ts';
import { LanguageContext, useText } from '../language.ts';
import { INCIDENT_STATE_NAMES, useName } from '../parts/names.ts';
import { Problems } from '../parts/problems.tsx';
import { showTime } from '../parts/time.ts';

/** What only a grid has: who leads it, what happened last, its micro-grids. */
export function GridDetails({ code }: { code: string }) {
  const text = useText();
  const name = useName();
  const language = useContext(LanguageContext);
  const { data, errors } = useGraph<GridData>(GRID, { code });
  const grid = data?.grid;
  const vacant = text('空缺', 'vacant');
  return (
    <>
      <Problems errors={errors} />
      <p className="chief">
        {text('网格长', 'Grid chief')}: <strong>{grid?.chief?.holderName ?? vacant}</strong>
      </p>
      <div className="charts">
        <table className="below">
          <caption>
            {text(
              `最近事件（共 ${grid?.incidents.totalCount ?? 0} 件）`,
              `Latest incidents (${grid?.incidents.totalCount ?? 0} in all)`,
            )}
          </caption>
          <tbody>
            {(grid?.incidents.nodes ?? []).map((incident) => (
              <tr key={incident.incidentNumber}>
                <th scope="row">{incident.title}</th>
                <td>{name(INCIDENT_STATE_NAMES, incident.state)}</td>
                <td>{showTime(incident.reportedAt, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <table className="below">
          <caption>{text('微网格', 'Micro-grids')}</caption>
          <tbody>
            {(grid?.microGrids.nodes ?? []).map((micro) => (
              <tr key={micro.microGridCode}>
                <th scope="row">{micro.name}</th>
                <td>{micro.chief?.holderName ?? vacant}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
