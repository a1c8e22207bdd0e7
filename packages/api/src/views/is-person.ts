import { isbot } from 'isbot'
import { LRUCache } from 'lru-cache'

/** What is read of a User-Agent. */
export const MAX_AGENT_LENGTH = 512
const MAX_REMEMBERED_AGENTS = 1_000

/** Headers by which browsers mark what they load ahead, and pages that they show as a small picture. */
const AHEAD_HEADERS = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'] as const

/** Whether a program sent this User-Agent; a regular expression of some microseconds. */
const programs = new LRUCache<string, boolean>({ max: MAX_REMEMBERED_AGENTS })

/**
 * Whether a request was sent because a person looks at the page: not by a crawler, not for the preview of a link in a
 * messenger, and not by a browser that loads pages ahead.
 */
export function isPerson(headers: Headers): boolean {
  const agent = headers.get('user-agent')?.slice(0, MAX_AGENT_LENGTH)
  if (!agent) return false
  let isProgram = programs.get(agent)
  if (isProgram === undefined) {
    isProgram = isbot(agent)
    programs.set(agent, isProgram)
  }
  return !isProgram && !AHEAD_HEADERS.some((name) => headers.has(name))
}
