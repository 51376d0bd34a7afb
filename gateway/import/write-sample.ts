import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { DemoCity } from '../../prisma/seed/vocabulary.ts';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import type { DatasetDeclaration } from '../../subgraphs/kit/ingest/dataset.ts';

export interface SampleChoice {
  readonly city: string;
  readonly seed?: string | undefined;
}

const LINES_AT_ONCE = 2_000;

/** Writes a valid CSV file of new synthetic rows, as large as is asked for, without holding it. */
export async function writeSample(
  dataset: DatasetDeclaration,
  countText: string | undefined,
  { city, seed = randomUUID() }: SampleChoice,
  output: NodeJS.WritableStream,
): Promise<void> {
  const count = Number(countText ?? '1000');
  if (!Number.isInteger(count) || count < 1) {
    throw new StartupProblem('行数应为正整数。', 'The number of rows must be a whole number from 1 on.');
  }
  const rows = await sampleRows(dataset.name, city, count, seed);
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

async function sampleRows(dataset: string, city: string, count: number, seed: string): Promise<Iterable<SampleRow>> {
  const { cityProfiles } = await import('../../prisma/seed/profile/profiles.ts');
  if (!isDemoCity(city, cityProfiles)) {
    const known = Object.keys(cityProfiles).join(', ');
    throw new StartupProblem(
      `没有演示城市“${city}”：可选 ${known}。`,
      `No demo city "${city}": choose one of ${known}.`,
    );
  }
  if (dataset !== 'people') {
    throw new StartupProblem(`数据集 ${dataset} 没有示例生成器。`, `The dataset ${dataset} has no sample generator.`);
  }
  const { samplePeople } = await import('../../prisma/seed/people/people-sample.ts');
  const people = samplePeople({ city, scale: SMALLEST_SCALE, count, seed });
  return people as Iterable<SampleRow & object>;
}

/** The community that every demo city has, however small. */
const SMALLEST_SCALE = 0.0001;

function isDemoCity(city: string, profiles: object): city is DemoCity {
  return Object.hasOwn(profiles, city);
}
