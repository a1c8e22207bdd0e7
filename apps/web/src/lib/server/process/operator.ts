import { OPERATOR_CONTACT, OPERATOR_NAME } from '$app/env/private'

export interface Operator {
  name: string
  contact: string | null
}

/** Who runs this installation for its shops; null where the shop does so itself. */
export const operator = (): Operator | null =>
  OPERATOR_NAME ? { name: OPERATOR_NAME, contact: OPERATOR_CONTACT ?? null } : null
