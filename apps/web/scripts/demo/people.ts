import { seededRandom } from './seeded-random.ts'

const names = [
  '김하늘',
  '이서준',
  '박지우',
  '최민서',
  '정도윤',
  '강예린',
  '조하준',
  '윤서연',
  '장지호',
  '임수아',
  '한시우',
  '오지안',
  '서유진',
  '신은우',
  '권다은',
  '황준서',
  '안채원',
  '송민재',
  '전하린',
  '홍도현',
  '유나연',
  '고승우',
  '문가은',
  '양태윤',
  '손지민',
  '배현우',
  '백소율',
  '허건우',
  '남예서',
  '심재윤',
  '노아인',
  '하정우',
  '곽보라',
  '성미경',
  '차영수',
  '주혜진',
  '우상민',
  '구본희',
  '민경자',
  '진선우',
  '엄태구',
  '채윤아',
  '원종현',
  '방미나',
  '천성호',
  '공유리',
  '현수진',
  '남궁민수',
] as const

export interface DemoPerson {
  name: string
  /** E.164; fictitious. */
  phoneNumber: string
}

/** People for the demo, the same for the same seed, each with a different phone number. */
export function generatePeople(count: number, seed: number): DemoPerson[] {
  const next = seededRandom(seed)
  return Array.from({ length: count }, (_, i) => {
    const tail = String(Math.floor(next() * 10_000)).padStart(4, '0')
    const middle = 5500 + ((i * 37 + seed) % 100)
    return { name: names[(i * 7 + seed) % names.length] ?? names[0], phoneNumber: `+8210${middle}${tail}` }
  })
}
