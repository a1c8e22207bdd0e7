export const MAX_PRIZE_VALUE_WON = 1_000_000_000

/** Up to this value a prize is not taxed. 소득세법 §84. */
const TAX_FREE_WON = 50_000

/** Whose money pays the tax on a prize. The shop pays it to the tax office in either case. */
export type TaxPayer = 'winner' | 'shop'

/** The tax on one prize, in won. */
export interface PrizeTax {
  paidBy: TaxPayer
  /** What counts as the winner's income: the value, and the tax where the shop pays it. */
  incomeWon: number
  incomeTaxWon: number
  localTaxWon: number
  /** Both taxes together. */
  totalWon: number
}

export interface TaxedPrize {
  /** Null where the owner named no value. */
  valueWon: number | null
  ownerPaysTax: boolean
}

/**
 * The tax that is withheld from one prize; null up to 50,000 won and for a prize without a value.
 *
 * A prize that was drawn is 기타소득 without deduction (소득세법 §21). Above 50,000 won (§84) 20 % income tax are
 * withheld (§129), and a tenth of that as local income tax (지방세법 §103의13): 22 % in all. A shop that pays in
 * the winner's place adds to the winner's income: what is left of value / 0.78 after 22 % is the value.
 *
 * Each tax is rounded down to 10 won by itself, and the income to whole won (국고금 관리법 §47, which 지방세기본법 §59
 * applies to local taxes).
 * @param prize its value in whole won, 0 to 1,000,000,000
 * @example prizeTax({ valueWon: 100_000, ownerPaysTax: false })?.totalWon // => 22000
 * @example prizeTax({ valueWon: 100_000, ownerPaysTax: true })?.totalWon // => 28200
 */
export function prizeTax({ valueWon, ownerPaysTax }: TaxedPrize): PrizeTax | null {
  if (valueWon === null || valueWon <= TAX_FREE_WON) return null
  const incomeWon = ownerPaysTax ? Math.floor((valueWon * 100) / 78) : valueWon
  const incomeTaxWon = tensOf(incomeWon / 5)
  const localTaxWon = tensOf(incomeTaxWon / 10)
  return {
    paidBy: ownerPaysTax ? 'shop' : 'winner',
    incomeWon,
    incomeTaxWon,
    localTaxWon,
    totalWon: incomeTaxWon + localTaxWon,
  }
}

/** Whole won, rounded down to 10. */
const tensOf = (won: number) => Math.floor(won / 10) * 10
