import { describe, expect, test } from 'vitest'
import { parseSecretKeys } from '../src/crypto/key-ring.ts'
import { isLink, signLink } from '../src/links/derived-link.ts'
import { followLink, readClaimUrls, winnerUrl } from '../src/links/winner-links.ts'
import { startTwoShops } from './support/two-shops.ts'
import { drawnEvent, withdraw } from './support/withdrawals.ts'

const {
  api,
  callers: { owner },
} = await startTwoShops()

const dependencies = api.dependencies
const keyOf = async (eventId: string) => {
  const [row] = await api.sql`select key_id as "keyId" from events where id = ${eventId}`
  return { id: eventId, keyId: String(row?.keyId) }
}
const tokenOf = (url: string | undefined) => url?.split('/').at(-1) ?? ''
describe('a claim link', () => {
  test('leads to its winner, and a changed, foreign or malformed one to nobody', async () => {
    const { event } = await drawnEvent(api, owner, { winnerCount: 2, alternateCount: 1 })
    const keyed = await keyOf(event.id)
    const urls = await readClaimUrls(dependencies, keyed)
    expect(urls.size).toBe(2)
    for (const [participantId, url] of urls) {
      expect(url).toMatch(/^http.*\/c\/[\w-]{32}$/)
      const followed = await followLink(dependencies, 'claim', tokenOf(url))
      expect(followed).toMatchObject({ isCurrent: true, winner: { participantId, standing: 'selected' } })
      expect(await followLink(dependencies, 'hand-over', tokenOf(url))).toBeNull()
    }
    const [first = '', second = ''] = [...urls.values()].map(tokenOf)
    const texts = [
      '',
      '%00',
      `${first}A`,
      first.slice(1),
      first.slice(0, 10) + second.slice(10),
      'é'.repeat(32),
    ]
    for (const text of texts) expect(await followLink(dependencies, 'claim', text), text).toBeNull()
    for (let at = 0; at < first.length; at += 1) {
      const other = first[at] === 'A' ? 'B' : 'A'
      const text = first.slice(0, at) + other + first.slice(at + 1)
      expect(await followLink(dependencies, 'claim', text), text).toBeNull()
    }
  })

  test('dies with the standing it belongs to, and the alternate who moves up has a link', async () => {
    const { event, drawLogId } = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 1 })
    const keyed = await keyOf(event.id)
    const [token = ''] = [...(await readClaimUrls(dependencies, keyed)).values()].map(tokenOf)
    await owner.draws.redraw({ drawLogId, ranks: [1], reason: 'declined' })
    expect(await followLink(dependencies, 'claim', token)).toMatchObject({
      isCurrent: false,
      winner: { standing: 'withdrawn' },
    })
    const [next = ''] = [...(await readClaimUrls(dependencies, keyed)).values()].map(tokenOf)
    expect(next).not.toBe(token)
    expect(await followLink(dependencies, 'claim', next)).toMatchObject({
      isCurrent: true,
      winner: { drawRank: 2 },
    })
  })
  test('leads to nobody once the winner has withdrawn, which destroys the id in it', async () => {
    const { event, winnerOf } = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 0 })
    const [token = ''] = [...(await readClaimUrls(dependencies, await keyOf(event.id))).values()].map(tokenOf)
    const winner = winnerOf(1)
    await withdraw(api, event.id, winner, winner.receipt)
    expect(await followLink(dependencies, 'claim', token)).toBeNull()
    expect(await readClaimUrls(dependencies, await keyOf(event.id))).toEqual(new Map())
  })

  test('is given to a winner of before there were links, once', async () => {
    const { event } = await drawnEvent(api, owner, { winnerCount: 2, alternateCount: 0 })
    const keyed = await keyOf(event.id)
    await api.sql`update draw_winners set link_id = null where event_id = ${event.id}`
    const urls = await readClaimUrls(dependencies, keyed)
    expect(urls.size).toBe(2)
    expect(await readClaimUrls(dependencies, keyed)).toEqual(urls)
    const [one = ''] = urls.keys()
    expect(await readClaimUrls(dependencies, keyed, [one])).toEqual(new Map([[one, urls.get(one)]]))
  })

  test('is invalid once its key was retired, and nothing fails', async () => {
    const { event } = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 0 })
    const keyed = await keyOf(event.id)
    const [token = ''] = [...(await readClaimUrls(dependencies, keyed)).values()].map(tokenOf)
    const secrets = parseSecretKeys(`new:${Buffer.alloc(32, 9).toString('base64')}`)
    expect(await followLink({ ...dependencies, secrets }, 'claim', token)).toBeNull()
    expect(await readClaimUrls({ ...dependencies, secrets }, keyed)).toEqual(new Map())
  })

  test('of an earlier version or another purpose is another text', async () => {
    const key = dependencies.secrets.newest
    const id = Buffer.from('0001020304050607', 'hex')
    const token = signLink(key, 'claim', id, 1)
    expect(isLink(key, 'claim', token, 1)).toBe(true)
    expect(isLink(key, 'claim', token, 2)).toBe(false)
    expect(isLink(key, 'hand-over', token, 1)).toBe(false)
    const url = winnerUrl(dependencies, 'hand-over', key.id, { linkId: id, linkVersion: 1 })
    expect(url).toBe(`${dependencies.publicUrl}/h/${signLink(key, 'hand-over', id, 1)}`)
  })
})
