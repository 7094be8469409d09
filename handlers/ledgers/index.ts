import { checkInLedger } from './check-ins.ts'
import { fieldWorkLedger } from './field-work.ts'
import { incidentLedger } from './incidents.ts'
import { infoItemLedger } from './info-items.ts'
import type { Ledger } from './ledger.ts'
import { meetingLedger } from './meetings.ts'
import { monthlyLedger } from './monthly.ts'
import { noticeLedger } from './notices.ts'
import { targetLedger } from './targets.ts'

/** All ledgers of the street. */
export const ledgers: readonly Ledger[] = [
  checkInLedger,
  fieldWorkLedger,
  infoItemLedger,
  incidentLedger,
  noticeLedger,
  meetingLedger,
  monthlyLedger,
  targetLedger,
]

/** By its name in the address, or in Chinese: `checkIns`, `打卡`, `打卡台账`. */
export function findLedger(name: string): Ledger | undefined {
  return ledgers.find(ledger => [ledger.name, ledger.title, ledger.title.replace(/^工作|台账$/g, '')].includes(name))
}
