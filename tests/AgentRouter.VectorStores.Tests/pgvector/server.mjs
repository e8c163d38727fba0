// PostgreSQL with pgvector as a child process of the tests: prints the port it listens on, and ends when its standard input closes.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import v8 from 'node:v8';

// compiled quickly rather than well: the whole run is shorter than the optimizing compiler's work
v8.setFlagsFromString('--liftoff-only');
// node 18, which Debian 12 has, does not know it yet
globalThis.CustomEvent ??= class extends Event {
  constructor(type, options) {
    super(type, options);
    this.detail = options?.detail;
  }
};
process.stdin.on('end', () => process.exit(0)).resume();

const { PGlite } = await import('@electric-sql/pglite');
const { vector } = await import('@electric-sql/pglite-pgvector');
const { PGLiteSocketServer } = await import('@electric-sql/pglite-socket');

// an empty database, kept beside the packages it was made with: making it takes longer than the tests
const empty = new URL('node_modules/.empty-database.tgz', import.meta.url);
const db = await PGlite.create({
  extensions: { vector },
  loadDataDir: existsSync(empty) ? new Blob([readFileSync(empty)]) : undefined,
});
if (!existsSync(empty)) {
  const made = await db.dumpDataDir('gzip');
  const half = new URL(`node_modules/.empty-database.${process.pid}`, import.meta.url);
  writeFileSync(half, Buffer.from(await made.arrayBuffer()));
  renameSync(half, empty);
}

// it has one session; a second connection may only come while the first is about to close
const server = new PGLiteSocketServer({ db, port: 0, host: '127.0.0.1', maxConnections: 4 });
server.addEventListener('listening', event => console.log(`listening ${event.detail.port}`));
await server.start();
