import { prizeTax, type TaxedPrize } from '@eungmo/api/prizes/prize-tax'
import { formatNumber } from '#lib/format-number.ts'
import * as m from '#lib/paraglide/messages.js'

/**
 * What a prize is worth and, above 50,000 won, the tax on it and who pays, in the reader's language; null for a
 * prize without a value.
 */
export function prizeWorth(prize: TaxedPrize): string | null {
  if (prize.valueWon === null || Number.isNaN(prize.valueWon)) return null
  const value = m.prize_value({ value: formatNumber(prize.valueWon) })
  const tax = prizeTax(prize)
  if (!tax) return value
  const payer =
    tax.paidBy === 'shop' ? m.prize_tax_shop() : m.prize_tax_winner({ tax: formatNumber(tax.totalWon) })
  return `${value} · ${payer}`
}
