import pino from 'pino'
import { LOG_LEVEL } from '$app/env/private'

/** JSON lines on standard output. Names, phone numbers, addresses and tokens are never logged. */
export const logger = pino({ level: LOG_LEVEL, base: { app: 'web' } })
