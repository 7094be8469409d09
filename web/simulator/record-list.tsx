import { dayPart, showDay, showTime } from '../shared/moments.ts'
import type { RecordEntry } from '../shared/simulator-api.ts'

/** Of a run of equal records so many are shown; the rest are a number, so that a rush of check-ins hides nothing else. */
const SHOWN_OF_RUN = 3

/** What was just recorded, the newest first; a click shows the message that made it. */
export function RecordList({ records, show }: { records: RecordEntry[]; show(record: RecordEntry): void }) {
  const runs = foldRuns([...records].reverse())
  return (
    <section class="records" aria-label="刚刚记下">
      <h2>刚刚记下{records.length > 0 && <small>点一条，看它来自哪句话</small>}</h2>
      {records.length === 0 && <p class="empty">还没有记录。群里说一句，这里就会多一条。</p>}
      <ol aria-live="polite" aria-relevant="additions">
        {runs.flatMap((run, index) => [
          day(run) !== day(runs[index - 1]) && (
            <li class="day" key={`day ${run[0]?.id}`}>
              {run[0] && showDay(run[0].at)}
            </li>
          ),
          ...run.slice(0, SHOWN_OF_RUN).map(record => (
            <li key={record.id} class={`record ${record.type}`}>
              <button type="button" onClick={() => show(record)} disabled={!record.messageId}>
                <span class="label">{record.label}</span>
                <time dateTime={record.at}>{showTime(record.at)}</time>
                <span class="what">{record.text}</span>
              </button>
            </li>
          )),
          run.length > SHOWN_OF_RUN && (
            <li class="more" key={`more ${run[0]?.id}`}>
              还有 {run.length - SHOWN_OF_RUN} 条{run[0]?.label}
            </li>
          ),
        ])}
      </ol>
    </section>
  )
}

/** Neighbours of one kind and day stand together. */
function foldRuns(records: readonly RecordEntry[]): RecordEntry[][] {
  const runs: RecordEntry[][] = []
  for (const record of records) {
    const run = runs.at(-1)
    if (run?.[0]?.label === record.label && day(run) === dayPart(record.at)) run.push(record)
    else runs.push([record])
  }
  return runs
}

function day(run: RecordEntry[] | undefined): string | undefined {
  return run?.[0] && dayPart(run[0].at)
}
