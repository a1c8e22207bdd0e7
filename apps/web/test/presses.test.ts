import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listProcedures, listRoutes } from '../e2e/access/what-exists.ts'

/**
 * What a press does that changes something: it loses nothing; it can be undone, by the press that is named; it waits
 * for five seconds in which a second press undoes it; it asks before, in a dialog or in a part of the page that is
 * opened first, or on a page of its own, which says what is lost; or a word has to be typed for it.
 */
type Press = 'loses nothing' | `undone by ${string}` | 'waits' | 'asks' | 'has a page' | 'is typed'

/** What components send through the tRPC client. */
const mutations: Record<string, Press> = {
  'channels.archive': 'undone by channels.archive',
  'channels.create': 'undone by channels.archive',
  'channels.rename': 'undone by channels.rename',
  'channels.renewVisitToken': 'asks',
  'claims.renewLink': 'asks',
  'claims.reveal': 'loses nothing',
  'draws.drawWinners': 'asks',
  'draws.redraw': 'asks',
  'events.cancel': 'asks',
  'events.create': 'loses nothing',
  'events.duplicate': 'loses nothing',
  'events.publish': 'asks',
  'events.update': 'loses nothing',
  'exclusions.exclude': 'undone by exclusions.undo',
  'exclusions.paste': 'undone by exclusions.undoPaste',
  'exclusions.previewPaste': 'loses nothing',
  'exclusions.undo': 'undone by exclusions.exclude',
  'exclusions.undoPaste': 'undone by exclusions.paste',
  'handOver.complete': 'waits',
  'notices.repeat': 'loses nothing',
  'notices.send': 'asks',
  'participants.markVisit': 'undone by participants.unmarkVisit',
  'participants.reveal': 'loses nothing',
  'participants.search': 'loses nothing',
  'participants.unmarkVisit': 'undone by participants.markVisit',
  'participations.selfCheck': 'loses nothing',
  'winners.logContact': 'loses nothing',
}

/** The form actions of the owner's and the customer's pages. */
const actions: Record<string, Press> = {
  '/(customer)/c/[token]?/confirm': 'loses nothing',
  '/(customer)/c/[token]?/decline': 'asks',
  '/(customer)/c/[token]?/disown': 'has a page',
  '/(customer)/c/[token]?/prove': 'loses nothing',
  '/(customer)/c/[token]?/withdraw': 'asks',
  '/(customer)/e/[slug]': 'loses nothing',
  '/(customer)/e/[slug]/check/own/withdraw': 'is typed',
  '/(customer)/e/[slug]/check/own?/close': 'loses nothing',
  // As easy to take back as it was to give.
  '/(customer)/e/[slug]/check/own?/marketing': 'loses nothing',
  '/(customer)/e/[slug]/check/own?/name': 'loses nothing',
  '/(customer)/e/[slug]/check/own?/open': 'loses nothing',
  '/(customer)/e/[slug]/check?/forgotten': 'loses nothing',
  '/(customer)/e/[slug]/check?/number': 'loses nothing',
  '/(customer)/e/[slug]/check?/receipt': 'loses nothing',
  '/(customer)/e/[slug]/not-me/[link]': 'has a page',
  // Sent by /mine, which deletes an entry from the device.
  '/(customer)/e/[slug]/done?/forget': 'loses nothing',
  '/(owner)/admin/account?/addPasskey': 'undone by /(owner)/admin/account?/removePasskey',
  '/(owner)/admin/account?/beginPasskey': 'loses nothing',
  '/(owner)/admin/account?/changePassword': 'loses nothing',
  '/(owner)/admin/account?/endSession': 'asks',
  '/(owner)/admin/account?/leaveShop': 'asks',
  '/(owner)/admin/account?/removePasskey': 'asks',
  '/(owner)/admin/account?/removeSecondFactor': 'asks',
  '/(owner)/admin/account?/renamePasskey': 'loses nothing',
  '/(owner)/admin/account?/renewRecoveryCodes': 'asks',
  '/(owner)/admin/again': 'loses nothing',
  '/(owner)/admin/api-keys?/create': 'undone by /(owner)/admin/api-keys?/revoke',
  '/(owner)/admin/api-keys?/revoke': 'asks',
  '/(owner)/admin/events/[eventId]/draw/hand-over?/complete': 'waits',
  '/(owner)/admin/events/[eventId]/draw/hand-over?/find': 'loses nothing',
  '/(owner)/admin/events/[eventId]/draw?/claim': 'loses nothing',
  '/(owner)/admin/events/[eventId]/draw?/reveal': 'loses nothing',
  '/(owner)/admin/events/[eventId]/participants/numbers?/exclude':
    'undone by /(owner)/admin/events/[eventId]/participants/numbers?/undo',
  '/(owner)/admin/events/[eventId]/participants/numbers?/preview': 'loses nothing',
  '/(owner)/admin/events/[eventId]/participants/numbers?/undo':
    'undone by /(owner)/admin/events/[eventId]/participants/numbers?/exclude',
  '/(owner)/admin/events/[eventId]/participants?/include': 'undone by exclusions.exclude',
  '/(owner)/admin/events/[eventId]/participants?/markVisit': 'undone by participants.unmarkVisit',
  '/(owner)/admin/events/[eventId]/participants?/reveal': 'loses nothing',
  '/(owner)/admin/events/[eventId]/participants?/search': 'loses nothing',
  '/(owner)/admin/events/[eventId]/participants?/unmarkVisit': 'undone by participants.markVisit',
  '/(owner)/admin/events/[eventId]/picture?/remove': 'asks',
  // Its owner has the file of the picture that is replaced.
  '/(owner)/admin/events/[eventId]/picture?/save': 'loses nothing',
  '/(owner)/admin/events/[eventId]/preview': 'loses nothing',
  '/(owner)/admin/events/[eventId]/privacy?/destroy': 'is typed',
  '/(owner)/admin/settings/access-log?/review': 'loses nothing',
  '/(owner)/admin/settings?/cancelInvitation': 'asks',
  '/(owner)/admin/settings?/changeRole': 'asks',
  '/(owner)/admin/settings?/details': 'loses nothing',
  '/(owner)/admin/settings?/handOver': 'asks',
  '/(owner)/admin/settings?/invite': 'undone by /(owner)/admin/settings?/cancelInvitation',
  '/(owner)/admin/settings?/removeMember': 'asks',
  '/(owner)/admin/settings?/rename': 'loses nothing',
  '/(owner)/admin/shops': 'loses nothing',
  '/(owner)/forgot-password': 'loses nothing',
  '/(owner)/h/[token]?/complete': 'waits',
  '/(owner)/join/[invitationId]?/accept': 'loses nothing',
  '/(owner)/join/[invitationId]?/signUp': 'loses nothing',
  '/(owner)/login': 'loses nothing',
  '/(owner)/login/code': 'loses nothing',
  '/(owner)/logout': 'loses nothing',
  '/(owner)/reset-password': 'loses nothing',
  '/(owner)/second-factor?/addPasskey': 'loses nothing',
  '/(owner)/second-factor?/begin': 'loses nothing',
  '/(owner)/second-factor?/beginPasskey': 'loses nothing',
  '/(owner)/second-factor?/confirm': 'loses nothing',
  '/(owner)/sign-up': 'loses nothing',
  '/(owner)/welcome': 'loses nothing',
}

const SOURCES = join(import.meta.dirname, '../src')
const components = [...new Bun.Glob('**/*.svelte').scanSync(SOURCES)].map((path) => ({
  path,
  text: readFileSync(join(SOURCES, path), 'utf8'),
}))
const scripts = [...new Bun.Glob('**/*.{ts,svelte}').scanSync(SOURCES)]
  .filter((path) => !path.includes('paraglide') && !path.endsWith('.test.ts'))
  .map((path) => readFileSync(join(SOURCES, path), 'utf8'))

/** What stands between a press and its effect. */
const QUESTION = /<(?:Confirm|Dialog|Disclosure|details)\b/

const asking = (presses: Record<string, Press>) =>
  Object.entries(presses).flatMap(([name, press]) => (press === 'asks' ? [name] : []))

test('every press that changes something loses nothing, can be undone, or asks before', () => {
  const sent = scripts.flatMap((text) =>
    [...text.matchAll(/trpc\.(\w+\.\w+)\.mutate/g)].map(([, name]) => name),
  )
  expect(sent.filter((name) => !(name && name in mutations))).toEqual([])
  expect(listProcedures()).toMatchObject(
    Object.fromEntries(Object.keys(mutations).map((name) => [name, 'mutation'])),
  )
  const posted = listRoutes().flatMap((route) => {
    const name = route.replace('POST ', '')
    const isEndpoint = /\/api\/|\.(?:csv|json)$|\/passkey|\/activity$/.test(name)
    return route.startsWith('POST ') && !isEndpoint ? [name] : []
  })
  expect(posted.toSorted()).toEqual(Object.keys(actions).toSorted())
  for (const press of [...Object.values(mutations), ...Object.values(actions)]) {
    const [, undoneBy] = /^undone by (.*)$/.exec(press) ?? []
    if (undoneBy) expect({ ...mutations, ...actions }).toHaveProperty([undoneBy])
  }
})

test.each(asking(mutations))('%s is sent from a dialog only', (name) => {
  const senders = components.filter(({ text }) => text.includes(`trpc.${name}.mutate`))
  expect(senders.length).toBeGreaterThan(0)
  for (const { path, text } of senders) expect(text, path).toMatch(QUESTION)
})

test('a press that waits is an undoable one', () => {
  const undoable = components.filter(({ text }) => text.includes('new UndoablePress'))
  const waiting = Object.entries(mutations).flatMap(([name, press]) => (press === 'waits' ? [name] : []))
  for (const name of waiting)
    expect(
      undoable.some(({ text }) => text.includes(`trpc.${name}.mutate`)),
      name,
    ).toBe(true)
})

test.each(asking(actions))('%s is posted from what asks only', (route) => {
  const attribute = `"?/${route.split('?/')[1]}"`
  for (const { path, text } of components) {
    const [before = '', ...posts] = text.split(attribute)
    if (posts.length > 0) expect(before, path).toMatch(QUESTION)
  }
})
