import { parseInput } from '@eungmo/api/errors/parse-input'
import { completeHandOverInput } from '@eungmo/api/hand-over/schema'
import { fail, type RequestEvent } from '@sveltejs/kit'
import { forPage } from '../api/error-response.ts'
import { orConflict } from '../api/or-conflict.ts'
import { readForm } from './read-form.ts'

/** What the button 수령 완료 posts without scripts: the winner as handed over, or why that is not possible. */
export async function handOverPosted({
  locals: { api },
  request,
  url,
}: Pick<RequestEvent, 'locals' | 'request' | 'url'>) {
  const texts = await readForm(request)
  const complete = async () => api.handOver.complete(parseInput(completeHandOverInput, texts))
  const winner = await forPage(orConflict(complete()), url)
  return typeof winner === 'string' ? fail(409, { message: winner }) : { winner }
}
