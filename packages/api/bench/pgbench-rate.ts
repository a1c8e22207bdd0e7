import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registerStatement } from '@eungmo/db/queries/register-participants'

const DEBIAN_DIRECTORY = '/usr/lib/postgresql'
const MAX_DURATION_SECONDS = 120

/** The path of pgbench, from PATH or from Debian's postgresql package; null when it is not installed. */
function findPgbench(): string | null {
  const onPath = Bun.which('pgbench')
  if (onPath) return onPath
  if (!existsSync(DEBIAN_DIRECTORY)) return null
  const newest = readdirSync(DEBIAN_DIRECTORY)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN_DIRECTORY, version, 'bin', 'pgbench'))
  return newest.find((path) => existsSync(path)) ?? null
}

/** Parameters of one row, computed by PostgreSQL instead of the service. */
const values = (eventId: string) => [
  `array['${eventId}']::uuid[]`,
  'array[1]',
  'array[uuidv7()]',
  `array['\\x${'00'.repeat(64)}'::bytea]`,
  `array['\\x${'00'.repeat(64)}'::bytea]`,
  'array[uuid_send(gen_random_uuid())]',
  `array['SNS']`,
  'array[null]::text[]',
  'array[gen_random_uuid()::text]',
  'array[null]::uuid[]',
  `array[encode(sha256(gen_random_uuid()::text::bytea), 'hex')]`,
  'array[1]',
]

/** Transactions per second of pgbench with prepared statements; null when pgbench is not installed. */
export async function pgbenchRate(
  url: string,
  eventId: string,
  clients: number,
  seconds: number,
): Promise<number | null> {
  const pgbench = findPgbench()
  if (!pgbench) return null
  const { hostname, port, username, password, pathname } = new URL(url)
  const directory = mkdtempSync(join(tmpdir(), 'eungmo-pgbench-'))
  const script = join(directory, 'register.sql')
  const parameters = values(eventId)
  const statement = registerStatement.replace(
    /\$(\d+)::(?:int|uuid|text|bytea)\[\]/g,
    (_, n) => parameters[Number(n) - 1] ?? '',
  )
  // pgbench would read :MI and :SS as variables.
  const text = statement.replace(/\s+/g, ' ').trim().replace('HH24:MI:SS', 'HH24":"MI":"SS')
  writeFileSync(script, `${text};\n`)
  const environment = {
    ...process.env,
    PGPASSWORD: decodeURIComponent(password),
    PGOPTIONS: '-c plan_cache_mode=force_generic_plan',
  }
  const server = ['-h', hostname, '-p', port, '-U', username, pathname.slice(1)]
  try {
    // Its clock starts before its clients are connected, which may take all of the time on a busy machine.
    for (let duration = Math.ceil(seconds); duration < MAX_DURATION_SECONDS; duration *= 3) {
      const options = [
        '-n',
        '-M',
        'prepared',
        '-f',
        script,
        '-c',
        String(clients),
        '-j',
        '2',
        '-T',
        String(duration),
      ]
      const run = Bun.spawn([pgbench, ...options, ...server], {
        env: environment,
        stdout: 'pipe',
        stderr: 'pipe',
      })
      const [output, errors] = await Promise.all([
        new Response(run.stdout).text(),
        new Response(run.stderr).text(),
      ])
      const [, tps] = /^tps = ([\d.]+) \(without/m.exec(output) ?? []
      if (tps !== undefined) return Number(tps)
      if (/ERROR:/.test(errors) || !/actually processed: 0$/m.test(output))
        throw new Error(`pgbench reported no rate: ${errors || output}`)
    }
    throw new Error('pgbench could not connect its clients in time')
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
