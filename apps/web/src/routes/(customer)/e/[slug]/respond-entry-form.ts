import { asLoggedError } from '@eungmo/api/errors/as-logged-error'
import { parseInput } from '@eungmo/api/errors/parse-input'
import { entryPageInput } from '@eungmo/api/events/schema'
import { enterEvent } from '@eungmo/api/participations/enter-event'
import { registerInput } from '@eungmo/api/participations/schema'
import { receiptText } from '@eungmo/draw/receipts'
import { type ApiRequest, contextOf } from '#lib/server/api/context.ts'
import type { FrontHandler } from '#lib/server/front/front-handler.ts'
import { passOn } from '#lib/server/http/passed-on.ts'
import { createResponseCookies } from '#lib/server/http/response-cookies.ts'
import { dependencies } from '#lib/server/process/dependencies.ts'
import { handleRequest } from '#lib/server/process/handle-request.ts'
import { logger } from '#lib/server/process/logger.ts'
import { storeDoneEntry } from './done-entry.ts'
import { DONE_MAX_AGE_S, type DoneEntry } from './done-envelope.ts'
import { enteredCookieName } from './entered-cookie.ts'
import { entryErrors } from './entry-errors.ts'
import { type EntryRejection, invalidForm, rejectionOfError, unreadableForm } from './entry-rejection.ts'
import { entrySlug } from './entry-slug.ts'
import { type EntryForm, readEntryForm } from './read-entry-form.ts'

const ROUTE = '/(customer)/e/[slug]'

const rejections = new WeakMap<Request, EntryRejection>()

/** Why the entry of this request was not stored; undefined for a request that posted no entry. */
export const entryRejectionOf = (request: Request): EntryRejection | undefined => rejections.get(request)

/**
 * Handles every post of the entry form in front of SvelteKit, through the same HTTP pipeline: a success is a
 * redirect. Whatever was rejected is passed on, and SvelteKit renders the page with the rejection.
 */
export const respondEntryForm: FrontHandler = (request, url, getClientAddress, toKit) => {
  const slug = entrySlug(request.method, url)
  if (slug === undefined) return undefined
  return handleRequest(request, { url, route: ROUTE }, async (context) => {
    const { locale } = context
    const event = { request, getClientAddress, locals: { viewer: { kind: 'anonymous' }, locale } } as const
    const outcome = await enter(event, url, slug)
    if (outcome instanceof Response) return outcome
    const kit = toKit()
    rejections.set(kit.request, outcome)
    passOn(kit.request, context)
    return kit.respond()
  })
}

interface StoredEntry {
  slug: string
  eventId: string
  entry: DoneEntry
}

/** Enters, and redirects to the done page; or why not. */
async function enter(event: ApiRequest, url: URL, slug: string): Promise<Response | EntryRejection> {
  const form = await readEntryForm(event.request).catch(() => undefined)
  if (!form) return unreadableForm()
  const errors = entryErrors(form.values, form.visitToken === '')
  if (Object.keys(errors).length > 0) return invalidForm(form, errors)
  try {
    return toDonePage(url, form.submissionId, await storeEntry(event, slug, form))
  } catch (cause) {
    return rejectionOfError(asLoggedError(logger, cause, { route: ROUTE }), form, event.locals.locale)
  }
}

async function storeEntry(
  event: ApiRequest,
  address: string,
  { values, visitToken, submissionId, consentVersion, marketingVersion }: EntryForm,
): Promise<StoredEntry> {
  const { eventIdOf, publicReads } = dependencies()
  const { slug } = parseInput(entryPageInput, { slug: address })
  const eventId = await eventIdOf(slug)
  // Before the entry is stored: afterwards an error would show that it was not.
  const visitBonus = visitToken === '' ? null : (await publicReads.entryPage(slug)).view.visitBonus
  const { privacyConsent, entryPath, ...person } = values
  const input = {
    ...person,
    eventId,
    privacyConsent,
    submissionId,
    ...(entryPath && { entryPath }),
    ...(visitToken && { visitToken }),
    ...(consentVersion !== undefined && { consentVersion }),
    ...(marketingVersion !== undefined && { marketingConsent: true, marketingVersion }),
  }
  const { accepted, receipt } = await enterEvent(contextOf(event), parseInput(registerInput, input))
  const entry = {
    applicationNumber: accepted.applicationNumber,
    name: values.name.trim(),
    tickets: accepted.visited ? 1 + (visitBonus ?? 0) : 1,
    receipt: receipt && receiptText(receipt),
  }
  return { slug, eventId, entry }
}

function toDonePage(url: URL, submissionId: string, { slug, eventId, entry }: StoredEntry): Response {
  const path = `/e/${slug}`
  const cookies = createResponseCookies()
  storeDoneEntry(cookies, { eventId, slug, url, entry })
  cookies.set(enteredCookieName(eventId), submissionId, {
    path,
    httpOnly: false,
    sameSite: 'lax',
    secure: url.protocol === 'https:',
    maxAge: DONE_MAX_AGE_S,
  })
  const response = new Response(null, { status: 303, headers: { location: `${path}/done` } })
  cookies.appendTo(response)
  return response
}
