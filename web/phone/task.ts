import type { PageData } from '../shared/phone-api.ts'
import type { Bridge } from './bridge/bridge.ts'
import type { OutboxView } from './use-outbox.ts'

/** What each page works with. */
export interface TaskProps {
  data: PageData
  outbox: OutboxView
  /** Loads what the app offers; the first touch of a button that needs it waits for this. */
  bridge(): Promise<Bridge>
}
