import * as input from './inputs.ts'
import { row } from './world.ts'

/**
 * Every tRPC procedure. API keys are accepted by REST only: here they are strangers. An open stream is checked
 * again every 30 seconds (packages/api/test/live-rights.test.ts).
 */
export const procedures = {
  //                                stranger, other owner, staff, owner, removed member | a key of each scope
  'participations.register': row('200 200 200 200 200 | 200 200 200 200', input.newEntry),
  'participations.selfCheck': row('200 200 200 200 200 | 200 200 200 200', input.ownEntry),
  'participations.receipt': row('200 200 200 200 200 | 200 200 200 200', input.ownEntry),
  'participants.list': row('401 404 200 200 401 | 401 401 401 401', input.openEvent),
  'participants.search': row('401 404 200 200 401 | 401 401 401 401', input.search),
  'participants.newest': row('401 404 200 200 401 | 401 401 401 401', input.openEvent),
  'participants.reveal': row('401 404 200 200 401 | 401 401 401 401', input.participant),
  'participants.markVisit': row('401 404 200 200 401 | 401 401 401 401', input.participant),
  'channels.list': row('401 404 200 200 401 | 401 401 401 401', input.openEvent),
  'channels.create': row('401 404 403 200 401 | 401 401 401 401', input.newChannel),
  'channels.rename': row('401 404 403 200 401 | 401 401 401 401', input.newChannelName),
  'channels.archive': row('401 404 403 200 401 | 401 401 401 401', input.someChannel),
  'channels.renewVisitToken': row('401 404 403 200 401 | 401 401 401 401', input.newEvent),
  'events.get': row('200 200 200 200 200 | 200 200 200 200', input.openEvent),
  'events.getBySlug': row('200 200 200 200 200 | 200 200 200 200', input.openSlug),
  'events.getPreview': row('401 404 200 200 401 | 401 401 401 401', input.openEvent),
  'events.getForOwner': row('401 404 200 200 401 | 401 401 401 401', input.openEvent),
  // Acts on the caller's own shop, as do the other rows in which another owner succeeds.
  'events.list': row('401 200 200 200 401 | 401 401 401 401', input.nothing),
  'events.create': row('401 200 403 200 401 | 401 401 401 401', input.newTerms),
  'events.update': row('401 404 403 200 401 | 401 401 401 401', input.newTitle),
  'events.publish': row('401 404 403 200 401 | 401 401 401 401', input.newDraft),
  'events.cancel': row('401 404 403 200 401 | 401 401 401 401', input.newEvent),
  'events.beaconStatus': row('401 200 403 200 401 | 401 401 401 401', input.nothing),
  'draws.preview': row('401 404 403 200 401 | 401 401 401 401', input.openEvent),
  'draws.drawWinners': row('401 404 403 200 401 | 401 401 401 401', input.newDrawTerms),
  'draws.logs': row('401 404 200 200 401 | 401 401 401 401', input.drawnEvent),
  'draws.list': row('401 404 200 200 401 | 401 401 401 401', input.drawnEvent),
  'draws.get': row('401 404 200 200 401 | 401 401 401 401', input.drawLog),
  'draws.redraw': row('401 404 403 200 401 | 401 401 401 401', input.newRedraw),
  'draws.chain': row('200 200 200 200 200 | 200 200 200 200', input.drawnEvent),
  'draws.transcript': row('200 200 200 200 200 | 200 200 200 200', input.drawLog),
  'draws.summary': row('200 200 200 200 200 | 200 200 200 200', input.drawLog),
  'draws.entries': row('200 200 200 200 200 | 200 200 200 200', input.drawLog),
  'draws.cancelledTranscript': row('200 200 200 200 200 | 200 200 200 200', input.cancelledEvent),
  'winners.public': row('200 200 200 200 200 | 200 200 200 200', input.drawnSlug),
  'apiKeys.create': row('401 200 403 200 401 | 401 401 401 401', input.newKey),
  'apiKeys.list': row('401 200 403 200 401 | 401 401 401 401', input.nothing),
  'apiKeys.revoke': row('401 404 403 200 401 | 401 401 401 401', input.someKey),
  'events.privacy': row('200 200 200 200 200 | 200 200 200 200', input.openSlug),
  'shops.details': row('401 200 403 200 401 | 401 401 401 401', input.nothing),
  'shops.updateDetails': row('401 200 403 200 401 | 401 401 401 401', input.shopDetails),
  'shops.rename': row('401 200 403 200 401 | 401 401 401 401', input.shopName),
  'destruction.stored': row('401 404 403 200 401 | 401 401 401 401', input.openEvent),
  'destruction.destroyEarly': row('401 404 403 200 401 | 401 401 401 401', input.newDestruction),
  'analytics.get': row('401 404 200 200 401 | 401 401 401 401', input.openEvent),
  'analytics.live': row('401 404 200 200 401 | 401 401 401 401', input.followed),
  'analytics.shop': row('401 200 200 200 401 | 401 401 401 401', input.nothing),
}
