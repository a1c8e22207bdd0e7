import { accessLogRouter } from './access-log/router.ts'
import { analyticsRouter } from './analytics/router.ts'
import { apiKeysRouter } from './api-keys/router.ts'
import { channelsRouter } from './channels/router.ts'
import { claimsRouter } from './claims/router.ts'
import { destructionRouter } from './destruction/router.ts'
import { drawsRouter, winnersRouter } from './draws/router.ts'
import { eventsRouter } from './events/router.ts'
import { exclusionsRouter } from './exclusions/router.ts'
import { handOverRouter } from './hand-over/router.ts'
import { noticesRouter } from './notices/router.ts'
import { participantsRouter } from './participants/router.ts'
import { participationsRouter } from './participations/router.ts'
import { picturesRouter } from './pictures/router.ts'
import { shopsRouter } from './shops/router.ts'
import { createCallerFactory, router } from './trpc.ts'

/** Every procedure of the product; each area defines its own in `<area>/router.ts`. */
export const appRouter = router({
  participations: participationsRouter,
  participants: participantsRouter,
  exclusions: exclusionsRouter,
  channels: channelsRouter,
  events: eventsRouter,
  draws: drawsRouter,
  winners: winnersRouter,
  claims: claimsRouter,
  handOver: handOverRouter,
  apiKeys: apiKeysRouter,
  analytics: analyticsRouter,
  shops: shopsRouter,
  destruction: destructionRouter,
  accessLog: accessLogRouter,
  notices: noticesRouter,
  pictures: picturesRouter,
})

export type AppRouter = typeof appRouter

/** Calls procedures directly on the server: `createCaller(context).events.get({ … })`. */
export const createCaller = createCallerFactory(appRouter)
