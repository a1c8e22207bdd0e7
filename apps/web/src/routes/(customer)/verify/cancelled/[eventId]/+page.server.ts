import { foldRecords, parseTranscript } from '@eungmo/draw/records'
import { throwPageError } from '#lib/server/api/error-response.ts'
import { cachePublicly } from '#lib/server/http/cache-rule.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event
  const { eventId } = params
  try {
    const transcript = parseTranscript(await locals.api.draws.cancelledTranscript({ eventId }))
    const { title, shopName, slug } = await locals.api.events.get({ eventId })
    const { rules, cancelled } = foldRecords(transcript.records)
    if (!rules || !cancelled) throw new Error(`the chain of the cancelled event ${eventId} does not end so`)
    cachePublicly(event, 30)
    return {
      now: new Date().toISOString(),
      event: {
        eventId,
        title,
        shopName,
        slug,
        publishedAt: transcript.records[0]?.at ?? rules.at,
        cancelledAt: cancelled.at,
        seedCommitment: rules.seedCommitment,
        operatorKey: rules.operatorKey,
        head: transcript.head,
      },
    }
  } catch (cause) {
    throwPageError(cause, locals.locale)
  }
}
