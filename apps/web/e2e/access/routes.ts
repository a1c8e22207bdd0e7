import { customerRoutes } from './customer-routes.ts'
import { newDestruction } from './inputs.ts'
import { participantsRoutes } from './participants-routes.ts'
import { pictureRoutes } from './picture-routes.ts'
import {
  channel,
  collecting,
  draft,
  drawn,
  handOver,
  handOverNumber,
  invitation,
  nothing,
  open,
  path,
  provider,
  someParticipant,
} from './route-inputs.ts'
import { EVENT_OWNERS, everybody, MEMBERS, row, uniqueEmail } from './world.ts'

const password = 'a-password-of-the-matrix'

/** Pages of the caller's own shop. */
const OWN_SHOP = '401 200 200 200 401 | 401 401 401 401'
const OWN_SHOP_OWNERS = '401 200 403 200 401 | 401 401 401 401'

const file = (event: 'open' | 'drawn') =>
  row('401 404 403 200 401 | 403 403 403 200', (world) => ({
    params: world[event],
    form: { purpose: '당첨자 연락' },
  }))

/**
 * Every page (GET), form action (POST) and endpoint of the routes folder. Actions are called as scripts call them, so that
 * the page's own checks do not hide what an action lets through.
 */
export const routes = {
  //                                          stranger, other owner, staff, owner, removed member | a key of each scope
  'GET /': row(everybody(200), nothing),
  'GET /healthz': row(everybody(200), nothing),
  'GET /readyz': row(everybody(200), nothing),
  // Opened by METRICS_TOKEN alone.
  'GET /metrics': row(everybody(401), nothing),
  'GET /api/docs': row(everybody(200), nothing),
  'GET /api/openapi.json': row(everybody(200), nothing),
  // What it serves has a table of its own: procedures.ts.
  'GET /api/trpc/[...path]': row(everybody(404), path),
  'POST /api/trpc/[...path]': row(everybody(415), path),
  'POST /api/v1/events/[eventId]/participants.csv': file('open'),
  'POST /api/v1/events/[eventId]/winners.csv': file('drawn'),
  'POST /api/v1/events/[eventId]/prize-tax.csv': file('drawn'),
  'GET /api/auth/callback/[provider]': row(everybody(302), provider),

  ...customerRoutes,
  ...pictureRoutes,

  'GET /(owner)/forgot-password': row(everybody(200), nothing),
  // The stack sends no mail.
  'POST /(owner)/forgot-password': row(everybody(400), () => ({ form: { email: uniqueEmail() } })),
  'GET /(owner)/reset-password/[token]': row(everybody(303), () => ({ params: { token: 'unknown' } })),
  'GET /(owner)/reset-password': row(everybody(200), nothing),
  // Without the link of a message nothing is changed.
  'POST /(owner)/reset-password': row(everybody(400), () => ({ form: { password } })),
  // A person who belongs to no shop any more is led to a page of their own, which counts as 401.
  'GET /(owner)/login': row('200 303 303 303 401 | 200 200 200 200', nothing),
  'POST /(owner)/login': row(everybody(401), () => ({ form: { email: uniqueEmail(), password } })),
  // No provider is configured.
  'GET /(owner)/login/[provider]': row(everybody(404), provider),
  // The callers have no second factor to prove.
  'GET /(owner)/login/code': row('401 303 303 303 303 | 401 401 401 401', nothing),
  'POST /(owner)/login/code': row('401 400 400 400 400 | 401 401 401 401', () => ({
    form: { code: '000000' },
  })),
  'POST /(owner)/login/passkey/options': row(everybody(200), nothing),
  // Nothing that a device has signed.
  'POST /(owner)/login/passkey': row(everybody(400), nothing),
  'GET /(owner)/sign-up': row('200 303 303 303 303 | 200 200 200 200', nothing),
  'POST /(owner)/sign-up': row(everybody(200), () => ({
    form: { shopName: '새 가게', name: '새 사장님', email: uniqueEmail(), password },
  })),
  'GET /(owner)/join/[invitationId]': row(everybody(200), invitation),
  'POST /(owner)/join/[invitationId]?/signUp': row(everybody(200), async (world) => ({
    ...(await invitation(world)),
    form: { name: '새 직원', password },
  })),
  // Only the invited address accepts.
  'POST /(owner)/join/[invitationId]?/accept': row('401 403 403 403 403 | 401 401 401 401', invitation),

  'GET /(owner)/admin': row('401 307 307 307 401 | 401 401 401 401', nothing),
  'GET /(owner)/admin/beacon': row('401 200 200 200 401 | 401 401 401 401', nothing),
  'POST /(owner)/admin/activity': row('401 204 204 204 401 | 401 401 401 401', nothing),
  // The callers have just signed in.
  'GET /(owner)/admin/again': row('401 303 303 303 401 | 401 401 401 401', nothing),
  'POST /(owner)/admin/again': row('401 303 303 303 401 | 401 401 401 401', nothing),
  'GET /(owner)/admin/events': row(OWN_SHOP, nothing),
  'GET /(owner)/admin/events/new': row(OWN_SHOP_OWNERS, nothing),
  'GET /(owner)/admin/events/[eventId]': row('401 404 307 307 401 | 401 401 401 401', open),
  'GET /(owner)/admin/events/[eventId]/overview': row(MEMBERS, open),
  'GET /(owner)/admin/events/[eventId]/overview/by-day.csv': row(EVENT_OWNERS, open),
  ...participantsRoutes,
  'GET /(owner)/admin/events/[eventId]/channels': row(MEMBERS, open),
  'GET /(owner)/admin/events/[eventId]/channels/[code]/poster': row(MEMBERS, channel),
  'GET /(owner)/admin/events/[eventId]/channels/[code]/poster.png': row(MEMBERS, channel),
  'GET /(owner)/admin/events/[eventId]/channels/[code]/poster.svg': row(MEMBERS, channel),
  'GET /(owner)/admin/events/[eventId]/draw': row(MEMBERS, drawn),
  'POST /(owner)/admin/events/[eventId]/draw?/reveal': row(MEMBERS, someParticipant),
  'GET /(owner)/admin/events/[eventId]/draw/reveal': row(MEMBERS, drawn),
  'GET /(owner)/admin/events/[eventId]/draw/hand-over': row(MEMBERS, collecting),
  'POST /(owner)/admin/events/[eventId]/draw/hand-over?/find': row(MEMBERS, handOverNumber),
  'POST /(owner)/admin/events/[eventId]/draw/hand-over?/complete': row(MEMBERS, handOver),
  'GET /(owner)/h/[token]': row(MEMBERS, collecting),
  'POST /(owner)/h/[token]?/complete': row(MEMBERS, handOver),
  'GET /(owner)/admin/events/[eventId]/edit': row(EVENT_OWNERS, draft),
  'GET /(owner)/admin/events/[eventId]/preview': row(MEMBERS, draft),
  'POST /(owner)/admin/events/[eventId]/preview': row('401 404 400 400 401 | 401 401 401 401', draft),
  'GET /(owner)/admin/events/[eventId]/privacy': row(EVENT_OWNERS, open),
  'POST /(owner)/admin/events/[eventId]/privacy?/destroy': row(
    '401 404 403 303 401 | 401 401 401 401',
    async (world) => {
      const { eventId, title } = await newDestruction(world)
      return { params: { eventId: String(eventId) }, form: { title: String(title) } }
    },
  ),
  // Nothing was destroyed yet.
  'GET /(owner)/admin/events/[eventId]/privacy/certificate': row(
    '401 404 403 303 401 | 401 401 401 401',
    open,
  ),
  'GET /(owner)/admin/api-keys': row(OWN_SHOP_OWNERS, nothing),
  'POST /(owner)/admin/api-keys?/create': row(OWN_SHOP_OWNERS, () => ({
    form: { name: '권한표', 'events:write': 'on' },
  })),
  'POST /(owner)/admin/api-keys?/revoke': row('401 404 403 200 401 | 401 401 401 401', async (world) => ({
    form: { id: (await world.newApiKey('events:write')).id },
  })),
  'GET /(owner)/admin/settings': row(OWN_SHOP_OWNERS, nothing),
  'POST /(owner)/admin/settings?/rename': row(OWN_SHOP_OWNERS, () => ({ form: { name: '링고베이커리' } })),
  'POST /(owner)/admin/settings?/details': row(OWN_SHOP_OWNERS, () => ({ form: { contact: '' } })),
  'POST /(owner)/admin/settings?/invite': row(OWN_SHOP_OWNERS, () => ({ form: { email: uniqueEmail() } })),
  'POST /(owner)/admin/settings?/cancelInvitation': row(
    '401 400 403 200 401 | 401 401 401 401',
    async (world) => ({
      form: { id: (await world.newInvitation()).invitationId },
    }),
  ),
  'POST /(owner)/admin/settings?/changeRole': row('401 404 403 200 401 | 401 401 401 401', async (world) => ({
    form: { id: (await world.newMember()).memberId, role: 'owner' },
  })),
  // To nobody: the callers keep their roles.
  'POST /(owner)/admin/settings?/handOver': row('401 404 403 404 401 | 401 401 401 401', () => ({
    form: { id: crypto.randomUUID(), afterwards: 'staff' },
  })),
  'POST /(owner)/admin/settings?/removeMember': row(
    '401 404 403 200 401 | 401 401 401 401',
    async (world) => ({
      form: { id: (await world.newMember()).memberId },
    }),
  ),
  'GET /(owner)/admin/settings/access-log': row(OWN_SHOP_OWNERS, nothing),
  'POST /(owner)/admin/settings/access-log?/review': row(OWN_SHOP_OWNERS, nothing),
  'POST /(owner)/admin/settings/access-log/access-log.csv': row(OWN_SHOP_OWNERS, () => ({
    form: { purpose: '월별 점검' },
  })),
  'GET /(owner)/admin/account': row(OWN_SHOP, nothing),
  // A wrong present password changes nothing.
  'POST /(owner)/admin/account?/changePassword': row('401 400 400 400 401 | 401 401 401 401', () => ({
    form: { password: 'not-the-password', newPassword: 'another-password-of-the-matrix' },
  })),
  // Nobody has a session with that id.
  'POST /(owner)/admin/account?/endSession': row('401 404 404 404 401 | 401 401 401 401', () => ({
    form: { id: crypto.randomUUID() },
  })),
  // Nobody has recovery codes yet.
  'POST /(owner)/admin/account?/renewRecoveryCodes': row('401 404 404 404 401 | 401 401 401 401', nothing),
  'POST /(owner)/admin/account?/removeSecondFactor': row(OWN_SHOP, nothing),
  'POST /(owner)/admin/account?/beginPasskey': row(OWN_SHOP, nothing),
  // Nothing that a device has created.
  'POST /(owner)/admin/account?/addPasskey': row('401 400 400 400 401 | 401 401 401 401', nothing),
  // Nobody has a passkey with that id.
  'POST /(owner)/admin/account?/renamePasskey': row('401 404 404 404 401 | 401 401 401 401', () => ({
    form: { id: crypto.randomUUID(), name: '태블릿' },
  })),
  'POST /(owner)/admin/account?/removePasskey': row('401 404 404 404 401 | 401 401 401 401', () => ({
    form: { id: crypto.randomUUID() },
  })),
  // A person who belongs to no shop protects the account as well.
  'GET /(owner)/second-factor': row('401 200 200 200 200 | 401 401 401 401', nothing),
  'POST /(owner)/second-factor?/begin': row('401 303 303 303 303 | 401 401 401 401', nothing),
  'POST /(owner)/second-factor?/beginPasskey': row('401 200 200 200 200 | 401 401 401 401', nothing),
  'POST /(owner)/second-factor?/addPasskey': row('401 400 400 400 400 | 401 401 401 401', nothing),
  'POST /(owner)/second-factor?/confirm': row('401 400 400 400 400 | 401 401 401 401', nothing),
  'POST /(owner)/admin/account?/leaveShop': row('401 404 404 404 401 | 401 401 401 401', () => ({
    form: { id: crypto.randomUUID() },
  })),
  'GET /(owner)/admin/shops': row(OWN_SHOP, nothing),
  'POST /(owner)/admin/shops': row('401 404 303 303 401 | 401 401 401 401', ({ shopId }) => ({
    form: { id: shopId },
  })),
  'GET /(owner)/welcome': row('303 303 303 303 200 | 303 303 303 303', nothing),

  // Last: the removed member gets a shop, and the sessions end.
  'POST /(owner)/welcome': row(everybody(303), () => ({ form: { shopName: '첫 가게' } })),
  'POST /(owner)/logout': row(everybody(303), nothing),
}
