import type { PageData } from '../shared/phone-api.ts'
import { CheckIn } from './check-in.tsx'
import { Frame } from './frame.tsx'
import { Incident } from './incident.tsx'
import { Mine } from './mine.tsx'
import { useBridge } from './use-bridge.ts'
import { useOutbox } from './use-outbox.ts'
import { Visit } from './visit.tsx'

const TASKS = { 'check-in': CheckIn, incident: Incident, visit: Visit, mine: Mine }

/** One page of the four: the same on the server, where it is only shown, and on the phone, where it works. */
export function Phone(data: PageData) {
  const outbox = useOutbox(data.who.key)
  const bridge = useBridge(data.app)
  const Task = TASKS[data.page]
  return (
    <Frame data={data} outbox={outbox}>
      <Task data={data} outbox={outbox} bridge={bridge} />
    </Frame>
  )
}
