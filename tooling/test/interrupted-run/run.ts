import { tmpdir } from 'node:os'
import { runWithServices, stopSignal } from '../../test-run/run-with-services.ts'

/** `npm test` with one check, which starts a server in a session of its own: its command line names the temporary directory. */
const server = `setsid tail -f /dev/null ${tmpdir()}/check-server`
const check = { name: 'endless', command: ['sh', '-c', `touch ${tmpdir()}/check-server; ${server} & wait`] }
const print = (line: string) => void process.stdout.write(`${line}\n`)
await runWithServices([[{ checks: [{ ...check, cwd: '/', timeoutMs: 600_000 }] }]], {
  print,
  signal: stopSignal(),
})
process.exit(1)
