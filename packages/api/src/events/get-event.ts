import type { EventWithConsent } from '@eungmo/db/queries/event-pages'
import { contentVersion } from '../content-version.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors/domain-error.ts'
import { parseInput } from '../errors/parse-input.ts'
import type { PublicBody } from '../public-body.ts'
import { eventIdInput } from '../validation/fields.ts'
import { presentConsent, presentMarketing } from './present-consent.ts'
import { presentEvent } from './present-event.ts'
import { requireVisibleEvent } from './require-visible-event.ts'
import { type EventWithConsentView, eventWithConsentView } from './schema.ts'

/**
 * What the entry page shows of an event, with its consent text. Throws NOT_FOUND for a draft of another shop.
 */
export async function getEvent(context: Context, input: unknown): Promise<EventWithConsentView> {
  return present(await findVisible(context, input))
}

/** The same as a body, whose text and version all callers of one read share. Caches never store a draft. */
export async function readEventBody(context: Context, input: unknown): Promise<PublicBody> {
  const found = await findVisible(context, input)
  const { text, version } = textOf(found)
  return {
    version: `event-${version}`,
    contentType: 'application/json',
    ...(found.event.publishedAt === null && { headers: { 'cache-control': 'private, no-store' } }),
    async *chunks() {
      yield text
    },
  }
}

async function findVisible({ dependencies, viewer }: Context, input: unknown): Promise<EventWithConsent> {
  const { eventId } = parseInput(eventIdInput, input)
  const found = await dependencies.publicReads.event(eventId)
  if (!found) throw new DomainError('NOT_FOUND')
  requireVisibleEvent(found.event, viewer)
  return found
}

const present = (found: EventWithConsent): EventWithConsentView => ({
  ...presentEvent(found.event),
  consent: presentConsent(found),
  marketing: presentMarketing(found),
})

const texts = new WeakMap<EventWithConsent, { text: string; version: string }>()

function textOf(found: EventWithConsent): { text: string; version: string } {
  const known = texts.get(found)
  if (known) return known
  const text = JSON.stringify(eventWithConsentView.parse(present(found)))
  const created = { text, version: contentVersion(text) }
  texts.set(found, created)
  return created
}
