import { toErrorResponse } from '@eungmo/api/errors/error-response'
import { fail } from '@sveltejs/kit'
import { readForm } from '#lib/server/forms/read-form.ts'
import { unlist } from '#lib/server/http/unlist.ts'
import { forgetEntry } from '../../../done-entry.ts'
import { loadEvent } from '../../../load-event.ts'
import { readProof } from '../own-proof.ts'
import type { Actions, PageServerLoad } from './$types'

/** What is typed to withdraw, in either language. */
const WITHDRAW_WORDS = ['취소', 'cancel']

export const load: PageServerLoad = async (event) => {
  unlist(event)
  const { id, slug, shopName, title, contact, phase } = await loadEvent(event)
  const isProved = readProof(event.cookies) !== ''
  return { event: { id, slug, shopName, title, contact, isDrawn: phase === 'drawn' }, isProved }
}

export const actions: Actions = {
  default: async (event) => {
    const { word = '', receipt = '' } = await readForm(event.request)
    const { id: eventId, slug } = await loadEvent(event)
    const { cookies, locals } = event
    const typed = { word, receipt, withdrawn: null }
    if (!WITHDRAW_WORDS.includes(word.trim().toLowerCase()))
      return fail(400, { ...typed, wordMissing: true, receiptError: undefined, problem: null })
    try {
      const withdrawn = await locals.api.participations.withdraw({
        eventId,
        proof: readProof(cookies),
        ...(receipt.trim() && { receipt: receipt.trim() }),
      })
      forgetEntry(cookies, { eventId, slug, entryId: withdrawn.entryId })
      return { word: '', receipt: '', withdrawn, wordMissing: false, receiptError: undefined, problem: null }
    } catch (cause) {
      const { status, body } = toErrorResponse(cause, locals.locale)
      const messageOf = (name: string) => body.fields?.find(({ field }) => field === name)?.message
      const receiptError = messageOf('receipt')
      const problem = receiptError ? null : (messageOf('proof') ?? body.message)
      return fail(status, { ...typed, wordMissing: false, receiptError, problem })
    }
  },
}
