import { API_KEY_SCOPES } from '@eungmo/db/queries/api-keys'
import { errorCodes } from '../errors/error-codes.ts'

/** The body of every error, as JSON Schema 2020-12. */
export const errorSchema = {
  type: 'object' as const,
  required: ['message', 'code'],
  properties: {
    message: { type: 'string' as const, description: "A sentence in the caller's language" },
    code: { type: 'string' as const, enum: Object.keys(errorCodes) },
    fields: {
      type: 'array' as const,
      description: 'VALIDATION_FAILED: what is wrong where',
      items: {
        type: 'object' as const,
        required: ['field', 'code', 'message'],
        properties: {
          field: { type: 'string' as const },
          code: { type: 'string' as const },
          message: { type: 'string' as const },
        },
      },
    },
    missingScope: {
      type: 'string' as const,
      enum: [...API_KEY_SCOPES],
      description: 'FORBIDDEN: the scope that the API key lacks',
    },
    drawLogId: { type: 'string' as const, description: 'ALREADY_DRAWN, DRAW_IN_PROGRESS' },
    drawsAt: {
      type: ['string', 'null'] as ('string' | 'null')[],
      description: 'DRAW_IN_PROGRESS: when the open draw is due',
    },
    startsAt: { type: 'string' as const, description: 'EVENT_NOT_OPEN: when it opens' },
    reason: {
      type: 'string' as const,
      description: 'NOT_FOUND, EVENT_CLOSED, CONFLICT, CLAIM_OPEN: which case it is',
    },
    entries: { type: 'integer' as const, description: 'NOT_ENOUGH_ENTRIES: entries that can be drawn' },
    requested: { type: 'integer' as const, description: 'NOT_ENOUGH_ENTRIES: how many were requested' },
    published: {
      type: 'object' as const,
      description: 'TERMS_FIXED: what entrants were shown; a visitBonus of null is decided at the draw',
      required: ['winnerCount', 'visitBonus'],
      properties: {
        winnerCount: { type: 'integer' as const },
        visitBonus: { type: ['integer', 'null'] as ('integer' | 'null')[] },
      },
    },
    latestAnnouncement: {
      type: 'string' as const,
      description: 'TERMS_FIXED: the latest date that the announcement may move to',
    },
    claimDays: {
      type: 'integer' as const,
      description: 'TERMS_FIXED: the days to claim a prize that entrants were promised',
    },
    sitOutMonths: {
      type: 'integer' as const,
      description: 'TERMS_FIXED: the published months for which earlier winners sit out',
    },
    claimUntil: { type: 'string' as const, description: 'CLAIM_OPEN: until when a prize can be claimed' },
    contacts: {
      type: 'object' as const,
      description: 'CLAIM_OPEN: the attempts to reach the winner that count, and on how many days',
      required: ['attempts', 'days'],
      properties: { attempts: { type: 'integer' as const }, days: { type: 'integer' as const } },
    },
    destroyedAt: { type: 'string' as const, description: 'DATA_DESTROYED: since when' },
    retryAfter: { type: 'integer' as const, description: 'Seconds to wait, as Retry-After' },
  },
}
