/** The prize of a slot, counted from 1. Prizes are assigned to slots in order; null beyond their sum. */
export function prizeOfSlot(prizes: readonly { name: string; count: number }[], slot: number): string | null {
  let last = 0
  for (const { name, count } of prizes) {
    last += count
    if (slot <= last) return name
  }
  return null
}
