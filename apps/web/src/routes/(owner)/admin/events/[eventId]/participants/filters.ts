/** Which participants the list shows, as its address says: what is set holds for every row. */
export interface Filters {
  /** The name of a channel. */
  entryPath?: string
  visited?: true
  isWinner?: true
  excluded?: true
  withdrawn?: true
  /** Days in Korea, both included, such as `2026-12-20`. */
  from?: string
  to?: string
}

export const STATES = ['visited', 'isWinner', 'excluded', 'withdrawn'] as const
export type State = (typeof STATES)[number]

const MAX_PATH_LENGTH = 100
const FIRST_DAY = '2000-01-01'
const LAST_DAY = '9999-12-30'

/** Whether a text is a day of the calendar that can be filtered by. */
function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`)
  const isReal = !Number.isNaN(at.getTime()) && at.toISOString().slice(0, text.length) === text
  return isReal && text >= FIRST_DAY && text <= LAST_DAY
}

/** The filters of an address; what it does not hold in the right form is left out. */
export function readFilters(params: Pick<URLSearchParams, 'get'>): Filters {
  const filters: Filters = {}
  const entryPath = params.get('entryPath')?.trim().normalize('NFC') ?? ''
  if (entryPath !== '' && [...entryPath].length <= MAX_PATH_LENGTH) filters.entryPath = entryPath
  for (const state of STATES) if (params.get(state) === 'true') filters[state] = true
  const [first, last] = [params.get('from') ?? '', params.get('to') ?? '']
  // From a later day to an earlier one means the days between them all the same.
  const [from, to] = isDay(first) && isDay(last) && first > last ? [last, first] : [first, last]
  if (isDay(from)) filters.from = from
  if (isDay(to)) filters.to = to
  return filters
}

/** The query of an address that holds the filters, without `?`; the same text for the same filters. */
export function filterQuery({ entryPath, from, to, ...states }: Filters): string {
  const pairs = [
    ['entryPath', entryPath],
    ...STATES.map((state) => [state, states[state] && 'true']),
    ['from', from],
    ['to', to],
  ].flatMap(([name, value]) => (name && value ? [[name, value]] : []))
  return new URLSearchParams(pairs).toString()
}
