import { storeHead } from '#lib/event-storage.ts'
import { replayEarlyPress } from '../../../../replay-early-press.ts'
import { showEnteredHere } from './entered-here.ts'
import { enhanceForm } from './entry-form.ts'
import { announceTurn, watchPhase } from './phase-watch.ts'
import { forgetSentForm } from './sent-form.ts'
import { enhanceShareLink } from './share-link.ts'

/**
 * The only script of the entry page. Without it the page works: the browser posts the form and the server
 * checks it. Each part runs even where another one throws, as an old or broken browser makes it.
 */
function start(part: () => void): void {
  try {
    part()
  } catch (error) {
    reportError(error)
  }
}

const page = document.getElementById('entry-page')
const { eventId, head } = page?.dataset ?? {}
const form = page?.querySelector('form')
if (page && eventId) {
  start(() => (form ? enhanceForm(form, eventId) : forgetSentForm(eventId)))
  start(() => showEnteredHere(eventId))
  start(announceTurn)
  start(() => watchPhase(page))
  const share = page.querySelector<HTMLElement>('[data-share]')
  if (share) start(() => enhanceShareLink(share))
  if (head) start(() => storeHead(eventId, head))
}
start(replayEarlyPress)
