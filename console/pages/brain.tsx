import { useCallback, useContext, useEffect, useMemo, useState } from 'react';
import {
  CITY,
  type CityData,
  OVERVIEW,
  OVERVIEW_CHANGED,
  type OverviewChangedData,
  type OverviewData,
  type PathStep,
  type PlaceDetails,
  type PlaceFigures,
} from '../documents/brain.ts';
import { useGraph } from '../graph.ts';
import { LanguageContext, useText } from '../language.ts';
import { useLive } from '../live.ts';
import { Bars } from '../parts/bars.tsx';
import type { BarsProps } from '../parts/bars-props.ts';
import { LEVEL_NAMES, useName } from '../parts/names.ts';
import { Problems } from '../parts/problems.tsx';
import { showTime } from '../parts/time.ts';
import { linkTo } from '../route.ts';
import { GridDetails } from './grid-details.tsx';
import { AgePanel, IndicatorPanel } from './place-panels.tsx';

/** Figures are told as they change; asking now and then shows that they are still right. */
const EVERY_MILLISECONDS = 60_000;
const GRID_DIGITS = 15;
/** Places that one screen may be told of. */
const MOST_FOLLOWED = 200;

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
  return <PlaceView code={here} />;
}

/** A place and those below it, with what the subscription has told of them since they were asked for. */
function usePlace(code: string) {
  const { again, askedAt, data, errors } = useGraph<OverviewData>(OVERVIEW, { code }, EVERY_MILLISECONDS);
  const [told, setTold] = useState<ReadonlyMap<string, PlaceFigures>>(new Map());
  // biome-ignore lint/correctness/useExhaustiveDependencies: a whole answer is newer than all that was told before it
  useEffect(() => setTold(new Map()), [data]);
  const ids = [data?.placeOverview?.id, ...(data?.placeOverview?.children ?? []).map(({ id }) => id)]
    .filter((id): id is string => id !== undefined)
    .slice(0, MOST_FOLLOWED);
  const note = useCallback(({ overviewChanged: { overview } }: OverviewChangedData) => {
    if (overview !== null) setTold((before) => new Map(before).set(overview.code, overview));
  }, []);
  const live = useLive<OverviewChangedData>(OVERVIEW_CHANGED, ids.length === 0 ? undefined : { ids }, note, again);
  const place = useMemo(() => {
    const asked = data?.placeOverview ?? null;
    if (asked === null) return null;
    const children = asked.children.map((child) => told.get(child.code) ?? child);
    return { ...withTold(asked, told.get(asked.code)), children };
  }, [data, told]);
  return { askedAt, errors, live, place, sources: data?.departmentSources ?? [] };
}

/** What is told are the figures that change; the rest stays as it was asked for. */
function withTold(asked: PlaceDetails, told: PlaceFigures | undefined): PlaceDetails {
  if (told === undefined) return asked;
  return {
    ...asked,
    force: told.force,
    matters: told.matters,
    population: asked.population === null ? null : { ...asked.population, ...told.population },
    party: asked.party === null ? null : { ...asked.party, ...told.party },
  };
}

function PlaceView({ code }: { code: string }) {
  const text = useText();
  const name = useName();
  const { askedAt, errors, live, place, sources } = usePlace(code);
  const below = place?.children ?? [];
  const level = LEVEL_BELOW[place?.level ?? ''] ?? '';
  return (
    <div className="brain">
      <Path steps={place?.path ?? []} askedAt={askedAt} countedAt={place?.matters?.countedAt} live={live} />
      <Problems errors={errors} />
      <KeyFigures place={place} sources={sources} />
      {code.length === GRID_DIGITS ? <GridDetails code={code} /> : null}
      {below.length === 0 ? null : (
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
      )}
      <BelowTable below={below} title={name(LEVEL_NAMES, level)} />
      <div className="charts">
        <AgePanel place={place} />
        <IndicatorPanel place={place} />
      </div>
    </div>
  );
}

function KeyFigures({ place, sources }: { place: PlaceDetails | null; sources: OverviewData['departmentSources'] }) {
  const text = useText();
  const { coverage, force, matters, party, population } = place ?? {};
  const [persons, things] = [text('人', ''), text('个', '')];
  const alerts =
    matters == null
      ? undefined
      : matters.redAlertCount + matters.orangeAlertCount + matters.yellowAlertCount + matters.blueAlertCount;
  const connected = sources.reduce((all, source) => all + source.connectedSystemCount, 0);
  const systems = sources.reduce((all, source) => all + source.systemCount, 0);
  return (
    <section className="figures" aria-label={text('主要数字', 'Key figures')}>
      <Figure label={text('现住人口', 'Residents')} value={population?.residentCount} unit={persons} />
      <Figure label={text('户数', 'Households')} value={population?.householdCount} unit={text('户', '')} />
      <Figure
        label={text('有网格长的网格', 'Grids with a chief')}
        value={force?.gridsWithChief}
        of={force?.gridCount}
        unit={things}
        alarm={force != null && force.gridsWithChief < force.gridCount}
      />
      <Figure label={text('专职网格员', 'Full-time workers')} value={force?.fullTimeGridWorkerCount} unit={persons} />
      <Figure label={text('微网格长', 'Micro-grid chiefs')} value={force?.microGridChiefCount} unit={persons} />
      <Figure label={text('未结事件', 'Open incidents')} value={matters?.openIncidentCount} unit={text('件', '')} />
      <Figure
        label={text('超期事件', 'Overdue')}
        value={matters?.overdueIncidentCount}
        unit={text('件', '')}
        alarm={(matters?.overdueIncidentCount ?? 0) > 0}
      />
      <Figure
        label={text('在发预警', 'Live alerts')}
        value={alerts}
        unit={text('条', '')}
        alarm={(matters?.redAlertCount ?? 0) > 0}
      />
      <Figure
        label={text('有法律顾问的社区', 'Communities with an adviser')}
        value={coverage?.legalAdviserCount}
        of={coverage?.communityCount}
        unit={things}
      />
      <Figure
        label={text('结对共建的社区', 'Communities with a pairing')}
        value={party?.communitiesWithPairing}
        of={coverage?.communityCount}
        unit={things}
      />
      <Figure label={text('网格党支部', 'Grid branches')} value={party?.gridBranchCount} unit={things} />
      <Figure
        label={text('已接入系统', 'Connected systems')}
        value={sources.length === 0 ? undefined : connected}
        of={sources.length === 0 ? undefined : systems}
        unit={things}
      />
    </section>
  );
}

const LEVEL_BELOW: Readonly<Record<string, string>> = {
  PREFECTURE: 'COUNTY',
  COUNTY: 'TOWNSHIP',
  TOWNSHIP: 'VILLAGE',
  VILLAGE: 'GRID',
};

function IncidentBars({ below }: { below: readonly PlaceFigures[] }) {
  const text = useText();
  const props = useMemo<BarsProps>(
    () => ({
      label: text('未结与超期事件', 'Open and overdue incidents'),
      categories: below,
      stacked: true,
      series: [
        {
          name: text('超期', 'Overdue'),
          colour: '#ff6b5e',
          values: below.map(({ matters }) => matters?.overdueIncidentCount ?? 0),
        },
        {
          name: text('期限内', 'Within the deadline'),
          colour: '#3fa7ff',
          values: below.map(({ matters }) => (matters?.openIncidentCount ?? 0) - (matters?.overdueIncidentCount ?? 0)),
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

function ResidentBars({ below }: { below: readonly PlaceFigures[] }) {
  const text = useText();
  const props = useMemo<BarsProps>(
    () => ({
      label: text('现住人口', 'Residents'),
      categories: below,
      series: [
        {
          name: text('现住人口', 'Residents'),
          colour: '#2fd3b5',
          values: below.map(({ population }) => population?.residentCount ?? 0),
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

function BelowTable({ below, title }: { below: readonly PlaceFigures[]; title: string }) {
  const text = useText();
  const shown = (value: number | null | undefined) => (value == null ? '–' : value.toLocaleString());
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
            <td>{shown(row.population?.residentCount)}</td>
            <td>{shown(row.population?.householdCount)}</td>
            <td>{shown(row.force?.gridCount)}</td>
            <td className={row.force?.gridsWithChief !== row.force?.gridCount ? 'alarm' : ''}>
              {shown(row.force?.gridsWithChief)}
            </td>
            <td>{shown(row.matters?.openIncidentCount)}</td>
            <td className={(row.matters?.overdueIncidentCount ?? 0) > 0 ? 'alarm' : ''}>
              {shown(row.matters?.overdueIncidentCount)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Path(props: {
  steps: readonly PathStep[];
  askedAt: Date | undefined;
  countedAt: string | null | undefined;
  live: boolean;
}) {
  const { askedAt, countedAt, live, steps } = props;
  const text = useText();
  const language = useContext(LanguageContext);
  const counted = countedAt == null ? undefined : showTime(countedAt, language);
  const state = live ? text('实时', 'Live') : text('未接通推送', 'Not live');
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
          : counted === undefined
            ? state
            : text(`${state} · 计数至 ${counted}`, `${state} · counted to ${counted}`)}
      </span>
    </header>
  );
}

function Figure(props: {
  label: string;
  value: number | null | undefined;
  of?: number | undefined;
  unit: string;
  alarm?: boolean;
}) {
  const { alarm = false, label, of, unit, value } = props;
  return (
    <div className={alarm ? 'figure alarm' : 'figure'}>
      <div className="label">{label}</div>
      <div className="value">
        {value == null ? '–' : value.toLocaleString()}
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
