import { availableParallelism, loadavg } from 'node:os'
import type { YearOptions, YearResult } from './simulate.ts'

/** The outcome of a simulated year as a Markdown page. */
export function yearReport(
  { seed, days, events }: Pick<YearOptions, 'seed' | 'days' | 'events'>,
  { problems, counts, destroyed, controls, mostStored, storedAtEnd }: YearResult,
  seconds: number,
): string {
  const rows = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `${[
    '# A simulated year of personal data',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores, load average ${loadavg()[0]?.toFixed(0)}, Bun ${Bun.version}:`,
    `${days} days, ${events} events, seed ${seed}, ${(seconds / 60).toFixed(1)} minutes.`,
    problems.length === 0
      ? '**Nothing was stored beyond its time, and nothing was missing before it.**'
      : `**${problems.length} problems.**`,
    '',
    'After each day and its jobs, the rows of every entry are compared with a model that knows the',
    'promises alone, what is stored is opened and compared with what was entered, and every column of',
    'every table is searched: for names and numbers in clear, hex, base64 and bytes, and for every value',
    'that was ever stored of anybody. What is stored has to be found, and nothing else.',
    '',
    `- ${destroyed} entries were found stored after their time by the check that runs before the day's jobs,`,
    '  and gone after them: the check sees what it has to see.',
    `- ${controls} times, values of somebody whose data was gone were planted in twelve columns, in a`,
    '  transaction that was rolled back: each was found.',
    `- At most ${mostStored} entries were stored at once, and ${storedAtEnd} at the end.`,
    '',
    '| what happened | times |',
    '| --- | --- |',
    ...rows.map(([what, times]) => `| ${what} | ${times} |`),
    ...(problems.length > 0 ? ['', '## Problems', '', ...problems.map((problem) => `- ${problem}`)] : []),
  ].join('\n')}\n`
}
