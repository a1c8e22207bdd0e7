import { MAX_DRAWN } from '@eungmo/draw/records'
import { z } from 'zod'
import { memberProcedure, ownerProcedure, publicProcedure, router } from '../trpc.ts'
import { eventIdBody, eventIdInput } from '../validation/fields.ts'
import { cancelEvent } from './cancel-event.ts'
import { createEvent } from './create-event.ts'
import { duplicateEvent } from './duplicate-event.ts'
import { getEntryPage, getEntryPagePreview } from './get-entry-page.ts'
import { getEvent, readEventBody } from './get-event.ts'
import { getOwnerEvent } from './get-owner-event.ts'
import { getPrivacyPage } from './get-privacy-page.ts'
import { listEvents } from './list-events.ts'
import { entryPageView, eventListItem, ownerEventView, privacyPageView } from './page-schema.ts'
import { publishEvent } from './publish-event.ts'
import {
  createEventInput,
  duplicateEventInput,
  entryPageInput,
  eventView,
  eventWithConsentView,
  publishEventInput,
  slugInput,
  updateEventInput,
} from './schema.ts'
import { updateEvent } from './update-event.ts'

/** What a schema of single fields cannot say. */
const TERMS_RULES = `startsAt is before endsAt, and endsAt not after announcementDate. winnerCount is the sum of the prizes' counts, and may be left out next to prizes. winnerCount and alternateCount are at most ${MAX_DRAWN} together.`

export const eventsRouter = router({
  get: publicProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/events/{eventId}',
        tags: ['events'],
        protect: false,
        summary: 'What the entry page shows of an event',
        description:
          'An app that takes entries shows consent.text first, and sends consent.version as consentVersion.',
      },
      rest: { body: readEventBody, errors: ['NOT_FOUND'] },
    })
    .input(eventIdInput)
    .output(eventWithConsentView)
    .query(({ ctx, input }) => getEvent(ctx, input)),

  /** Everything the entry page needs. */
  getBySlug: publicProcedure
    .input(entryPageInput)
    .output(entryPageView)
    .query(({ ctx, input }) => getEntryPage(ctx.dependencies, input)),

  /** Who is responsible for the personal data of an event, and what happens to it. */
  privacy: publicProcedure
    .input(slugInput)
    .output(privacyPageView)
    .query(({ ctx, input }) => getPrivacyPage(ctx.dependencies, input.slug)),

  /** The entry page as customers will see it, for the event's own shop. */
  getPreview: memberProcedure
    .input(eventIdInput)
    .output(entryPageView)
    .query(({ ctx, input }) => getEntryPagePreview(ctx.dependencies, ctx.viewer, input.eventId)),

  getForOwner: memberProcedure
    .input(eventIdInput)
    .output(ownerEventView)
    .query(({ ctx, input }) => getOwnerEvent(ctx.dependencies, ctx.viewer, input.eventId)),

  /** The shop's events, newest first. */
  list: memberProcedure
    .output(z.array(eventListItem))
    .query(({ ctx }) => listEvents(ctx.dependencies, ctx.viewer)),

  create: ownerProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/events',
        tags: ['events'],
        protect: true,
        summary: 'Create an event',
        description: `Creates a draft. title, startsAt, endsAt, announcementDate and winnerCount are enough; everything else has a default. ${TERMS_RULES} Entry paths and their codes differ from each other and from those of 매장 방문 (code store).`,
      },
      rest: { scope: 'events:write', status: 201, errors: [] },
    })
    .input(createEventInput)
    .output(eventView)
    .mutation(({ ctx, input }) => createEvent(ctx.dependencies, ctx.viewer, input)),

  update: ownerProcedure
    .meta({
      openapi: {
        method: 'PATCH',
        path: '/events/{eventId}',
        tags: ['events'],
        protect: true,
        summary: 'Change an event',
        description: `A draft changes freely. Once published, changed terms are recorded and shown with their time and the number of entries so far; once locked, only the story changes. What is left out stays; of the outcome: ${TERMS_RULES}`,
      },
      rest: { scope: 'events:write', errors: ['NOT_FOUND', 'TERMS_FIXED', 'CONFLICT'] },
    })
    .input(updateEventInput)
    .output(eventView)
    .mutation(({ ctx, input }) => updateEvent(ctx.dependencies, ctx.viewer, input)),

  duplicate: ownerProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/events/{eventId}/duplicate',
        tags: ['events'],
        protect: true,
        summary: 'Duplicate an event',
        description:
          'Creates a draft like an event in any phase: its title, story, prizes, settings, picture and entry paths with their codes, without archived ones. It starts at its publication, lasts as many days, and is announced as long after its end. Its address and its in-store link are new, and no entry is copied.',
      },
      rest: { scope: 'events:write', status: 201, errors: ['NOT_FOUND'] },
    })
    .input(duplicateEventInput)
    .output(eventView)
    .mutation(({ ctx, input }) => duplicateEvent(ctx.dependencies, ctx.viewer, input)),

  publish: ownerProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/events/{eventId}/publish',
        tags: ['events'],
        protect: true,
        summary: 'Publish an event',
        description:
          'Publishes the rules and the commitment to every seed that the event will ever draw with.',
      },
      rest: { scope: 'events:write', errors: ['NOT_FOUND', 'CONFLICT'] },
    })
    .input(publishEventInput)
    .output(eventView)
    .mutation(({ ctx, input }) => publishEvent(ctx.dependencies, ctx.viewer, input)),

  /** Impossible once locked. */
  cancel: ownerProcedure
    .input(eventIdBody)
    .output(eventView)
    .mutation(({ ctx, input }) => cancelEvent(ctx.dependencies, ctx.viewer, input.eventId)),

  /** Whether a relay of the public beacon responds: checked before publishing. */
  beaconStatus: ownerProcedure
    .output(z.object({ reachable: z.boolean() }))
    .query(async ({ ctx }) => ({ reachable: await ctx.dependencies.beaconStatus.isReachable() })),
})
