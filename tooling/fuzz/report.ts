import { existsSync, readFileSync } from 'node:fs'
import type { Requests } from './requests.ts'

export interface FuzzRun {
  requests: Requests
  /** One per round. */
  seeds: number[]
  startedAt: Date
  minutes: number
  commit: string
  maxMs: number
}

const MAX_LISTED = 20
const MAX_REQUEST_COLUMNS = 70

/** Written by hand, and carried over from the report before. */
const FINDINGS_HEADING = '## Found on the way'

/** A run without a failure as a Markdown page. */
export function fuzzReport(run: FuzzRun, file: string): string {
  const { requests, seeds, startedAt, minutes, commit, maxMs } = run
  return [
    '# Fuzzing the REST API',
    '',
    `${requests.total.toLocaleString('en')} requests, without a failure: no server error, no status and no`,
    'error code that the operation does not document, no response that differs from its schema, no',
    'request outside the schema that was accepted.',
    '',
    `${startedAt.toISOString().slice(0, 10)}, commit ${commit}, ${minutes.toFixed(0)} minutes, ${seeds.length} rounds with the seeds`,
    `${seeds[0]} to ${seeds.at(-1)}. \`bun run test:fuzz --examples 1000 --seed N\` repeats a round.`,
    '',
    '| operation | requests | by status | slowest |',
    '| --- | --- | --- | --- |',
    ...operationRows(requests),
    '',
    `## Requests above ${maxMs} ms`,
    '',
    ...(requests.slow.length === 0 ? ['None.'] : slowLines(requests).map((line) => `- ${line}`)),
    '',
    findingsOf(file),
  ].join('\n')
}

function operationRows({ byOperation }: Requests): string[] {
  return [...byOperation].map(
    ([operation, { requests, byStatus, slowestMs }]) =>
      `| ${operation} | ${requests} | ${statuses(byStatus)} | ${slowestMs} ms |`,
  )
}

const statuses = (byStatus: ReadonlyMap<number, number>) =>
  [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${status}: ${count}`)
    .join(', ')

function slowLines({ slow }: Requests): string[] {
  const listed = slow
    .slice(0, MAX_LISTED)
    .map(({ request, ms }) => `${ms} ms ${request.slice(0, MAX_REQUEST_COLUMNS)}`)
  return slow.length > MAX_LISTED ? [...listed, `and ${slow.length - MAX_LISTED} more`] : listed
}

function findingsOf(file: string): string {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const start = before.indexOf(FINDINGS_HEADING)
  return start === -1 ? `${FINDINGS_HEADING}\n\nNothing.\n` : before.slice(start)
}

/** A run in a few lines, for the terminal. */
export function summary(requests: Requests, maxMs: number): string {
  const slow = requests.slow.length
  return [
    ...[...requests.byOperation].map(
      ([operation, { byStatus, slowestMs }]) =>
        `${operation}: ${statuses(byStatus)}, slowest ${slowestMs} ms`,
    ),
    `${slow} of ${requests.total} took longer than ${maxMs} ms${slow > 0 ? ':' : ''}`,
    ...slowLines(requests).map((line) => `  ${line}`),
  ].join('\n')
}
