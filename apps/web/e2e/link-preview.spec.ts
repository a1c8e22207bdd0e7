import { connect } from '@eungmo/db/connection/client'
import type { APIRequestContext } from '@playwright/test'
import { uniquePhoneNumber } from './pages/entry-page.ts'
import { addPicture } from './support/add-picture.ts'
import { expect, test } from './support/fixtures.ts'

const IMMUTABLE = 'public, max-age=31536000, immutable'

/** Reads a page as KakaoTalk does for the preview of a link; resolves to its meta tags, with their last values. */
async function tagsOf(request: APIRequestContext, address: string): Promise<Record<string, string>> {
  const response = await request.get(address, { headers: { 'user-agent': 'kakaotalk-scrap/1.0' } })
  expect(response.status()).toBe(200)
  const html = await response.text()
  const tags = html.matchAll(/<meta (?:property|name)="([^"]+)" content="([^"]*)"/g)
  return Object.fromEntries(Array.from(tags, ([, name = '', content = '']) => [name, content]))
}

/** Width and height of a PNG. */
const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)]

test('the preview of a link to an event has its title, prizes, deadline and picture, whatever the link carries', async ({
  request,
  shop,
}) => {
  const { baseUrl } = shop.stack
  const event = await shop.createEvent({
    title: '🎁 케이크 & "빵" 漢字',
    winnerCount: 4,
    prizes: [
      { name: '생크림 케이크', count: 3 },
      { name: '커피', count: 1 },
    ],
  })
  const storeLink = await shop.storeLink(event.id)
  const plain = await tagsOf(request, `/e/${event.slug}`)
  for (const address of [`/e/${event.slug}?via=sns`, storeLink])
    expect(await tagsOf(request, address)).toEqual(plain)
  expect(plain).toMatchObject({
    'og:title': '🎁 케이크 &amp; &quot;빵&quot; 漢字 | 링고베이커리',
    'og:type': 'website',
    'og:url': `${baseUrl}/e/${event.slug}`,
    'og:locale': 'ko_KR',
    'og:image:type': 'image/png',
    'og:image:width': '1200',
    'og:image:height': '630',
    'og:image:alt': '🎁 케이크 &amp; &quot;빵&quot; 漢字 · 링고베이커리',
    'twitter:card': 'summary_large_image',
  })
  expect(plain['og:description']).toMatch(/^생크림 케이크 3명 · 커피 1명 · .+ 마감$/)
  const image = plain['og:image'] ?? ''
  expect(image.startsWith(`${baseUrl}/e/${event.slug}/card.png?v=`)).toBe(true)
  const picture = await request.get(image)
  expect(picture.headers()).toMatchObject({ 'content-type': 'image/png', 'cache-control': IMMUTABLE })
  expect(sizeOf(await picture.body())).toEqual([1_200, 630])

  const english = await tagsOf(request, `/e/${event.slug}?lang=en`)
  expect(english).toMatchObject({
    'og:locale': 'en_US',
    'og:url': `${baseUrl}/e/${event.slug}?lang=en`,
    'og:image': image,
  })
  expect(english['og:description']).toMatch(/^생크림 케이크 × 3 · 커피 × 1 · closes .+$/)
})

test('another title or picture has another card, and an address of an earlier one shows it and is not stored', async ({
  request,
  shop,
}) => {
  const event = await shop.createEvent()
  const imageOf = async () => (await tagsOf(request, `/e/${event.slug}`))['og:image'] ?? ''
  const images = [await imageOf()]
  await shop.call('PATCH', `/events/${event.id}`, { title: '다른 제목' })
  images.push(await imageOf())
  await addPicture(shop.stack, event.id, 'first')
  images.push(await imageOf())
  await addPicture(shop.stack, event.id, 'second')
  images.push(await imageOf())
  expect(new Set(images).size).toBe(images.length)
  const [old, current] = await Promise.all([request.get(images[0] ?? ''), request.get(images[3] ?? '')])
  expect(old.headers()['cache-control']).toBe('public, no-cache')
  expect(current.headers()['cache-control']).toBe(IMMUTABLE)
  expect((await old.body()).equals(await current.body())).toBe(true)
  const { etag = '' } = current.headers()
  expect((await request.get(images[3] ?? '', { headers: { 'if-none-match': etag } })).status()).toBe(304)
})

test('winners, verification and certificate have a preview with the card of their event', async ({
  request,
  shop,
}) => {
  const { baseUrl } = shop.stack
  const event = await shop.createEvent()
  await shop.enter(event.id, uniquePhoneNumber())
  await shop.close(event.id)
  const { drawLogId } = await shop.draw(event.id, 1)
  for (const path of [
    `/e/${event.slug}/winners`,
    `/verify/${drawLogId}`,
    `/verify/${drawLogId}/certificate`,
  ]) {
    const tags = await tagsOf(request, path)
    expect(tags['og:url']).toBe(baseUrl + path)
    expect(tags['og:title']).toContain(event.title)
    const image = await request.get(tags['og:image'] ?? '')
    expect(image.headers()['cache-control']).toBe('public, no-cache')
    expect(sizeOf(await image.body())).toEqual([1_200, 630])
  }
})

test('the preview says that an event takes no entries any more; a draft has neither page nor card', async ({
  request,
  shop,
}) => {
  const description = async (slug: string) => (await tagsOf(request, `/e/${slug}`))['og:description']
  const closed = await shop.createEvent()
  await shop.close(closed.id)
  expect(await description(closed.slug)).toBe('마감된 이벤트예요')
  const cancelled = await shop.createEvent()
  await shop.cancel(cancelled.id)
  expect(await description(cancelled.slug)).toBe('취소된 이벤트예요')

  const paused = await shop.createEvent()
  await addPicture(shop.stack, paused.id, 'a')
  const before = (await tagsOf(request, `/e/${paused.slug}`))['og:image']
  const { sql, close } = connect(shop.stack.databaseUrl, { max: 1 })
  await sql`update events set pause_reason = '확인 중', paused_at = now() where id = ${paused.id}`
  await close()
  expect(await description(paused.slug)).toBe('잠시 멈춘 이벤트예요')
  expect((await tagsOf(request, `/e/${paused.slug}`))['og:image']).not.toBe(before)

  const draft = await shop.createEvent({ publish: false })
  for (const path of [`/e/${draft.slug}`, `/e/${draft.slug}/card.png`])
    expect((await request.get(path)).status()).toBe(404)
})
