import { eq, type SQL, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { consentTexts, drawLogs, drawRecords, events, marketingTexts, shops } from '../schema/index.ts'
import type { ConsentText } from './consent-texts.ts'
import { type EventPicture, pictureOfEvent } from './event-pictures.ts'
import { type EventWithParts, eventWithParts } from './events.ts'
import { shopContact } from './shop-details.ts'

/** A rules record, with what is stored beside it. */
export interface RulesRow {
  /** The record exactly as hashed. */
  record: string
  /** Hex. */
  hash: string
  rulesText: string | null
  entriesSoFar: number | null
  changeReason: string | null
}

/** The newest attempt of an event. Instants are ISO 8601. */
export interface LatestDraw {
  id: string
  attempt: number
  lockedAt: string
  drawsAt: string | null
  drawnAt: string | null
}

/** A consent text with the dates that it promises; null for a text of before the dates were stored. Instants are ISO 8601. */
export interface ShownConsent extends ConsentText {
  othersUntil: string | null
  winnersUntil: string | null
}

/** An event with the newest versions of its texts. */
export interface EventWithConsent {
  event: EventWithParts
  /** Null before publication. */
  consent: ShownConsent | null
  /** Of the marketing box; null where the event has none, and before publication. */
  marketing: ConsentText | null
}

/** An event with everything that its pages show: texts, rules and draw. */
export interface EventPageRow extends EventWithConsent {
  /** Of the chain, oldest first; empty before publication. */
  rules: RulesRow[]
  /** Hash of the chain's newest record, in hex; null before publication. */
  head: string | null
  latestDraw: LatestDraw | null
  /** Where customers ask; null in a shop without an owner. */
  contact: string | null
  /** Null where it has none. */
  picture: EventPicture | null
}

const consent = sql<ShownConsent | null>`(select json_build_object('version', ${consentTexts.version},
  'ko', ${consentTexts.ko}, 'en', ${consentTexts.en}, 'othersUntil', ${consentTexts.othersUntil},
  'winnersUntil', ${consentTexts.winnersUntil}) from ${consentTexts}
  where ${consentTexts.eventId} = ${events.id} order by ${consentTexts.version} desc limit 1)`

const marketing = sql<ConsentText | null>`case when ${events.asksMarketing} then (
  select json_build_object('version', ${marketingTexts.version}, 'ko', ${marketingTexts.ko}, 'en', ${marketingTexts.en})
  from ${marketingTexts} where ${marketingTexts.eventId} = ${events.id} order by ${marketingTexts.version} desc limit 1) end`

const rules = sql<RulesRow[]>`coalesce((select json_agg(json_build_object('record', ${drawRecords.record},
  'hash', encode(${drawRecords.hash}, 'hex'), 'rulesText', ${drawRecords.rulesText},
  'entriesSoFar', ${drawRecords.entriesSoFar}, 'changeReason', ${drawRecords.changeReason})
  order by ${drawRecords.seq}) from ${drawRecords}
  where ${drawRecords.eventId} = ${events.id} and ${drawRecords.type} = 'rules'), '[]')`

const head = sql<string | null>`(select encode(${drawRecords.hash}, 'hex') from ${drawRecords}
  where ${drawRecords.eventId} = ${events.id} order by ${drawRecords.seq} desc limit 1)`

const latestDraw = sql<LatestDraw | null>`(select json_build_object('id', ${drawLogs.id},
  'attempt', ${drawLogs.attempt}, 'lockedAt', ${drawLogs.lockedAt}, 'drawsAt', ${drawLogs.drawsAt},
  'drawnAt', ${drawLogs.drawnAt}) from ${drawLogs}
  where ${drawLogs.eventId} = ${events.id} order by ${drawLogs.attempt} desc limit 1)`

async function findOne(executor: Executor, where: SQL): Promise<EventPageRow | undefined> {
  const [row] = await executor
    .select({
      event: eventWithParts,
      consent,
      marketing,
      rules,
      head,
      latestDraw,
      contact: shopContact(),
      picture: pictureOfEvent,
    })
    .from(events)
    .innerJoin(shops, eq(shops.id, events.shopId))
    .where(where)
  return row
}

/** An event with its consent text, read in one statement; undefined for an unknown id. */
export async function findEventWithConsent(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<EventWithConsent | undefined> {
  const [row] = await executor
    .select({ event: eventWithParts, consent, marketing })
    .from(events)
    .innerJoin(shops, eq(shops.id, events.shopId))
    .where(eq(events.id, eventId))
  return row
}

/** What the page at an address shows, read in one statement; undefined for an unknown slug. */
export function findEventPage(
  executor: Executor,
  { slug }: { slug: string },
): Promise<EventPageRow | undefined> {
  return findOne(executor, eq(events.slug, slug))
}

/** As findEventPage, by the event's id. */
export function findEventPageById(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<EventPageRow | undefined> {
  return findOne(executor, eq(events.id, eventId))
}
