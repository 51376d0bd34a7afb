import { useContext, useMemo, useState } from 'react';
import {
  type BoardRow,
  CITY,
  type CityData,
  DIVISION,
  type DivisionData,
  GRID,
  type GridData,
  type PathStep,
} from '../documents/brain.ts';
import { useGraph } from '../graph.ts';
import { LanguageContext, useText } from '../language.ts';
import { Bars } from '../parts/bars.tsx';
import type { BarsProps } from '../parts/bars-props.ts';
import { INCIDENT_STATE_NAMES, LEVEL_NAMES, useName } from '../parts/names.ts';
import { Problems } from '../parts/problems.tsx';
import { showTime } from '../parts/time.ts';
import { linkTo } from '../route.ts';

/** A wall refreshes by itself; four times a minute is live enough for people, and cheap for the hub. */
const EVERY_MILLISECONDS = 15_000;
const GRID_DIGITS = 15;

/** 大脑: the city at a glance, and down to the grid. */
export function BrainPage({ code }: { code: string | undefined }) {
  const city = useGraph<CityData>(CITY, code === undefined ? {} : undefined);
  const here = code ?? city.data?.currentCaller.jurisdictionCodes[0];
  if (here === undefined) {
    return (
      <div className="brain">
        <Problems errors={city.errors} />
      </div>
    );
  }
  return here.length === GRID_DIGITS ? <GridView code={here} /> : <DivisionView code={here} />;
}

/** One row below the division that is shown: a division or a grid. */
interface Below {
  readonly code: string;
  readonly name: string;
  readonly residents: number | null;
  readonly households: number | null;
  readonly grids: number | null;
  readonly chiefs: number | null;
  readonly open: number;
  readonly overdue: number;
}

function DivisionView({ code }: { code: string }) {
  const text = useText();
  const name = useName();
  const { data, errors, askedAt } = useGraph<DivisionData>(DIVISION, { code }, EVERY_MILLISECONDS);
  const division = data?.division;
  const below = useMemo(() => (data == null ? [] : belowOf(data)), [data]);
  const sum = (read: (row: BoardRow) => number) => (data?.incidentBoard ?? []).reduce((all, row) => all + read(row), 0);
  const sources = data?.departmentSources ?? [];
  const connected = sources.reduce((all, source) => all + source.connectedSystemCount, 0);
  const systems = sources.reduce((all, source) => all + source.systemCount, 0);
  const hasGrids = division?.community != null;
  const level = hasGrids ? 'GRID' : (LEVEL_BELOW[division?.level ?? ''] ?? '');
  return (
    <div className="brain">
      <Path steps={division?.path ?? []} askedAt={askedAt} />
      <Problems errors={errors} />
      <section className="figures" aria-label={text('主要数字', 'Key figures')}>
        <Figure
          label={text('现住人口', 'Residents')}
          value={division?.population?.residentCount}
          unit={text('人', '')}
        />
        <Figure label={text('户数', 'Households')} value={division?.population?.householdCount} unit={text('户', '')} />
        <Figure
          label={text('有网格长的网格', 'Grids with a chief')}
          value={division?.gridCoverage.gridsWithChief}
          of={division?.gridCoverage.gridCount}
          unit={text('个', '')}
          alarm={division != null && division.gridCoverage.gridsWithChief < division.gridCoverage.gridCount}
        />
        <Figure
          label={text('专职网格员', 'Full-time workers')}
          value={division?.gridForce.fullTimeGridWorkerCount}
          unit={text('人', '')}
        />
        <Figure
          label={text('未结事件', 'Open incidents')}
          value={data == null ? undefined : sum((row) => row.open)}
          unit={text('件', '')}
        />
        <Figure
          label={text('超期事件', 'Overdue')}
          value={data == null ? undefined : sum((row) => row.overdue)}
          unit={text('件', '')}
          alarm={sum((row) => row.overdue) > 0}
        />
        <Figure
          label={text('已接入系统', 'Connected systems')}
          value={data == null ? undefined : connected}
          of={data == null ? undefined : systems}
          unit={text('个', '')}
        />
      </section>
      <section className="charts">
        <Panel
          title={text(
            `未结与超期事件 · 按${name(LEVEL_NAMES, level)}`,
            `Open and overdue incidents by ${name(LEVEL_NAMES, level).toLowerCase()}`,
          )}
          rows={below.length}
        >
          <IncidentBars below={below} />
        </Panel>
        <Panel
          title={text(
            `现住人口 · 按${name(LEVEL_NAMES, level)}`,
            `Residents by ${name(LEVEL_NAMES, level).toLowerCase()}`,
          )}
          rows={below.length}
        >
          <ResidentBars below={below} />
        </Panel>
      </section>
      <BelowTable below={below} title={name(LEVEL_NAMES, level)} />
    </div>
  );
}

const LEVEL_BELOW: Readonly<Record<string, string>> = {
  PROVINCE: 'PREFECTURE',
  PREFECTURE: 'COUNTY',
  COUNTY: 'TOWNSHIP',
  TOWNSHIP: 'VILLAGE',
  VILLAGE: 'GRID',
};

function belowOf({ division, incidentBoard }: DivisionData): Below[] {
  const board = new Map((incidentBoard ?? []).map((row) => [row.code, row]));
  const incidents = (code: string) => ({ open: board.get(code)?.open ?? 0, overdue: board.get(code)?.overdue ?? 0 });
  if (division?.community != null) {
    return division.community.grids.nodes.map(({ gridCode, name, population, chief }) => ({
      code: gridCode,
      name,
      residents: population?.residentCount ?? null,
      households: population?.householdCount ?? null,
      grids: 1,
      chiefs: chief === null ? 0 : 1,
      ...incidents(gridCode),
    }));
  }
  return (division?.children.nodes ?? []).map(({ code, name, population, gridCoverage }) => ({
    code,
    name,
    residents: population?.residentCount ?? null,
    households: population?.householdCount ?? null,
    grids: gridCoverage.gridCount,
    chiefs: gridCoverage.gridsWithChief,
    // A board goes one tier down; where a city has no townships, its rows are those of the communities.
    open: sumBelow(board, code, (row) => row.open),
    overdue: sumBelow(board, code, (row) => row.overdue),
  }));
}

function sumBelow(board: ReadonlyMap<string, BoardRow>, code: string, read: (row: BoardRow) => number): number {
  let sum = 0;
  for (const [rowCode, row] of board) if (rowCode.startsWith(code)) sum += read(row);
  return sum;
}

function IncidentBars({ below }: { below: readonly Below[] }) {
  const text = useText();
  const props = useMemo<BarsProps>(
    () => ({
      label: text('未结与超期事件', 'Open and overdue incidents'),
      categories: below,
      stacked: true,
      series: [
        { name: text('超期', 'Overdue'), colour: '#ff6b5e', values: below.map(({ overdue }) => overdue) },
        {
          name: text('期限内', 'Within the deadline'),
          colour: '#3fa7ff',
          values: below.map(({ open, overdue }) => open - overdue),
        },
      ],
      onChoose: (code) => {
        location.hash = linkTo('brain', code);
      },
    }),
    [below, text],
  );
  return <Bars {...props} />;
}

function ResidentBars({ below }: { below: readonly Below[] }) {
  const text = useText();
  const props = useMemo<BarsProps>(
    () => ({
      label: text('现住人口', 'Residents'),
      categories: below,
      series: [
        {
          name: text('现住人口', 'Residents'),
          colour: '#2fd3b5',
          values: below.map(({ residents }) => residents ?? 0),
        },
      ],
      onChoose: (code) => {
        location.hash = linkTo('brain', code);
      },
    }),
    [below, text],
  );
  return <Bars {...props} />;
}

function BelowTable({ below, title }: { below: readonly Below[]; title: string }) {
  const text = useText();
  const shown = (value: number | null) => (value === null ? '–' : value.toLocaleString());
  if (below.length === 0) return null;
  return (
    <table className="below">
      <caption>{text(`${title}一览，点名称下钻`, `${title}: choose a name to drill down`)}</caption>
      <thead>
        <tr>
          <th scope="col">{text('名称', 'Name')}</th>
          <th scope="col">{text('现住人口', 'Residents')}</th>
          <th scope="col">{text('户数', 'Households')}</th>
          <th scope="col">{text('网格', 'Grids')}</th>
          <th scope="col">{text('有网格长', 'With chief')}</th>
          <th scope="col">{text('未结', 'Open')}</th>
          <th scope="col">{text('超期', 'Overdue')}</th>
        </tr>
      </thead>
      <tbody>
        {below.map((row) => (
          <tr key={row.code}>
            <th scope="row">
              <a href={linkTo('brain', row.code)}>{row.name}</a>
            </th>
            <td>{shown(row.residents)}</td>
            <td>{shown(row.households)}</td>
            <td>{shown(row.grids)}</td>
            <td className={row.chiefs !== row.grids ? 'alarm' : ''}>{shown(row.chiefs)}</td>
            <td>{shown(row.open)}</td>
            <td className={row.overdue > 0 ? 'alarm' : ''}>{shown(row.overdue)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function GridView({ code }: { code: string }) {
  const text = useText();
  const name = useName();
  const language = useContext(LanguageContext);
  const { data, errors, askedAt } = useGraph<GridData>(GRID, { code }, EVERY_MILLISECONDS);
  const grid = data?.grid;
  const board = data?.incidentBoard?.[0];
  const path = [...(grid?.community?.division?.path ?? []), { code, name: grid?.name ?? code, level: 'GRID' }];
  return (
    <div className="brain">
      <Path steps={path} askedAt={askedAt} />
      <Problems errors={errors} />
      <section className="figures" aria-label={text('主要数字', 'Key figures')}>
        <Figure label={text('现住人口', 'Residents')} value={grid?.population?.residentCount} unit={text('人', '')} />
        <Figure label={text('户数', 'Households')} value={grid?.population?.householdCount} unit={text('户', '')} />
        <Figure
          label={text('专职网格员', 'Full-time workers')}
          value={grid?.force.fullTimeGridWorkerCount}
          unit={text('人', '')}
        />
        <Figure
          label={text('微网格长', 'Micro-grid chiefs')}
          value={grid?.force.microGridChiefCount}
          unit={text('人', '')}
        />
        <Figure
          label={text('未结事件', 'Open incidents')}
          value={grid?.openIncidentCount ?? undefined}
          unit={text('件', '')}
        />
        <Figure
          label={text('超期事件', 'Overdue')}
          value={data == null ? undefined : (board?.overdue ?? 0)}
          unit={text('件', '')}
          alarm={(board?.overdue ?? 0) > 0}
        />
      </section>
      <p className="chief">
        {text('网格长', 'Grid chief')}: <strong>{grid?.chief?.holderName ?? text('空缺', 'vacant')}</strong>
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
                <td>{micro.chief?.holderName ?? text('空缺', 'vacant')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Path({ steps: all, askedAt }: { steps: readonly PathStep[]; askedAt: Date | undefined }) {
  // A city's graph has nothing above the city.
  const steps = all.filter(({ level }) => level !== 'PROVINCE');
  const text = useText();
  const language = useContext(LanguageContext);
  return (
    <header className="path">
      <nav aria-label={text('区划路径', 'Division path')}>
        <ol>
          {steps.map(({ code, name }, index) => (
            <li key={code}>
              {index === steps.length - 1 ? (
                <h1 aria-current="page">{name}</h1>
              ) : (
                <a href={linkTo('brain', code)}>{name}</a>
              )}
            </li>
          ))}
        </ol>
      </nav>
      <span className="asked" role="status">
        {askedAt === undefined
          ? text('正在读取…', 'Reading…')
          : text(`更新于 ${showTime(askedAt, language)}`, `Updated ${showTime(askedAt, language)}`)}
      </span>
    </header>
  );
}

function Figure(props: {
  label: string;
  value: number | undefined;
  of?: number | undefined;
  unit: string;
  alarm?: boolean;
}) {
  const { alarm = false, label, of, unit, value } = props;
  return (
    <div className={alarm ? 'figure alarm' : 'figure'}>
      <div className="label">{label}</div>
      <div className="value">
        {value === undefined ? '–' : value.toLocaleString()}
        {of === undefined ? null : <small> / {of.toLocaleString()}</small>}
        <small> {unit}</small>
      </div>
    </div>
  );
}

function Panel({ children, rows, title }: { children: React.ReactNode; rows: number; title: string }) {
  const [open, setOpen] = useState(true);
  const text = useText();
  return (
    <section className="panel" aria-label={title}>
      <h2>
        {title}
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? text('收起', 'Hide') : text('展开', 'Show')}
        </button>
      </h2>
      {open ? (
        <div className="scroll">
          <div style={{ height: `${Math.max(18, rows * 2.3 + 4)}rem` }}>{children}</div>
        </div>
      ) : null}
    </section>
  );
}
