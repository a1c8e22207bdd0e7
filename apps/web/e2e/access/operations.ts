import * as input from './inputs.ts'
import { row } from './world.ts'

/** Every REST operation, by session and by API keys of one scope each. */
export const operations = {
  //                              stranger, other owner, staff, owner, removed member | events:write, draws:write,
  //                              participants:read, participants:export
  'POST /participations': row('201 201 201 201 201 | 201 201 201 201', input.newEntry),
  'POST /participations/own-data': row('200 200 200 200 200 | 200 200 200 200', input.ownEntry),
  'POST /participations/correct-name': row('200 200 200 200 200 | 200 200 200 200', input.newName),
  'POST /participations/withdraw-marketing': row('200 200 200 200 200 | 200 200 200 200', input.newProof),
  'POST /participations/withdraw': row('200 200 200 200 200 | 200 200 200 200', input.newProof),
  'GET /events/{eventId}': row('200 200 200 200 200 | 200 200 200 200', input.openEvent),
  'POST /events': row('401 201 403 201 401 | 201 403 403 403', input.newTerms),
  'PATCH /events/{eventId}': row('401 404 403 200 401 | 200 403 403 403', input.newTitle),
  'POST /events/{eventId}/duplicate': row('401 404 403 201 401 | 201 403 403 403', input.openEvent),
  'POST /events/{eventId}/publish': row('401 404 403 200 401 | 200 403 403 403', input.newDraft),
  'GET /events/{eventId}/analytics': row('401 404 200 200 401 | 403 403 200 200', input.openEvent),
  'GET /events/{eventId}/participants': row('401 404 200 200 401 | 403 403 200 200', input.openEvent),
  'POST /events/{eventId}/participants/search': row('401 404 200 200 401 | 403 403 200 200', input.search),
  'PUT /events/{eventId}/participants/{participantId}/exclusion': row(
    '401 404 403 200 401 | 403 200 403 403',
    input.newExclusion,
  ),
  'DELETE /events/{eventId}/participants/{participantId}/exclusion': row(
    '401 404 403 200 401 | 403 200 403 403',
    input.newParticipant,
  ),
  'POST /events/{eventId}/draw-winners': row('401 404 403 200 401 | 403 200 403 403', input.newDrawTerms),
  'GET /events/{eventId}/draws': row('401 404 200 200 401 | 403 403 200 200', input.drawnEvent),
  'GET /draws/{drawLogId}': row('401 404 200 200 401 | 403 403 200 200', input.drawLog),
  'POST /draws/{drawLogId}/redraw': row('401 404 403 200 401 | 403 200 403 403', input.newRedraw),
  'GET /events/{eventId}/chain': row('200 200 200 200 200 | 200 200 200 200', input.drawnEvent),
  'GET /events/{eventId}/transcript': row('200 200 200 200 200 | 200 200 200 200', input.cancelledEvent),
  'GET /draws/{drawLogId}/transcript': row('200 200 200 200 200 | 200 200 200 200', input.drawLog),
  'GET /draws/{drawLogId}/entries': row('200 200 200 200 200 | 200 200 200 200', input.drawLog),
}
