import { get as analyticsGet } from './procedures/analytics/get.ts'
import { live as analyticsLive } from './procedures/analytics/live.ts'
import { shop as analyticsShop } from './procedures/analytics/shop.ts'
import { create as apiKeysCreate } from './procedures/apiKeys/create.ts'
import { list as apiKeysList } from './procedures/apiKeys/list.ts'
import { revoke as apiKeysRevoke } from './procedures/apiKeys/revoke.ts'
import { archive as channelsArchive } from './procedures/channels/archive.ts'
import { create as channelsCreate } from './procedures/channels/create.ts'
import { list as channelsList } from './procedures/channels/list.ts'
import { rename as channelsRename } from './procedures/channels/rename.ts'
import { renewVisitToken as channelsRenewVisitToken } from './procedures/channels/renew-visit-token.ts'
import { chain as drawsChain } from './procedures/draws/chain.ts'
import { drawWinners as drawsDrawWinners } from './procedures/draws/draw-winners.ts'
import { listEntries as drawsEntries } from './procedures/draws/entries.ts'
import { get as drawsGet } from './procedures/draws/get.ts'
import { list as drawsList } from './procedures/draws/list.ts'
import { preview as drawsPreview } from './procedures/draws/preview.ts'
import { redraw as drawsRedraw } from './procedures/draws/redraw.ts'
import { transcript as drawsTranscript } from './procedures/draws/transcript.ts'
import { beaconStatus as eventsBeaconStatus } from './procedures/events/beacon-status.ts'
import { cancel as eventsCancel } from './procedures/events/cancel.ts'
import { create as eventsCreate } from './procedures/events/create.ts'
import { get as eventsGet } from './procedures/events/get.ts'
import { getBySlug as eventsGetBySlug } from './procedures/events/get-by-slug.ts'
import { getForOwner as eventsGetForOwner } from './procedures/events/get-for-owner.ts'
import { list as eventsList } from './procedures/events/list.ts'
import { publish as eventsPublish } from './procedures/events/publish.ts'
import { update as eventsUpdate } from './procedures/events/update.ts'
import { list as participantsList } from './procedures/participants/list.ts'
import { markVisit as participantsMarkVisit } from './procedures/participants/mark-visit.ts'
import { receipt as participationsReceipt } from './procedures/participations/receipt.ts'
import { register as participationsRegister } from './procedures/participations/register.ts'
import { selfCheck as participationsSelfCheck } from './procedures/participations/self-check.ts'
import { publicWinners as winnersPublic } from './procedures/winners/public.ts'
import { createCallerFactory, router } from './trpc.ts'

/** Every procedure of the product: src/procedures/<area>/<name>.ts. It only lists. */
export const appRouter = router({
  participations: {
    register: participationsRegister,
    selfCheck: participationsSelfCheck,
    receipt: participationsReceipt,
  },
  participants: {
    list: participantsList,
    markVisit: participantsMarkVisit,
  },
  channels: {
    list: channelsList,
    create: channelsCreate,
    rename: channelsRename,
    archive: channelsArchive,
    renewVisitToken: channelsRenewVisitToken,
  },
  events: {
    get: eventsGet,
    getBySlug: eventsGetBySlug,
    getForOwner: eventsGetForOwner,
    list: eventsList,
    create: eventsCreate,
    update: eventsUpdate,
    publish: eventsPublish,
    cancel: eventsCancel,
    beaconStatus: eventsBeaconStatus,
  },
  draws: {
    preview: drawsPreview,
    drawWinners: drawsDrawWinners,
    list: drawsList,
    get: drawsGet,
    redraw: drawsRedraw,
    chain: drawsChain,
    transcript: drawsTranscript,
    entries: drawsEntries,
  },
  winners: {
    public: winnersPublic,
  },
  apiKeys: {
    create: apiKeysCreate,
    list: apiKeysList,
    revoke: apiKeysRevoke,
  },
  analytics: {
    get: analyticsGet,
    live: analyticsLive,
    shop: analyticsShop,
  },
})

export type AppRouter = typeof appRouter

/** Calls procedures directly on the server: `createCaller(context).events.get({ … })`. */
export const createCaller = createCallerFactory(appRouter)
