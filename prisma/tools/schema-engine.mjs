#!/usr/bin/env node
/**
 * Stands in for Prisma's native schema engine, which npm does not carry: the CLI starts it as a program, speaks
 * JSON-RPC with it over stdio, and finds here the official WebAssembly build of the same engine over the `pg` driver.
 *
 * A development tool, named to the CLI by PRISMA_SCHEMA_ENGINE_BINARY. Prisma does not support this arrangement; the
 * engine, the CLI and the driver adapter must have one version. PRISMA_SCHEMA_ENGINE_TRACE names a file for the dialogue.
 */
import { randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

/**
 * @typedef {{ url?: string, shadowDatabaseUrl?: string }} Datasource
 * @typedef {{ id?: number | string, method?: string, params?: unknown }} Request
 * @typedef {import('@prisma/adapter-pg').PrismaPg} PrismaPg
 * @typedef {Awaited<ReturnType<PrismaPg['connect']>>} Adapter
 * @typedef {Parameters<Adapter['queryRaw']>[0]} Query
 * @typedef {Record<string, (params: unknown) => Promise<unknown>>} Engine
 * @typedef {object} AdapterInternals
 * @property {(query: Query) => Promise<pg.QueryArrayResult>} performIO
 * @property {(error: unknown) => never} onError
 */

const args = process.argv.slice(2);
const datasource = /** @type {Datasource} */ (JSON.parse(optionValues('--datasource')[0] ?? '{}'));

const charOid = 18;
const textOid = 25;

if (args.includes('--version')) {
  console.log('schema-engine-cli (WebAssembly)');
} else if (args.includes('cli')) {
  await runDatabaseCommand(args[args.indexOf('cli') + 1] ?? '');
} else {
  await serve();
}

/** `cli can-connect-to-database` and its siblings: the answer is the exit code, the reason a JSON line on stderr.
 * @param {string} command */
async function runDatabaseCommand(command) {
  const target = connectionOf(datasource.url ?? '');
  const maintenance = { ...target, database: 'postgres' };
  const database = pg.escapeIdentifier(target.database ?? '');
  try {
    if (command === 'can-connect-to-database') await execute(target);
    else if (command === 'create-database') await execute(maintenance, `create database ${database}`);
    else if (command === 'drop-database') await execute(maintenance, `drop database ${database}`);
    else throw new Error(`unknown command ${command}`);
  } catch (error) {
    const { code, message } = /** @type {Error & { code?: string }} */ (error);
    const known = { '3D000': 'P1003', '28P01': 'P1000', '42P04': 'P1009' }[code ?? ''] ?? 'P1001';
    const told = `Cannot ${command} at ${target.host}:${target.port}/${target.database}: ${message}`;
    const fields = { message: told, error_code: known };
    process.stderr.write(`\n${JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields })}\n`);
    process.exitCode = 1;
  }
}

/** Answers requests one after another until stdin ends. */
async function serve() {
  /** @type {Promise<Engine> | undefined} */
  let engine;
  let printId = 1_000_000; // ids of our own notifications must not meet the CLI's
  for await (const line of createInterface({ input: process.stdin })) {
    const request = /** @type {Request} */ (JSON.parse(line));
    if (request.method === undefined) continue; // the CLI's acknowledgement of a notification
    trace('>', line);
    try {
      const method = request.method === 'getDatabaseVersion' ? 'version' : request.method;
      if (engine === undefined && datasource.url !== undefined && method !== 'diff') {
        await ensureSchema(connectionOf(datasource.url));
      }
      engine ??= /** @type {Promise<Engine>} */ (/** @type {unknown} */ (loadEngine()));
      const methods = await engine;
      const run = methods[method];
      if (run === undefined) throw new Error(`the schema engine has no method ${method}`);
      const result = await run.call(methods, request.params);
      send({ id: request.id, result: method === 'diff' ? printDiff(result) : (result ?? null) });
    } catch (error) {
      const { message, code, stack } = /** @type {Error & { code?: string }} */ (error);
      trace('!', stack ?? message);
      const data = { is_panic: false, message, ...(code === undefined ? {} : { error_code: code }) };
      send({ id: request.id, error: { code: 4466, message, data } });
    }
  }
  // The engine's pools would keep the process alive; what was answered last may still be on its way.
  process.stdout.write('', () => process.exit());

  /** The native engine prints a diff through a notification and answers only with the exit code.
   * @param {unknown} result */
  function printDiff(result) {
    const { stdout, ...rest } = /** @type {{ stdout?: string }} */ (result ?? {});
    if (stdout) {
      send({ id: printId, method: 'print', params: { content: stdout } });
      printId += 1;
    }
    return rest;
  }
}

async function loadEngine() {
  const { PrismaPg } = await import('@prisma/adapter-pg');
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const module = readFileSync(entry.replace(/schema_engine\.js$/, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(module, { './schema_engine_bg.js': bindings });
  // The engine tells the reason of a panic here before it traps; without the hook the reason is lost.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: reportPanic } });
  bindings.__wbg_set_wasm(instance.exports);
  /** @type {() => void} */ (instance.exports.__wbindgen_start)();

  const url = datasource.url ?? 'postgresql://localhost:1/none'; // `generate` and `validate` never connect
  const schema = schemaOf(url);
  const schemaOption = schema === undefined ? {} : { schema };
  const main = connectionOf(url);
  const factory = new PrismaPg(main, schemaOption);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => repair(await connect());
  factory.connectToShadowDb = async () => {
    const named = datasource.shadowDatabaseUrl;
    const shadow = named ? connectionOf(named) : { ...main, database: `prisma_migrate_shadow_db_${randomUUID()}` };
    const database = pg.escapeIdentifier(shadow.database ?? '');
    if (!named) await execute(main, `create database ${database}`);
    await ensureSchema(shadow);
    const adapter = repair(await new PrismaPg(shadow, schemaOption).connect());
    const dispose = adapter.dispose.bind(adapter);
    // The adapter's own way drops the shadow database before it closes its connections to it.
    adapter.dispose = async () => {
      await dispose();
      if (!named) await execute(main, `drop database ${database} with (force)`);
    };
    return adapter;
  };
  const models = optionValues('--datamodels').map(
    (path) => /** @type {[string, string]} */ ([path, readFileSync(path, 'utf8')]),
  );
  const options = { datamodels: models.length > 0 ? models : undefined };
  return bindings.SchemaEngine.new(
    options,
    (/** @type {string} */ line) => trace('#', line),
    bindMigrationAwareSqlAdapterFactory(factory),
  );
}

/** Two gaps of the adapter: it knows no "char" columns (the catalogue has them, and the engine panics unless they come
 * as characters), and it cuts scripts at every semicolon, those inside strings and function bodies included.
 * @param {Adapter} adapter */
function repair(adapter) {
  const inner =
    /** @type {Pick<Adapter, 'queryRaw' | 'executeScript' | 'underlyingDriver' | 'dispose'> & AdapterInternals} */ (
      /** @type {unknown} */ (adapter)
    );
  const performIO = inner.performIO.bind(inner);
  const queryRaw = inner.queryRaw.bind(inner);
  /** @type {WeakMap<object, number[]>} */
  const charColumns = new WeakMap();
  inner.performIO = async (query) => {
    const result = await performIO(query);
    const indexes = result.fields.flatMap((field, index) => (field.dataTypeID === charOid ? [index] : []));
    for (const index of indexes) Object.assign(result.fields[index] ?? {}, { dataTypeID: textOid });
    charColumns.set(result.rows, indexes);
    return result;
  };
  inner.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of charColumns.get(result.rows) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  inner.executeScript = async (script) => {
    try {
      await inner.underlyingDriver().query(script);
    } catch (error) {
      inner.onError(error);
    }
  };
  return adapter;
}

/** @param {pg.ClientConfig} connection @param {string} [sql] */
async function execute(connection, sql) {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    if (sql !== undefined) await client.query(sql);
  } finally {
    await client.end();
  }
}

/** @param {pg.ClientConfig} connection */
async function ensureSchema(connection) {
  const schema = schemaOf(datasource.url ?? '');
  if (schema === undefined) return;
  await execute(connection, `create schema if not exists ${pg.escapeIdentifier(schema)}`);
  // Trigram indexes need it, and Prisma is not told about extensions: they belong to the whole database.
  await execute(connection, 'create extension if not exists pg_trgm with schema public');
}

/** Single parameters, not a connection string: the driver would refuse Prisma's own `?schema=`.
 * @param {string} url
 * @returns {pg.ClientConfig} */
function connectionOf(url) {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const schema = schemaOf(datasource.url ?? url);
  return {
    host: decodeURIComponent(hostname),
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    ssl: ['require', 'verify-ca', 'verify-full'].includes(searchParams.get('sslmode') ?? ''),
    // Migrations name their tables without a schema.
    ...(schema === undefined ? {} : { options: `-c search_path=${pg.escapeIdentifier(schema)},public` }),
  };
}

/** @param {string} url */
function schemaOf(url) {
  return url === '' ? undefined : (new URL(url).searchParams.get('schema') ?? undefined);
}

/** @param {string} name */
function optionValues(name) {
  return args.flatMap((word, index) => (word === name ? [args[index + 1] ?? ''] : []));
}

/** @param {string} reason */
function reportPanic(reason) {
  process.stderr.write(
    `${JSON.stringify({ level: 'ERROR', fields: { message: `the schema engine panicked: ${reason}` } })}\n`,
  );
  trace('!', reason);
}

/** @param {object} message */
function send(message) {
  const line = JSON.stringify({ jsonrpc: '2.0', ...message });
  trace('<', line);
  process.stdout.write(`${line}\n`);
}

/** @param {string} direction @param {unknown} text */
function trace(direction, text) {
  const file = process.env.PRISMA_SCHEMA_ENGINE_TRACE;
  if (file) appendFileSync(file, `${direction} ${String(text).slice(0, 4000)}\n`);
}
