import { operations } from './access/operations.ts'
import { procedures } from './access/procedures.ts'
import type { RouteInput } from './access/route-inputs.ts'
import { routes } from './access/routes.ts'
import { listOperations, listProcedures, listRoutes } from './access/what-exists.ts'
import { CALLERS, type Caller, createWorld, type Row, type World } from './access/world.ts'
import { expect, test } from './support/fixtures.ts'
import type { ShopClient } from './support/shop-client.ts'

test.setTimeout(240_000)

type Send<Input> = (name: string, input: Input, headers: Record<string, string>) => Promise<Response>

/**
 * Sends every row as every caller, and expects the row's statuses. What a rejected request was about serves the next caller,
 * since a rejected request changes nothing. Where every caller is rejected (a sign-in), attempts would be counted.
 */
async function checkTable<Input>(
  shop: ShopClient,
  table: Record<string, Row<Input>>,
  send: Send<Input>,
  look: (name: string, caller: Caller, response: Response) => Promise<void> = async () => undefined,
) {
  const world = await createWorld(shop)
  const wrong: string[] = []
  try {
    for (const [name, { input, expected }] of Object.entries(table)) {
      const isOpenToSome = Object.values(expected).some((status) => status < 400)
      let unused: Input | undefined
      for (const caller of CALLERS) {
        const sent: Input = unused ?? (await input(world))
        const response = await send(name, sent, headersOf(world, caller))
        const status = await statusOf(response)
        if (status !== expected[caller])
          wrong.push(`${name} by ${caller}: ${status}, not ${expected[caller]}`)
        unused = isOpenToSome && status >= 400 ? sent : undefined
        await look(name, caller, response)
        if (!response.bodyUsed) await response.body?.cancel()
      }
    }
  } finally {
    await world.close()
  }
  expect(wrong).toEqual([])
}

/** The status of a response, or of the redirect that an action returns; 401 where it leads to signing in. */
async function statusOf(response: Response): Promise<number> {
  const isAction =
    response.status === 200 && response.headers.get('content-type')?.startsWith('application/json')
  const action: { type?: string; status?: number; location?: string } = isAction
    ? await response.clone().json()
    : {}
  const redirected = action.type === 'redirect'
  const location = (redirected ? action.location : response.headers.get('location')) ?? ''
  if (/^\/(login\?next=|welcome$)/.test(location)) return 401
  return (redirected && action.status) || response.status
}

const headersOf = ({ shop, headers }: World, caller: Caller) => ({
  ...headers[caller],
  origin: shop.stack.baseUrl,
})

test('every tRPC procedure is open to exactly the callers of its row', async ({ shop }) => {
  const types = listProcedures()
  expect(Object.keys(procedures).toSorted()).toEqual(Object.keys(types).toSorted())
  const base = `${shop.stack.baseUrl}/api/trpc`
  await checkTable(shop, procedures, (name, input, headers) => {
    const body = JSON.stringify(input)
    if (types[name] === 'mutation')
      return fetch(`${base}/${name}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body,
      })
    const accept = types[name] === 'subscription' ? 'text/event-stream' : 'application/json'
    return fetch(`${base}/${name}?input=${encodeURIComponent(body)}`, { headers: { ...headers, accept } })
  })
})

test('every REST operation is open to exactly the callers of its row, and names the scope that a key lacks', async ({
  shop,
}) => {
  const scopes = await listOperations(shop.stack.baseUrl)
  expect(Object.keys(operations).toSorted()).toEqual(Object.keys(scopes).toSorted())
  await checkTable(
    shop,
    operations,
    (name, input, headers) => {
      const [method = '', template = ''] = name.split(' ')
      const rest = { ...input }
      const path = template.replace(/\{(\w+)\}/g, (_, key: string) => {
        const value = String(rest[key])
        delete rest[key]
        return value
      })
      return fetch(`${shop.stack.baseUrl}/api/v1${path}`, {
        method,
        headers: { ...headers, 'content-type': 'application/json' },
        ...(method !== 'GET' && { body: JSON.stringify(rest) }),
      })
    },
    async (name, caller, response) => {
      if (response.status !== 403 || !caller.includes(':')) return
      const body = await response.json()
      expect
        .soft(body, `${name} by ${caller}`)
        .toMatchObject({ code: 'FORBIDDEN', missingScope: scopes[name] })
    },
  )
})

test('every page, form action and endpoint is open to exactly the callers of its row', async ({ shop }) => {
  expect(Object.keys(routes).toSorted()).toEqual(listRoutes())
  await checkTable<RouteInput>(shop, routes, (name, { params = {}, form = {} }, headers) => {
    const [method = '', route = ''] = name.split(' ')
    // As scripts send a form: the action alone, without the page's load function, which might hide what it did.
    const accept = method === 'POST' ? 'application/json' : 'text/html'
    const path = route
      .replace(/\/\([^)]+\)/g, '')
      .replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, key: string) => encodeURIComponent(params[key] ?? ''))
    return fetch(shop.stack.baseUrl + path, {
      method: method === 'ANY' ? 'GET' : method,
      redirect: 'manual',
      headers: { ...headers, accept },
      ...(method === 'POST' && { body: new URLSearchParams(form) }),
    })
  })
})
