import { connect } from '@eungmo/db/connection/client'
import { findDescendant, processorTimeMs } from '@eungmo/tooling/bench/processor-time'
import { startProduct } from '@eungmo/tooling/bench/product'
import { runningUrl } from '@eungmo/tooling/postgres/running-url'
import { ROOT } from '@eungmo/tooling/repository'
import { embeddedSecretKeys } from '@eungmo/tooling/start/secrets'
import { z } from 'zod'
import { fillParticipants } from '../../../../packages/api/bench/fill-participants.ts'
import { ShopClient } from '../../e2e/support/shop-client.ts'
import { checkDonePage, checkRestReceipt } from './receipts.ts'
import { DRAWN_ENTRIES, DRAWN_WINNERS, type EventAddress, jobOf, type Target } from './target.ts'

const chainView = z.object({ records: z.array(z.object({ operatorKey: z.string().optional() })) })

export interface ProductServer {
  baseUrl: string
  /** Of the process that started everything else. */
  pid: number
  serverPid: number
  databaseUrl: string
  /** The demo shop. */
  shop: ShopClient
  stop(): Promise<void>
}

/** The product as `npm start` runs it, with the rate limits off. */
export async function startProductServer(dataDir: string): Promise<ProductServer> {
  const product = await startProduct({ directory: ROOT, ref: 'this checkout' }, dataDir)
  const { baseUrl, apiKey, pid, owner, event } = product
  const databaseUrl = runningUrl(`${dataDir}/postgres`, 'eungmo')
  const serverPid = findDescendant(pid, 'apps/web/build/index.js')
  if (databaseUrl === undefined || serverPid === undefined) {
    await product.stop()
    throw new Error('The database or the web process of the product was not found.')
  }
  const shop = new ShopClient({
    baseUrl,
    webPid: serverPid,
    logDirectory: `${dataDir}/logs`,
    postgresLog: null,
    databaseUrl,
    secretKeys: embeddedSecretKeys(dataDir, false),
    eventId: event.id,
    slug: event.slug,
    ownerEmail: owner.email,
    ownerPassword: owner.password,
    apiKey,
  })
  return { baseUrl, pid, serverPid, databaseUrl, shop, stop: product.stop }
}

/** The product under load. */
export async function startProductTarget(dataDir: string): Promise<Target> {
  const server = await startProductServer(dataDir)
  const { baseUrl, pid, serverPid, databaseUrl, shop } = server
  try {
    const drawn = await drawEvent(shop)
    let open: EventAddress = drawn
    let operatorKey = ''
    return {
      name: 'product',
      serverPid,
      job: (path) => ({ ...jobOf(baseUrl, open, drawn, path), receipts: true }),
      processorMs: () => processorTimeMs(pid),
      async openEvent(participants) {
        open = await shop.createEvent({ title: '성능 측정 이벤트' })
        if (participants > 0) {
          const { sql, close } = connect(databaseUrl, { max: 1 })
          await fillParticipants(sql, open.id, participants)
          await close()
        }
        operatorKey = await operatorKeyOf(baseUrl, open.id)
      },
      async checkSamples(path, samples) {
        for (const sample of samples)
          if (path === 'REST POST') checkRestReceipt(operatorKey, open.id, sample)
          else await checkDonePage(baseUrl, operatorKey, open.id, sample)
      },
      stop: server.stop,
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function drawEvent(shop: ShopClient): Promise<EventAddress> {
  const event = await shop.createEvent({ title: '추첨한 이벤트', winnerCount: DRAWN_WINNERS })
  for (let entry = 0; entry < DRAWN_ENTRIES; entry++)
    await shop.enter(event.id, `010${String(10_000_000 + entry)}`)
  await shop.close(event.id)
  await shop.draw(event.id, DRAWN_WINNERS)
  return event
}

/** From the event's public chain, as a browser that checks a receipt reads it. */
async function operatorKeyOf(baseUrl: string, eventId: string): Promise<string> {
  const response = await fetch(`${baseUrl}/api/v1/events/${eventId}/chain`)
  const { records } = chainView.parse(await response.json())
  const key = records.find(({ operatorKey }) => operatorKey !== undefined)?.operatorKey
  if (key === undefined) throw new Error(`The chain of ${eventId} holds no operator key.`)
  return key
}
