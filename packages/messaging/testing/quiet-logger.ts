import type { Logger } from '../src/logging/logger.ts'

const ignore = () => undefined

/** Discards everything. */
export const quietLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore }
