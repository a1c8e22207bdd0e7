import { randomBytes } from 'node:crypto'

/** A new secret of 128 random bits for the in-store link. */
export const createVisitToken = (): string => randomBytes(16).toString('base64url')
