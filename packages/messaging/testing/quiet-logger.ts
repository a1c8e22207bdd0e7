import type { Logger } from '../src/logger.ts'

const ignore = () => undefined

export const quietLog: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore }
