import { z } from 'zod'
import {
  alternateCountField,
  beaconDelayField,
  beaconField,
  channelsField,
  instantInput,
  prizesField,
  storyField,
  titleField,
  visitBonusInput,
  winnerCountField,
} from './event-fields.ts'

const optionalFields = {
  story: storyField.optional(),
  visitBonus: visitBonusInput.optional(),
  alternateCount: alternateCountField.optional(),
  /** winnerCount is the sum of their counts; without prizes, winnerCount makes one. */
  prizes: prizesField.optional(),
  beacon: beaconField.optional(),
  beaconDelay: beaconDelayField.optional(),
}

export const createEventInput = z.object({
  title: titleField,
  startsAt: instantInput,
  endsAt: instantInput,
  announcementDate: instantInput,
  /** May be left out where prizes are given. */
  winnerCount: winnerCountField.optional(),
  ...optionalFields,
  /** The paths on the form, 매장 방문 not among them; 우리동네TV, SNS and 링고비즈 where left out. */
  channels: channelsField.optional(),
})
export type CreateEventInput = z.output<typeof createEventInput>

export const updateEventInput = z.object({
  eventId: z.uuid(),
  title: titleField.optional(),
  startsAt: instantInput.optional(),
  endsAt: instantInput.optional(),
  announcementDate: instantInput.optional(),
  winnerCount: winnerCountField.optional(),
  ...optionalFields,
})
export type UpdateEventInput = z.output<typeof updateEventInput>
