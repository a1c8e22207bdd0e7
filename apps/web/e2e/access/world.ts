import { connect } from '@eungmo/db/connection/client'
import { uniquePhoneNumber } from '../pages/entry-page.ts'
import { claimPaths } from '../support/claim-links.ts'
import { type CollectingWinner, createCollectingWinner } from '../support/collecting-winner.ts'
import type { ShopClient } from '../support/shop-client.ts'
import { signIn } from '../support/sign-in.ts'

const SCOPES = ['events:write', 'draws:write', 'participants:read', 'participants:export'] as const

/** Who sends each request of the matrix, in the order of its columns. */
export const CALLERS = ['stranger', 'otherOwner', 'staff', 'owner', 'removed', ...SCOPES] as const
export type Caller = (typeof CALLERS)[number]

const PASSWORD = 'a-password-of-the-matrix'

/** A row: what to send, built again for each caller, and the expected status of each. */
export interface Row<Input> {
  input: (world: World) => Input | Promise<Input>
  expected: Record<Caller, number>
}

/** `statuses`: one per caller, in the order of CALLERS; a bar sets the API keys apart. */
export function row<Input>(statuses: string, input: Row<Input>['input']): Row<Input> {
  const numbers = statuses.split(/[ |]+/).map(Number)
  if (numbers.length !== CALLERS.length) throw new Error(`"${statuses}" does not have one status per caller.`)
  const expected = Object.fromEntries(CALLERS.map((caller, i) => [caller, numbers[i]]))
  return { input, expected: expected as Record<Caller, number> }
}

/** Pages of an event, for its shop. API keys open no page; 401 stands for being sent to sign in. */
export const MEMBERS = '401 404 200 200 401 | 401 401 401 401'
export const EVENT_OWNERS = '401 404 403 200 401 | 401 401 401 401'

/** One status for every caller. */
export const everybody = (status: number) => CALLERS.map(() => status).join(' ')

/** The callers, and what they act on: the demo shop's events. */
export interface World {
  shop: ShopClient
  headers: Record<Caller, Record<string, string>>
  sql: ReturnType<typeof connect>['sql']
  /** An event with entries that is open, and stays so. */
  open: { eventId: string; slug: string }
  /** An event that is drawn, and stays so. */
  drawn: { eventId: string; slug: string; drawLogId: string }
  /** Of an announced draw, and stays so. */
  collecting: CollectingWinner
  shopId: string
  /** A form of the site, sent by a browser without scripts. */
  post(path: string, caller: Record<string, string>, form: Record<string, string>): Promise<Response>
  newDraft(): Promise<{ eventId: string }>
  newEvent(entries?: number): Promise<{ eventId: string; slug: string }>
  newDraw(): Promise<{ eventId: string; slug: string; drawLogId: string }>
  /** A winner of an announced draw, with the link of the claim page. */
  newWinner(): Promise<Winner>
  /** One that no row withdraws. */
  winner: Winner
  newInvitation(): Promise<{ invitationId: string; email: string }>
  newMember(): Promise<{ memberId: string; cookie: string }>
  newApiKey(scope: string): Promise<{ id: string; key: string }>
}

/** A winner of an announced draw, and the token of the claim link. */
export interface Winner {
  eventId: string
  drawLogId: string
  drawRank: number
  token: string
  phoneNumber: string
}

/** As many as there are callers, with one more. */
const CLAIMS = CALLERS.length + 1

/** Winners of one draw: everybody who entered. */
async function drawClaims(shop: ShopClient, { eventId }: { eventId: string }): Promise<Winner[]> {
  const phones = new Map<string, string>()
  for (let n = 0; n < CLAIMS; n++) {
    const phoneNumber = uniquePhoneNumber()
    phones.set((await shop.enter(eventId, phoneNumber)).applicationNumber, phoneNumber)
  }
  await shop.call('PATCH', `/events/${eventId}`, { winnerCount: CLAIMS })
  await shop.close(eventId)
  const { drawLogId, winners } = await shop.draw(eventId, CLAIMS)
  const paths = await claimPaths(shop.stack, eventId)
  return winners.map(({ rank, applicationNumber }) => ({
    eventId,
    drawLogId,
    drawRank: rank,
    token: paths[rank - 1]?.slice('/c/'.length) ?? '',
    phoneNumber: phones.get(applicationNumber) ?? '',
  }))
}

export const uniqueEmail = () => `${crypto.randomUUID()}@matrix.test`

export async function createWorld(shop: ShopClient): Promise<World & { close(): Promise<void> }> {
  const { baseUrl, databaseUrl } = shop.stack
  const { sql, close } = connect(databaseUrl, { max: 2 })
  const owner = { cookie: await shop.sessionCookie() }

  async function post(path: string, caller: Record<string, string>, form: Record<string, string>) {
    return fetch(baseUrl + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...caller, origin: baseUrl, accept: 'text/html' },
      body: new URLSearchParams(form),
    })
  }
  async function createOwner(): Promise<string> {
    const email = uniqueEmail()
    await post('/sign-up', {}, { shopName: '다른 가게', name: '다른 사장님', email, password: PASSWORD })
    return signIn({ baseUrl, ownerEmail: email, ownerPassword: PASSWORD })
  }
  async function newInvitation() {
    const email = uniqueEmail()
    await post('/admin/settings?/invite', owner, { email })
    const [invitation] = await sql`select id from shop_invitations where email = ${email}`
    return { invitationId: String(invitation?.id), email }
  }
  async function newMember() {
    const { invitationId, email } = await newInvitation()
    await post(`/join/${invitationId}?/signUp`, {}, { name: '새 직원', password: PASSWORD })
    const cookie = await signIn({ baseUrl, ownerEmail: email, ownerPassword: PASSWORD })
    await post(`/join/${invitationId}?/accept`, { cookie }, {})
    const [member] = await sql`select m.id from shop_members m join users u on u.id = m.user_id
      where u.email = ${email}`
    return { memberId: String(member?.id), cookie }
  }
  async function newApiKey(scope: string): Promise<{ id: string; key: string }> {
    const response = await fetch(`${baseUrl}/api/trpc/apiKeys.create`, {
      method: 'POST',
      headers: { ...owner, origin: baseUrl, 'content-type': 'application/json' },
      body: JSON.stringify({ name: scope, scopes: [scope] }),
    })
    return (await response.json()).result.data
  }
  async function newEvent(entries = 0) {
    const { id, slug } = await shop.createEvent({ winnerCount: 1 })
    for (let n = 0; n < entries; n++) await shop.enter(id, uniquePhoneNumber())
    return { eventId: id, slug }
  }
  async function newDraw() {
    const event = await newEvent(3)
    return { ...event, drawLogId: (await shop.draw(event.eventId, 1)).drawLogId }
  }

  const winners: Winner[] = []
  async function newWinner(): Promise<Winner> {
    if (winners.length === 0) winners.push(...(await drawClaims(shop, await newEvent())))
    const winner = winners.pop()
    if (!winner) throw new Error('nobody won')
    return winner
  }

  const removed = await newMember()
  await post('/admin/settings?/removeMember', owner, { id: removed.memberId })
  const keys = await Promise.all(
    SCOPES.map(async (scope) => {
      const { key } = await newApiKey(scope)
      return [scope, { authorization: `Bearer ${key}` }] as const
    }),
  )
  const open = await newEvent(3)
  const [event] = await sql`select shop_id from events where id = ${open.eventId}`
  return {
    shop,
    sql,
    headers: {
      stranger: {},
      otherOwner: { cookie: await createOwner() },
      staff: { cookie: (await newMember()).cookie },
      owner,
      removed: { cookie: removed.cookie },
      ...(Object.fromEntries(keys) as Record<(typeof SCOPES)[number], { authorization: string }>),
    },
    open,
    drawn: await newDraw(),
    collecting: await createCollectingWinner(shop),
    shopId: String(event?.shop_id),
    post,
    newDraft: async () => ({ eventId: (await shop.createEvent({ publish: false })).id }),
    newEvent,
    newDraw,
    newWinner,
    winner: await newWinner(),
    newInvitation,
    newMember,
    newApiKey,
    close,
  }
}
