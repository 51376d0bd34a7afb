import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import pg from 'pg';
import { expect, test } from 'vitest';
import { type Answered, listenToAnswers } from '../../../subgraphs/kit/store/answer-bytes.ts';
import { PipelinedPool } from '../../../subgraphs/kit/store/pipelined-pool.ts';
import { compileReader } from '../../../subgraphs/kit/store/row-reader.ts';
import { freshDatabase } from '../../kit/test-database.ts';

function message(kind: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(5);
  head.write(kind, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

function row(...values: readonly (string | null)[]): Buffer {
  const count = Buffer.alloc(2);
  count.writeInt16BE(values.length);
  const columns = values.flatMap((value) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(value === null ? -1 : Buffer.byteLength(value));
    return value === null ? [length] : [length, Buffer.from(value)];
  });
  return message('D', count, ...columns);
}

const read = compileReader([
  { name: 'id', dataTypeID: pg.types.builtins.UUID },
  { name: 'name', dataTypeID: pg.types.builtins.TEXT },
  { name: 'count', dataTypeID: pg.types.builtins.INT4 },
]);

/** What a batch and pg are told, in order. */
function listening(isAnswered: () => boolean) {
  const told: unknown[] = [];
  const stream = new EventEmitter();
  let forOthers = Buffer.alloc(0);
  stream.on('data', (bytes: Buffer) => {
    forOthers = Buffer.concat([forOthers, bytes]);
    for (; forOthers.length >= 5; forOthers = forOthers.subarray(1 + forOthers.readInt32BE(1))) {
      told.push(String.fromCharCode(forOthers[0] as number));
    }
  });
  const answered: Answered = {
    readRow: (bytes, at, latin1) => told.push(read(bytes, at, latin1)),
    handleCommandComplete: () => told.push('complete'),
    noteParsed: () => told.push('parsed'),
  };
  listenToAnswers(stream as Socket, () => (isAnswered() ? answered : undefined));
  return { stream, told };
}

const first = { id: '019f1641-3500-7000-a11b-58b3976eb16c', name: '安', count: -12 };
const second = { id: null, name: '', count: 0 };
const BYTES = Buffer.concat([
  message('1'),
  message('2'),
  message('T', Buffer.from('what the columns are')),
  row(first.id, first.name, '-12'),
  row(null, '', '0'),
  message('C', Buffer.from('SELECT 2\0')),
  message('2'),
  message('E', Buffer.from('refused')),
  message('Z', Buffer.from('I')),
]);

test('rows and what is said of statements go to the batch, all else to pg, however the bytes arrive', () => {
  for (let size = 1; size <= BYTES.length; size++) {
    const { stream, told } = listening(() => true);
    for (let at = 0; at < BYTES.length; at += size) stream.emit('data', Buffer.from(BYTES.subarray(at, at + size)));

    expect(told).toEqual(['parsed', 'T', first, second, 'complete', 'E', 'Z']);
  }
});

test('while nobody is answered everything is for pg', () => {
  const { stream, told } = listening(() => false);

  stream.emit('data', BYTES);

  expect(told).toEqual(['1', '2', 'T', 'D', 'D', 'C', '2', 'E', 'Z']);
});

test('a row is what pg makes of it, of every type that is read', async () => {
  await using database = await freshDatabase();
  const pool = new PipelinedPool({ connectionString: database.url });
  const text = `SELECT * FROM (VALUES
    (true, 1::int2, -2147483648, 9007199254740993::int8, 1.5::float8, 12.30::numeric, '安 "\\'::text, 'ab'::char(4),
     '019f1641-3500-7000-a11b-58b3976eb16c'::uuid, '2026-06-30'::date, '2026-06-30T10:00:00Z'::timestamptz,
     '{"a":[1]}'::jsonb, ARRAY['a,b','c',null], ARRAY[1,2], '\\x00ff'::bytea, ''::varchar),
    (null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null),
    (false, 32767::int2, 2147483647, (-1)::int8, 'NaN'::float8, (-0.5)::numeric, '', '', null, 'infinity'::date,
     null, 'null'::jsonb, '{}'::text[], '{}'::int[], ''::bytea, 'x')) AS v`;
  try {
    const expected = (await pool.query(text)).rows;
    const found = await pool.read({}, 'every_type', text, []);

    expect(found).toEqual(expected);
    expect(found).toHaveLength(3);
    // Short texts are read in ways of their own.
    const texts = [
      '',
      'a',
      '安',
      '张伟',
      '王小明',
      '欧阳娜娜',
      '张a',
      'a张',
      'é',
      '张é',
      '𠮷',
      '𠮷野家',
      'áéíóú',
      '一'.repeat(40),
    ];
    const listed = await pool.read({}, 'texts', 'SELECT value FROM unnest($1::text[]) AS t(value)', [texts]);
    expect(listed).toEqual(texts.map((value) => ({ value })));
  } finally {
    await pool.end();
  }
});
