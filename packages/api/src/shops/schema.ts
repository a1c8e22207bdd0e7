import { z } from 'zod'
import { line, uuid } from '../validation/fields.ts'

/** A shop's name as its owner types it; it is shown to customers, and part of texts, rules and calendar files. */
export const shopName = line(60)

export const renameInput = z.strictObject({ name: shopName })
export type RenameInput = z.output<typeof renameInput>

/** An empty text stands for none. */
const optionalLine = (maxLength: number) => line(maxLength, { min: 0 }).transform((value) => value || null)

/** What the privacy page and the other customer pages say of the shop. */
export const shopDetailsInput = z.strictObject({
  /** A phone number, an e-mail address or a web address. Empty: the first owner's e-mail. */
  contact: optionalLine(200),
  address: optionalLine(200),
  openingHours: optionalLine(200),
  /** Empty: the first owner's name. */
  privacyOfficer: optionalLine(50),
})
export type ShopDetailsInput = z.output<typeof shopDetailsInput>

export const shopDetailsView = z.object({
  contact: z.string().nullable(),
  address: z.string().nullable(),
  openingHours: z.string().nullable(),
  privacyOfficer: z.string().nullable(),
  /** What customers see where contact or privacyOfficer is null. */
  defaultContact: z.string().nullable(),
  defaultOfficer: z.string().nullable(),
})
export type ShopDetailsView = z.infer<typeof shopDetailsView>

/** A member of the shop, by the id of the membership. */
export const memberInput = z.strictObject({ memberId: uuid })
export type MemberInput = z.output<typeof memberInput>

export const changeRoleInput = memberInput.extend({ role: z.enum(['owner', 'staff']) })
export type ChangeRoleInput = z.output<typeof changeRoleInput>

/** Names the shop, since another tab may have switched to another one. */
export const leaveInput = z.strictObject({ shopId: uuid })
export type LeaveInput = z.output<typeof leaveInput>

/** `afterwards`: what becomes of the owner who hands the shop over. */
export const handOverInput = memberInput.extend({ afterwards: z.enum(['staff', 'leave']) })
export type HandOverInput = z.output<typeof handOverInput>
