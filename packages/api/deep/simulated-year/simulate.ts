import { countOverdue } from '../../src/destruction/count-overdue.ts'
import { periodicJobs } from '../../src/jobs/periodic-jobs.ts'
import { retireUnneededKeys } from '../../src/reseal/key-use.ts'
import { resealAll } from '../../src/reseal/reseal.ts'
import { noteAutomaticDraws } from './automatic-draws.ts'
import { controlScan, createScan } from './check-database.ts'
import { checkProofs, checkShortLived } from './check-draws.ts'
import { checkEntries, checkUndrawn } from './check-entries.ts'
import { passDay } from './clock.ts'
import { enter, guess, isOpen, markVisit, useRights } from './entrant-acts.ts'
import { type Installation, KEYS } from './installation.ts'
import { DAY_MS, type Entry, goneAt } from './model.ts'
import { publishEvent, readNewText, runPlan } from './owner-acts.ts'
import { createPeople, randomText } from './people.ts'
import { createRandom, type Random } from './random.ts'
import { count, type Year } from './year.ts'

export interface YearOptions {
  seed: number
  days: number
  events: number
  print: (line: string) => void
}

export interface YearResult {
  problems: string[]
  counts: Map<string, number>
  /** Entries whose data was destroyed at its date, each seen stored by the check that ran before the jobs. */
  destroyed: number
  controls: number
  storedAtEnd: number
  mostStored: number
}

/** The last days on which an event begins, so that all its periods end within the year. */
const QUIET_DAYS = 125
const CONTROL_DAYS = 30
const MAX_PROBLEMS = 20

/** A problem of one day shows every day after it, and is reported once. */
const withoutDates = (problem: string) => problem.replace(/\(due .*?\)/, '')

/** Lives through the days of a shop, and checks the whole database after each. */
export async function simulateYear(installation: Installation, options: YearOptions): Promise<YearResult> {
  const random = createRandom(options.seed)
  let day = 0
  const year: Year = {
    installation,
    random,
    people: createPeople(random),
    events: [],
    counts: new Map(),
    now: () => Date.now() + day * DAY_MS,
    passed: () => day * DAY_MS,
    toStored: (instant) => new Date(instant - day * DAY_MS).toISOString(),
  }
  const scanner = createScan(year)
  const result: YearResult = {
    problems: [],
    counts: year.counts,
    destroyed: 0,
    controls: 0,
    storedAtEnd: 0,
    mostStored: 0,
  }
  const schedule = Array.from({ length: options.events }, () =>
    random.int(0, Math.max(0, options.days - QUIET_DAYS)),
  )
  const known = new Set<string>()
  for (; day < options.days; day++) {
    const today = (problems: readonly string[]) => {
      for (const problem of problems.filter((each) => !known.has(withoutDates(each)))) {
        known.add(withoutDates(problem))
        result.problems.push(`day ${day}: ${problem}`)
      }
    }
    for (const _ of schedule.filter((at) => at === day)) await publishEvent(year)
    await act(year, random)
    await rotate(year, day, today)

    // Before the jobs run, what is due since the last run is still stored: the check has to say so.
    const due = await checkEntries(year)
    const late = due.problems.filter((problem) => problem.includes('beyond')).length
    const now = new Date()
    const moment = now.getTime() + day * DAY_MS
    const frozen = { ...year, now: () => moment }
    await runJobs(installation, now)
    today(await noteAutomaticDraws(frozen))
    today(await checkUndrawn(frozen))
    const checked = await checkEntries(frozen)
    today(checked.problems)
    const isWhole = day % CONTROL_DAYS === 0 || day === options.days - 1
    today(await checkShortLived(frozen))
    today(await scanner.check(checked.stored, { whole: isWhole }))
    const overdue = await countOverdue(installation.dependencies, now)
    if (overdue > 0) today([`eungmo_personal_data_overdue is ${overdue}`])
    result.destroyed += late
    result.mostStored = Math.max(result.mostStored, checked.storedEntries)
    result.storedAtEnd = checked.storedEntries

    if (day > 0 && isWhole) {
      const values = new Set(scanner.goneValues(checked.stored))
      const gone = year.events
        .flatMap(({ entries }) => entries)
        .find(({ applicationNumber }) => values.has(applicationNumber))
      if (gone) {
        const missed = await controlScan(year, scanner, checked.stored, { entry: gone, values: [...values] })
        today(missed.map((place) => `the control in ${place} was not found`))
        result.controls += 1
      }
    }
    if (result.problems.length > MAX_PROBLEMS) break
    if (day % CONTROL_DAYS === 0) options.print(`day ${day}: ${checked.storedEntries} entries stored`)
    await passDay(installation.api.sql)
  }
  result.problems.push(...(await checkProofs(year)))
  return result
}

async function act(year: Year, random: Random): Promise<void> {
  for (const event of year.events) {
    if (isOpen(year, event))
      for (let n = random.int(0, 4); n > 0; n--)
        await enter(year, event, random.chance(0.15) ? earlierPerson(year) : year.people.next())
    await runPlan(year, event)
    const entry = random.pick(event.entries)
    if (!entry || goneAt(entry) <= year.now()) continue
    if (random.chance(isOpen(year, event) ? 0.15 : 0.03)) await useRights(year, entry)
    if (random.chance(0.01)) await guess(year, entry)
    if (random.chance(0.1)) await markVisit(year, entry)
  }
  if (!random.chance(0.02)) return
  await year.installation.owner.shops.rename({ name: randomText(random, 2) })
  for (const event of year.events) if (event.status === 'published') await readNewText(year, event)
  count(year, 'shop renamed')
}

function earlierPerson(year: Year): Entry['person'] {
  const entries = year.random.pick(year.events)?.entries ?? []
  return year.random.pick(entries)?.person ?? year.people.next()
}

async function runJobs({ dependencies }: Installation, now: Date): Promise<void> {
  const { signal } = new AbortController()
  for (const job of periodicJobs(dependencies)) await job.run({ now, signal })
}

const ROTATION = { added: 90, moved: 92, resealed: 94 }

/** Replaces the key in the course of the year, and drops the older one as soon as nothing needs it. */
async function rotate(year: Year, day: number, report: (problems: string[]) => void): Promise<void> {
  const { installation } = year
  if (day === ROTATION.added) await installation.restart(KEYS.added)
  if (day === ROTATION.moved) await installation.restart(KEYS.moved)
  if (day === ROTATION.resealed) {
    const tables = await resealAll(installation.dependencies, new AbortController().signal)
    for (const { table, resealed, unreadable } of tables) {
      if (unreadable.length > 0) report(unreadable)
      year.counts.set(`rows of ${table} sealed again`, resealed)
    }
  }
  if (day <= ROTATION.resealed || year.counts.has('day on which the older key was dropped')) return
  const [older] = await retireUnneededKeys(installation.dependencies.db, installation.dependencies.secrets)
  if (!older?.isRetired) return
  await installation.restart(KEYS.dropped)
  year.counts.set('day on which the older key was dropped', day)
}
