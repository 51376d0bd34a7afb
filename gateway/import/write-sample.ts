import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { DemoCity } from '../../prisma/seed/vocabulary.ts';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import type { DatasetDeclaration } from '../../subgraphs/kit/ingest/dataset.ts';

export interface SampleChoice {
  readonly city: string;
  /** Of the demo city; its communities are those that the people are spread over. Without it, only the first. */
  readonly scale?: string | undefined;
  readonly seed?: string | undefined;
}

const LINES_AT_ONCE = 2_000;

/** Writes a valid CSV file of new synthetic rows, as large as is asked for, without holding it. */
export async function writeSample(
  dataset: DatasetDeclaration,
  countText: string | undefined,
  { city, scale = '0', seed = randomUUID() }: SampleChoice,
  output: NodeJS.WritableStream,
): Promise<void> {
  const count = Number(countText ?? '1000');
  if (!Number.isInteger(count) || count < 1) {
    throw new StartupProblem('行数应为正整数。', 'The number of rows must be a whole number from 1 on.');
  }
  const share = Number(scale);
  if (!(share >= 0 && share <= 1)) {
    throw new StartupProblem('--scale 应为 0 到 1 的数。', '--scale must be a number from 0 to 1.');
  }
  const rows = await sampleRows(dataset.name, { city, scale: share, count, seed });
  const { columns } = dataset;
  let text = `${columns.map(({ zh }) => zh).join(',')}\n`;
  let lines = 0;
  const flush = async () => {
    if (!output.write(text)) await once(output, 'drain');
    text = '';
  };
  try {
    for (const row of rows) {
      text += `${columns.map(({ key }) => row[key] ?? '').join(',')}\n`;
      lines++;
      if (lines % LINES_AT_ONCE === 0) await flush();
    }
  } catch (error) {
    if (error instanceof RangeError) throw new StartupProblem(`行数过多：${error.message}。`, `${error.message}.`);
    throw error;
  }
  await flush();
}

type SampleRow = Readonly<Record<string, string>>;

async function sampleRows(
  dataset: string,
  { city, scale, count, seed }: { city: string; scale: number; count: number; seed: string },
): Promise<Iterable<SampleRow>> {
  const { cityProfiles } = await import('../../prisma/seed/profile/profiles.ts');
  if (!isDemoCity(city, cityProfiles)) {
    const known = Object.keys(cityProfiles).join(', ');
    throw new StartupProblem(
      `没有演示城市“${city}”：可选 ${known}。`,
      `No demo city "${city}": choose one of ${known}.`,
    );
  }
  const options = { city, scale, count, seed };
  switch (dataset) {
    case 'people': {
      const { samplePeople } = await import('../../prisma/seed/people/people-sample.ts');
      return samplePeople(options) as Iterable<SampleRow & object>;
    }
    case 'households': {
      const { sampleHouseholds } = await import('../../prisma/seed/people/households-sample.ts');
      return sampleHouseholds(options);
    }
    case 'organizations': {
      const { sampleOrganizations } = await import('../../prisma/seed/organizations/organizations-sample.ts');
      return sampleOrganizations(options);
    }
    case 'incidents': {
      const { sampleIncidents } = await import('../../prisma/seed/services/incidents-sample.ts');
      return sampleIncidents(options);
    }
    case 'party-organizations': {
      const { samplePartyOrganizations } = await import('../../prisma/seed/party/party-organizations-sample.ts');
      return samplePartyOrganizations(options);
    }
    case 'party-members': {
      const { samplePartyMembers } = await import('../../prisma/seed/party/party-members-sample.ts');
      return samplePartyMembers(options);
    }
    default:
      throw new StartupProblem(`数据集 ${dataset} 没有示例生成器。`, `The dataset ${dataset} has no sample generator.`);
  }
}

function isDemoCity(city: string, profiles: object): city is DemoCity {
  return Object.hasOwn(profiles, city);
}
